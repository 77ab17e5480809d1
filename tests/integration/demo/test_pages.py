"""Who to be and what to look at: the demonstration's own pages."""

import json
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests.integration.demo.conftest import empty
from touchstone.demo import queries
from touchstone.demo.cast import CAST, PASSWORD
from touchstone.kit.models import OutgoingMail
from touchstone.people.models import Membership
from touchstone.web.acting import SESSION_KEY
from touchstone.web.demo.cast import sights

KEYS = [member.key for member in CAST]
PATHS = ("/demo/", "/demo.json", "/demo/sign-in/marisol", "/demo/mail/")
WANTED = {
    "micro_credential", "stack", "issuer", "verify", "award", "award_stack", "award_listed", "award_private",
    "award_revoked", "submission_draft", "submission_ready", "submission_again", "submission_submitted",
    "submission_not_yet", "submission_earned", "submission_withdrawn", "assignment_offered", "assignment_accepted",
    "decision_waiting", "measurement", "own_record", "statement",
    "organisation", "members", "invitations", "join_requests", "join", "ask_guardian", "guardian", "lead_work",
}  # fmt: skip


@pytest.fixture
def data(demonstration: None, client: Client) -> dict:
    response = client.get("/demo.json")
    assert response.headers["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_demo_json_names_the_whole_cast(data: dict) -> None:
    assert [row["key"] for row in data["cast"]] == KEYS
    for row in data["cast"]:
        assert set(row) == {"key", "name", "roles", "organisation", "sign_in_url"}
        assert row["roles"]
        assert row["sign_in_url"] == f"{django_settings.ORIGIN}/demo/sign-in/{row['key']}"
    rows = {row["key"]: row for row in data["cast"]}
    assert rows["leilani"]["roles"] == ["earner", "facilitator"]
    assert rows["ruth"]["roles"] == ["assessor"]
    assert rows["josue"]["organisation"] == ""


def test_demo_json_names_a_sample_of_everything(data: dict) -> None:
    assert set(data["samples"]) == WANTED
    assert all(url.startswith(f"{django_settings.ORIGIN}/") for url in data["samples"].values())


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("key", sorted(WANTED))
def test_a_sample_opens_as_the_person_who_may_see_it(client: Client, key: str) -> None:
    sight = next(row for row in sights(queries.list_samples()) if row.sample.key == key)
    response = client.get(sight.url, follow=True)
    assert response.status_code == 200
    assert f'href="{sight.url.replace("&", "&amp;")}"' in client.get("/demo/").content.decode()


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("key", KEYS)
def test_one_click_signs_in_and_leads_home(client: Client, key: str) -> None:
    response = client.get(f"/demo/sign-in/{key}", follow=True)
    assert response.status_code == 200
    member = next(member for member in CAST if member.key == key)
    assert response.wsgi_request.person.name == member.name
    assert (response.wsgi_request.membership is None) == (key in queries.EARNERS)


@pytest.mark.usefixtures("demonstration")
def test_signing_in_as_a_role_acts_under_that_membership(client: Client) -> None:
    response = client.get("/demo/sign-in/ruth?as=assessor&in=open-lesson-exchange")
    assert urlsplit(response.headers["Location"]).path == "/assess/"
    held = Membership.objects.get(id=client.session[SESSION_KEY])
    assert (held.role, held.organisation.slug) == ("assessor", "open-lesson-exchange")
    client.get("/demo/sign-in/ruth?as=earner")
    assert SESSION_KEY not in client.session


@pytest.mark.usefixtures("demonstration")
def test_signing_in_as_another_then_nothing_of_the_first_is_left(client: Client) -> None:
    client.get("/demo/sign-in/mireille?as=award_staff")
    response = client.get("/demo/sign-in/marisol", follow=True)
    assert response.wsgi_request.membership is None
    assert response.wsgi_request.person.name.startswith("Marisol")


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("query", ["?as=award_staff", "?as=nonsense", "?as=assessor&in=larkmoor-university"])
def test_signing_in_as_a_role_not_held_then_not_found(client: Client, query: str) -> None:
    assert client.get(f"/demo/sign-in/ruth{query}").status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demonstration")
def test_signing_in_as_nobody_then_not_found(client: Client) -> None:
    assert client.get("/demo/sign-in/nobody").status_code == 404


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("wanted", ["https://elsewhere.example.org/", "//elsewhere.example.org/", "javascript:0"])
def test_signing_in_never_leads_elsewhere(client: Client, wanted: str) -> None:
    response = client.get("/demo/sign-in/marisol", {"next": wanted})
    assert response.headers["Location"] == "/earn/"


@pytest.mark.usefixtures("demonstration")
def test_the_one_password_works_the_long_way(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    assert PASSWORD in page
    response = client.post("/account/login/", {"login": CAST[0].email, "password": PASSWORD})
    assert response.status_code == 302
    assert "_auth_user_id" in client.session


@pytest.mark.usefixtures("demonstration")
def test_the_page_shows_everybody_and_says_they_are_invented(client: Client) -> None:
    page = client.get("/demo/").content.decode()
    assert all(f">{member.name}</a>" in page for member in CAST)
    assert "invented" in page


@pytest.mark.usefixtures("demonstration")
def test_mail_is_there_to_read(client: Client) -> None:
    mail = OutgoingMail.objects.order_by("-written_at", "-id").first()
    assert f"/demo/mail/{mail.token}" in client.get("/demo/mail/").content.decode()
    page = client.get(f"/demo/mail/{mail.token}").content.decode()
    assert mail.to in page
    link = next(word for word in mail.text.split() if word.startswith(django_settings.ORIGIN))
    assert f'href="{link}"' in page
    assert client.get("/demo/mail/" + "0" * 26).status_code == 404


@pytest.mark.django_db
def test_nothing_is_loaded_then_the_pages_say_so(client: Client) -> None:
    empty()
    assert json.loads(client.get("/demo.json").content) == {"cast": [], "samples": {}}
    assert "not loaded" in client.get("/demo/").content.decode()
    assert "No mail yet" in client.get("/demo/mail/").content.decode()
    assert client.get("/demo/sign-in/marisol").status_code == 404


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("path", PATHS)
def test_outside_a_demonstration_there_is_nothing(client: Client, settings: object, path: str) -> None:
    assert client.get(path).status_code in (200, 302)
    settings.TESTING = settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in (404, 405)
