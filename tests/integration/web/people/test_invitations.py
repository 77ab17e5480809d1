"""Inviting one, many by a link, a list; and accepting, with every wrong turn."""

import base64
import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import builders as b
from tests.integration.web.people.conftest import District, browser, mailed_link, text_of
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import OutgoingMail
from touchstone.people.models import Employment, Invitation, Membership, Person

AT = "/organisations/maple-district/invitations/"
LIST = (
    "Name,E-mail,Role\n"
    "Ana Whitcombe,ana@maple.example,\n"
    "Bo,not an address,\n"
    "<b>Cy</b>,cy@maple.example,facilitator\n"
    "Dee,dee@maple.example,captain\n"
    "Ana again,ANA@maple.example,\n"
)


def link(district: District, **facts: str) -> str:
    """The path of a new link to join."""
    until = (timezone.now().date() + dt.timedelta(days=9)).isoformat()
    form = {"role": "", "employs": "on", "max_uses": "1", "expires_on": until, **facts}
    page = browser(district.head).post(f"{AT}link/", form).content.decode()
    found = re.search(r"/join/[\w-]+/", page)
    assert found, page
    return found[0]


def invite(district: District, email: str, **facts: str) -> str:
    assert browser(district.head).post(f"{AT}one/", {"email": email, "employs": "on", **facts}).status_code == 302
    return mailed_link(email, "/join/")


def bring(client: Client, content: str | bytes = LIST, **facts: str):
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("list.csv", data, "text/csv")
    return client.post(f"{AT}list/", {"file": file, "employs": "on", **facts})


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


# -- inviting ----------------------------------------------------------------------------------------------------------


def test_link_when_made_then_it_is_shown_this_once_only(district: District):
    path = link(district, role="facilitator", max_uses="3")
    page = browser(district.head).get(AT).content.decode()
    assert path not in page
    assert "used 0 of 3 times" in page


@pytest.mark.parametrize(
    "facts",
    [
        {"role": "administrator"},
        {"max_uses": "0"},
        {"max_uses": "100000"},
        {"expires_on": "2020-01-01"},
        {"expires_on": "2999-01-01"},
        {"employs": ""},
    ],
)
def test_link_when_it_may_not_be_made_then_the_form_says_why(district: District, facts: dict[str, str]):
    until = (timezone.now().date() + dt.timedelta(days=9)).isoformat()
    form = {"role": "", "employs": "on", "max_uses": "1", "expires_on": until, **facts}
    answer = browser(district.head).post(f"{AT}link/", {name: value for name, value in form.items() if value})
    assert answer.status_code == 400
    assert "needs your attention" in text_of(answer)
    assert not Invitation.objects.exists()


def test_invite_when_the_role_is_for_issuers_or_staff_then_it_is_not_offered(district: District):
    page = text_of(browser(district.head).get(f"{AT}one/"))
    assert "Administrator" in page
    assert "Award staff" not in page
    assert "Platform staff" not in page
    answer = browser(district.head).post(f"{AT}one/", {"email": "a@b.example", "role": "platform_staff"})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_invitation_when_sent_again_then_only_the_new_link_works_and_when_taken_back_none(district: District):
    client, old = browser(district.head), invite(district, "ana@maple.example")
    row = Invitation.objects.get()
    client.post(f"{AT}again", {"invitation": str(row.id)})
    new = mailed_link("ana@maple.example", "/join/")
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    client.post(f"{AT}revoke", {"invitation": str(row.id)})
    answer = Client().get(new)
    assert answer.status_code == 410
    assert "taken back" in text_of(answer)
    assert client.post(f"{AT}again", {"invitation": str(row.id)}).status_code == 409


def test_invitation_of_another_organisation_is_not_there(district: District):
    link(district)
    stranger = b.member(b.person("Henk"), district.elsewhere, "administrator")
    path = "/organisations/birch-district/invitations/revoke"
    assert browser(stranger).post(path, {"invitation": str(Invitation.objects.get().id)}).status_code == 404
    assert Invitation.objects.get().revoked_at is None


# -- a list ------------------------------------------------------------------------------------------------------------


def test_list_when_looked_through_then_bad_rows_are_named_by_line_and_nothing_is_sent(district: District):
    answer = bring(browser(district.head))
    text, page = text_of(answer), answer.content.decode()
    assert "3 lines are left out" in text
    assert "3 “not an address”" in text
    assert "5 “captain” is not a role" in text
    assert "6 This address stands in line 2 already" in text
    assert "2 people would be invited" in text
    assert "<b>Cy" not in page
    run_waiting_jobs()
    assert not Invitation.objects.exists()
    assert not OutgoingMail.objects.filter(kind="invitation").exists()


def test_list_when_confirmed_then_everybody_is_invited_once(district: District):
    client = browser(district.head)
    page = bring(client).content.decode()
    form = {"list": hidden(page, "list"), "employs": "on", "role": ""}
    assert "2 invitations are on their way" in client.post(f"{AT}list/send", form, follow=True).content.decode()
    client.post(f"{AT}list/send", form)
    run_waiting_jobs()
    assert sorted(row.email for row in Invitation.objects.all()) == ["ana@maple.example", "cy@maple.example"]
    assert OutgoingMail.objects.filter(kind="invitation").count() == 2
    assert "2 are invited already" in text_of(bring(client))


@pytest.mark.parametrize("given", ["", "***", base64.b64encode(b"\xff\xfe\x00").decode(), "bmFtZQo="])
def test_list_when_tampered_with_before_sending_then_a_sentence_and_nothing_sent(district: District, given: str):
    answer = browser(district.head).post(f"{AT}list/send", {"list": given, "employs": "on"})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        ("name;role\nAna;\n", "Missing: email"),
        (b"\x00\x01\x02", "not a list we can read"),
        ("email\n" + "a@b.example\n" * 5001, "more than 5000 rows"),
        ("email\n" + "x" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_list_when_unreadable_then_the_form_says_what_to_mend(district: District, content: str | bytes, words: str):
    answer = bring(browser(district.head), content)
    assert answer.status_code == 400
    assert words in text_of(answer)


# -- accepting ---------------------------------------------------------------------------------------------------------


def test_join_when_signed_in_then_accepting_takes_up_the_offer(district: District):
    path = link(district, role="facilitator")
    client = browser(district.teacher)
    assert "As: Facilitator, and as somebody who works there." in text_of(client.get(path))
    text = text_of(client.post(path, follow=True))
    assert "Facilitator" in text
    assert Membership.objects.filter(person=district.teacher.pseudonym, role="facilitator").count() == 1
    assert Employment.objects.get(person=district.teacher.pseudonym).confirmed_at
    assert "accepted this already" in text_of(client.get(path))
    assert client.post(path).status_code == 302  # twice is once
    assert Membership.objects.filter(person=district.teacher.pseudonym).count() == 1


def test_join_when_signed_out_then_signing_in_comes_back_to_it(district: District):
    path, client = link(district), Client()
    page = client.get(path).content.decode()
    assert f"/account/login/?next={path}" in page
    assert client.post(path)["Location"] == f"/account/login/?next={path}"
    assert district.teacher.account
    form = {"login": district.teacher.account.email, "password": b.PASSWORD, "next": path}
    assert client.post("/account/login/", form)["Location"] == path


def test_join_when_without_an_account_then_signing_up_and_verifying_comes_back_to_it(district: District):
    path, client = invite(district, "new@maple.example"), Client()
    form = {
        "email": "new@maple.example",
        "password1": b.PASSWORD,
        "password2": b.PASSWORD,
        "name": "Nell Oduya",
        "position": "teacher",
        "age": "adult",
        "next": path,
    }
    assert f'name="next" value="{path}"' in client.get("/account/signup/", {"next": path}).content.decode()
    client.post("/account/signup/", form)
    text = OutgoingMail.objects.filter(to="new@maple.example").latest("id").text
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", text)
    assert code
    assert client.post("/account/confirm-email/", {"code": code[0]})["Location"] == path
    client.post(path)
    assert Employment.objects.get(person__person=Person.objects.get(name="Nell Oduya")).confirmed_at


def test_join_when_sent_to_another_address_then_it_says_how_and_accepting_is_refused(district: District):
    path, client = invite(district, "ana@maple.example"), browser(district.teacher)
    text = text_of(client.get(path))
    assert "sent to another address" in text
    assert "ana@maple.example" not in text
    assert client.post(path).status_code == 403
    b.address(district.teacher, "ana@maple.example")
    assert "Accept" in text_of(client.get(path))
    assert client.post(path).status_code == 302


@pytest.mark.parametrize("token", ["nonsense", "0" * 26])
def test_join_when_the_link_is_made_up_then_404(district: District, token: str):
    assert browser(district.teacher).get(f"/join/{token}/").status_code == 404
    assert Client().post(f"/join/{token}/").status_code == 404


def test_join_when_used_up_or_expired_then_410_with_a_sentence(district: District):
    path = link(district)
    browser(district.teacher).post(path)
    answer = browser(b.person("Kai Underhill")).get(path)
    assert (answer.status_code, "as often as it may be" in text_of(answer)) == (410, True)
    assert browser(district.teacher).get(path).status_code == 200  # she is told that she has it already
    other = link(district)
    Invitation.objects.filter(uses=0).update(expires_at=timezone.now() - dt.timedelta(days=1))
    answer = Client().get(other)
    assert (answer.status_code, "expired" in text_of(answer)) == (410, True)


def test_join_when_she_made_it_herself_then_it_is_not_for_her(district: District):
    path, client = link(district), browser(district.head)
    assert "You made this invitation yourself" in text_of(client.get(path))
    assert client.post(path).status_code == 403


def test_join_when_a_minor_is_offered_a_role_then_a_sentence_and_the_use_is_not_spent(district: District):
    path = link(district, role="facilitator")
    student = b.minor("Kim", adult_on=timezone.now().date().replace(day=1) + dt.timedelta(days=700))
    answer = browser(student).post(path)
    assert answer.status_code == 409
    assert "18 and older" in text_of(answer)
    assert Invitation.objects.get().uses == 0
