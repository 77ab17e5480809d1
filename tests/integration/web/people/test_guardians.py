"""Signing up below 18, the guardian's page, and what the minor sees meanwhile."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests import builders as b
from tests.integration.web.people.conftest import browser, mailed_link, text_of
from touchstone.kit.models import OutgoingMail
from touchstone.people import queries
from touchstone.people.models import Account, GuardianConsent, Person

FORM = {
    "email": "kim@example.org",
    "password1": b.PASSWORD,
    "password2": b.PASSWORD,
    "name": "Kim Larkspurre",
    "position": "student",
    "age": "13_to_17",
    "turns_18": "",
}
ANSWER = {"answer": "yes", "guardian_name": "Pat Larkspurre", "relation": "mother"}


@pytest.fixture
def minor(db: None) -> Person:
    return b.minor("Kim Larkspurre", adult_on=timezone.now().date().replace(day=1) + dt.timedelta(days=700))


def ask(minor: Person, email: str = "pat@example.org") -> str:
    """The path of the page the guardian was sent to."""
    assert browser(minor).post("/account/guardian/", {"guardian_email": email}).status_code == 302
    return mailed_link(email, "/guardians/")


def sign_up(client: Client, **changes: str):
    return client.post("/account/signup/", {**FORM, **changes})


def code() -> str:
    found = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", OutgoingMail.objects.latest("id").text)
    assert found
    return found[0]


def test_sign_up_when_under_13_then_a_kind_page_and_nothing_is_kept_or_shown(client: Client, db: None):
    answer = sign_up(client, age="under_13")
    assert answer.status_code == 403
    assert "nothing you typed was kept" in text_of(answer)
    assert "Larkspurre" not in answer.content.decode()
    assert not Account.objects.exists()
    assert "Larkspurre" not in str(dict(client.session))


def test_sign_up_when_15_then_the_next_step_is_the_guardian(client: Client, db: None):
    sign_up(client, turns_18=f"{timezone.now().year + 3}-03")
    answer = client.post("/account/confirm-email/", {"code": code()})
    assert answer["Location"] == "/account/guardian/"
    assert "Ask them" in text_of(client.get("/account/guardian/"))


def test_sign_up_when_18_then_there_is_no_guardian_page(client: Client, db: None):
    sign_up(client, age="adult", position="teacher")
    answer = client.post("/account/confirm-email/", {"code": code()})
    assert answer["Location"] == "/"
    assert client.get("/account/guardian/").status_code == 404


def test_guardian_when_saying_yes_then_the_minor_may_send_in_work(minor: Person):
    path, guardian = ask(minor), Client()
    text = text_of(guardian.get(path))
    assert "Kim Larkspurre asks for your consent" in text
    assert "no public list of minors" in text
    assert "You said yes" in text_of(guardian.post(path, ANSWER, follow=True))
    assert queries.may_upload(minor.pseudonym_id, timezone.now().date())
    assert "They agreed" in text_of(browser(minor).get("/account/guardian/"))


def test_guardian_when_the_name_is_missing_then_the_form_says_so(minor: Person):
    path = ask(minor)
    answer = Client().post(path, {**ANSWER, "guardian_name": ""})
    assert answer.status_code == 400
    assert GuardianConsent.objects.get().decided_at is None


def test_guardian_when_saying_no_then_no_name_is_needed_and_the_minor_may_ask_again(minor: Person):
    path = ask(minor)
    assert "You said no" in text_of(Client().post(path, {"answer": "no"}, follow=True))
    text = text_of(browser(minor).get("/account/guardian/"))
    assert "They did not agree" in text
    assert "Ask again" in text


def test_guardian_when_taking_consent_back_then_it_takes_two_presses(minor: Person):
    path, guardian = ask(minor), Client()
    guardian.post(path, ANSWER)
    assert "Yes, take my consent back" in text_of(guardian.post(path, {"answer": "withdraw"}))
    assert GuardianConsent.objects.get().withdrawn_at is None
    assert "You took your consent back" in text_of(
        guardian.post(path, {"answer": "withdraw", "sure": "yes"}, follow=True)
    )
    assert not queries.may_upload(minor.pseudonym_id, timezone.now().date())
    assert "They took their agreement back" in text_of(browser(minor).get("/account/guardian/"))


def test_waiting_minor_when_sending_again_then_only_the_new_link_works(minor: Person):
    old = ask(minor)
    assert "We are waiting for an answer" in text_of(browser(minor).get("/account/guardian/"))
    new = ask(minor)
    assert Client().get(old).status_code == 404
    assert Client().post(old, ANSWER).status_code == 404
    assert Client().get(new).status_code == 200


def test_guardian_link_when_it_expired_then_the_page_says_what_to_do(minor: Person):
    path = ask(minor)
    GuardianConsent.objects.update(asked_at=timezone.now() - dt.timedelta(days=31))
    answer = Client().get(path)
    assert answer.status_code == 410
    assert "ask again" in text_of(answer)
    assert "Nobody answered in time" in text_of(browser(minor).get("/account/guardian/"))


@pytest.mark.parametrize("token", ["nonsense", "0" * 26])
def test_guardian_link_when_made_up_then_404(db: None, token: str):
    assert Client().get(f"/guardians/{token}/").status_code == 404


def test_ask_guardian_when_the_address_is_her_own_then_the_form_says_so(minor: Person):
    assert minor.account
    answer = browser(minor).post("/account/guardian/", {"guardian_email": minor.account.email})
    assert answer.status_code == 400
    assert "your own address" in text_of(answer)


def test_ask_guardian_when_asked_too_often_then_the_form_says_to_wait(minor: Person):
    for number in range(5):
        ask(minor, f"pat{number}@example.org")
    answer = browser(minor).post("/account/guardian/", {"guardian_email": "pat9@example.org"})
    assert "asked 5 times" in text_of(answer)
