"""The profile, and the role a person acts in."""

import datetime as dt

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.people.models import Employment, Membership, Person
from touchstone.web.acting import SESSION_KEY

PROFILE = {
    "name": "Rosa M. Marchetti",
    "position": "coach",
    "state": "NM",
    "language": "en",
    "time_zone": "Pacific/Guam",
}


def page(client: Client, path: str = "/account/profile/") -> str:
    return client.get(path).content.decode()


def test_profile_shows_who_she_is_and_the_ways_to_stay_safe(cast: Cast):
    text = page(cast.client("earner"))
    for words in ("Rosa Marchetti", "rosa.marchetti@maple.example.org", "Maple School"):
        assert words in text
    for path in ("/account/email/", "/account/password/change/", "/account/2fa/", "/account/logout/"):
        assert f'"{path}"' in text


def test_declared_employer_is_told_apart_and_past_ones_are_gone(cast: Cast):
    Employment.objects.update(confirmed_at=None)
    assert "As you told us" in page(cast.client("earner"), "/account/work/")
    Employment.objects.update(to_date=dt.date(2024, 1, 1))
    assert "No school, district or other employer is noted." in page(cast.client("earner"))


def test_profile_is_changed_and_comes_back(cast: Cast):
    answer = cast.client("earner").post("/account/profile/", PROFILE, follow=True)
    assert "Your profile is saved." in answer.content.decode()
    person = Person.objects.get(id=cast.earner.id)
    assert {field: getattr(person, field) for field in PROFILE} == PROFILE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("position", "king"),
        ("state", "ZZ"),
        ("language", "xx"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_profile_keeps_what_was_typed_when_something_is_wrong(cast: Cast, field: str, value: str):
    answer = cast.client("earner").post("/account/profile/", {**PROFILE, field: value})
    assert answer.status_code == 400
    assert "needs your attention" in answer.content.decode()
    assert 'value="NM" selected' in answer.content.decode() or field == "state"
    assert Person.objects.get(id=cast.earner.id).position == "teacher"


def test_signed_out_is_led_to_sign_in(cast: Cast):
    client = cast.client("anonymous")
    assert client.get("/account/profile/").url == "/account/login/?next=/account/profile/"
    assert client.post("/account/act-as", {"membership": ""}).url.startswith("/account/login/")


@pytest.mark.parametrize(
    ("who", "home"), [("assessor", "/assess/"), ("staff", "/author/decisions/"), ("leader", "/lead/")]
)
def test_acting_in_a_role_leads_to_its_home_and_back_to_oneself(cast: Cast, who: str, home: str):
    membership: Membership = getattr(cast, who)
    client = Client()
    client.force_login(membership.person.person.account)
    assert client.post("/account/act-as", {"membership": str(membership.id)}).url == home
    assert client.session[SESSION_KEY] == str(membership.id)
    assert client.get(home).status_code == 200
    assert client.post("/account/act-as", {"membership": ""}).url == "/"
    assert SESSION_KEY not in client.session
    assert client.get(home).status_code == 403


def test_nobody_acts_in_a_role_that_is_not_hers_now(cast: Cast):
    client = cast.client("earner")
    own = b.member(cast.earner, cast.issuer, "author")
    Membership.objects.filter(id=own.id).update(to_date=dt.date(2025, 1, 1))
    for wanted in (cast.staff.id, own.id, "nonsense", "0"):
        assert client.post("/account/act-as", {"membership": str(wanted)}).status_code == 404
    assert SESSION_KEY not in client.session
    assert client.get("/account/act-as").status_code == 405


def test_work_page_offers_the_roles_to_act_in(cast: Cast):
    text = page(cast.client("assessor"), "/account/work/")
    assert "Act for myself again" in text
    b.member(cast.assessor.person.person, cast.issuer, "author")
    assert "Act in this role" in page(cast.client("assessor"), "/account/work/")
