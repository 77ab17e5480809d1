"""Wrong passwords: when the way closes, for whom, the way back, and that nobody learns who has an account."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests import builders as b
from tests.concurrency.harness import at_once
from touchstone.kit import rates
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import JournalEntry
from touchstone.people.lockout import EVERYBODY, FROM_EVERYBODY_HERE, FROM_HERE

LOGIN = "/account/login/"
HERE, ELSEWHERE = "203.0.113.9", "198.51.100.4"
NEW = "a wholly new pass phrase"


@pytest.fixture
def person(db: None):
    return b.person("Rosa Marchetti", email="rosa@example.org")


def sign_in(email: str = "rosa@example.org", password: str = "wrong", address: str = HERE, client=None):
    return (client or Client()).post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def lock(email: str = "rosa@example.org", address: str = HERE):
    for _time in range(FROM_HERE.uses):
        assert sign_in(email, address=address).status_code == 200
    return sign_in(email, address=address)


def test_lock_says_until_when_and_shows_the_way_back(person):
    answer = lock()
    text = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= FROM_HERE.seconds
    assert re.search(r"for another 1[45] minutes, until \d\d:\d\d UTC", text)
    assert 'href="/account/password/reset/"' in text


def test_right_password_does_not_help_from_there_but_from_elsewhere(person):
    lock()
    assert sign_in(password=b.PASSWORD).status_code == 429
    assert sign_in(password=b.PASSWORD, address=ELSEWHERE).status_code == 302


def test_capitals_and_spaces_in_the_address_make_no_other_account(person):
    for email in ("Rosa@example.org", "ROSA@EXAMPLE.ORG", " rosa@example.org", "rosa@example.org ", "rosa@Example.org"):
        sign_in(email)
    assert sign_in().status_code == 429


def test_one_persons_typing_errors_do_not_lock_her_school(person):
    colleague = b.person(email="ines@example.org")
    lock()
    assert sign_in(colleague.account.email, b.PASSWORD).status_code == 302


def test_right_passwords_are_not_counted(person):
    for _time in range(FROM_HERE.uses + 2):
        assert sign_in(password=b.PASSWORD).status_code == 302


def test_an_address_that_tries_many_accounts_is_closed_as_a_whole(person):
    for _time in range(FROM_EVERYBODY_HERE.uses):
        rates.use(EVERYBODY, HERE, FROM_EVERYBODY_HERE, now=timezone.now())  # wrong ones, each for another account
    assert sign_in(password=b.PASSWORD).status_code == 429
    assert sign_in(password=b.PASSWORD, address=ELSEWHERE).status_code == 302


def test_lock_opens_by_itself(person):
    lock()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE rate SET until = %s", [timezone.now() - timedelta(seconds=1)])
    assert sign_in(password=b.PASSWORD).status_code == 302


def code_from_mail() -> str:
    run_waiting_jobs()
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def reset(client: Client, email: str = "rosa@example.org"):
    client.post("/account/password/reset/", {"email": email}, REMOTE_ADDR=HERE)
    client.post("/account/password/reset/confirm/", {"code": code_from_mail()}, REMOTE_ADDR=HERE)
    form = {"password1": NEW, "password2": NEW}
    return client.post("/account/password/reset/complete/", form, REMOTE_ADDR=HERE)


def test_a_code_by_mail_sets_a_new_password_signs_in_and_opens_the_lock(person):
    lock()
    client = Client()
    reset(client)
    assert client.get("/account/profile/").status_code == 200
    assert sign_in(password=NEW).status_code == 302
    assert sign_in(password=b.PASSWORD).status_code == 200
    assert JournalEntry.objects.filter(verb="password.reset", about__contains=[person.pseudonym_id]).count() == 1


def test_a_code_by_mail_leads_in_even_when_the_whole_address_is_closed(person):
    for _time in range(FROM_EVERYBODY_HERE.uses):
        rates.use(EVERYBODY, HERE, FROM_EVERYBODY_HERE, now=timezone.now())
    client = Client()
    reset(client)
    assert client.get("/account/profile/").status_code == 200
    assert sign_in(password=NEW).status_code == 429


def test_locks_look_the_same_for_addresses_without_an_account(person):
    known, unknown = lock(), lock("nobody@example.org")
    assert known.status_code == unknown.status_code == 429
    assert _plain(known) == _plain(unknown)


@pytest.mark.parametrize("path", [LOGIN, "/account/password/reset/"])
def test_answers_are_the_same_for_known_and_unknown_addresses(person, path: str):
    answers = []
    for email in ("rosa@example.org", "nora@example.org"):
        client = Client()
        client.get(path)
        form = {"login": email, "password": "wrong"} if path == LOGIN else {"email": email}
        answer = client.post(path, form, follow=True)
        answers.append((answer.redirect_chain, _plain(answer).replace(email, "ADDRESS")))
    assert answers[0] == answers[1]


def test_creating_an_account_says_the_same_for_known_and_unknown_addresses(person):
    answers = []
    for email in ("rosa@example.org", "nora@example.org"):
        client = Client()
        form = {
            "email": email,
            "password1": NEW,
            "password2": NEW,
            "name": "Rosa",
            "position": "teacher",
            "age": "adult",
        }
        answer = client.post("/account/signup/", form, follow=True)
        answers.append((answer.redirect_chain, _plain(answer).replace(email, "ADDRESS")))
    assert answers[0] == answers[1]
    assert EmailAddress.objects.filter(email="rosa@example.org").count() == 1
    run_waiting_jobs()
    mails = {message.to[0]: str(message.body) for message in mail.outbox}
    assert "You have one already" in mails["rosa@example.org"]
    assert "This is your code" in mails["nora@example.org"]


def _plain(answer) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value|value)="[^"]*"', "", answer.content.decode())


def test_a_lock_is_noted_once_for_the_account(person):
    lock()
    sign_in()
    entries = JournalEntry.objects.filter(about__contains=[person.pseudonym_id])
    assert entries.filter(verb="account.sign_in_failed").count() == FROM_HERE.uses
    assert entries.filter(verb="account.locked").count() == 1
    assert not entries.exclude(person=None).filter(verb__startswith="account.").exists()


@pytest.mark.django_db(transaction=True)
def test_twelve_guesses_at_once_are_no_more_than_five():
    person = b.person(email="rosa@example.org")
    outcomes = at_once(12, sign_in)
    assert not outcomes.errors
    assert sorted(answer.status_code for answer in outcomes.results) == [200] * 5 + [429] * 7
    assert (
        JournalEntry.objects.filter(verb="account.sign_in_failed", about__contains=[person.pseudonym_id]).count()
        == FROM_HERE.uses
    )
    rates.remove_closed(now=timezone.now() + timedelta(days=1))
