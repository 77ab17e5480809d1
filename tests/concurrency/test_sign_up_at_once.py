"""The same sign-up several times at once."""

import re
from functools import partial

import pytest
from django.test import Client

from tests import builders as b
from tests.concurrency.harness import at_once, race
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people.models import Account, Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cleared")]

FORM = {"email": "kim@maple.example", "password1": b.PASSWORD, "password2": b.PASSWORD, "name": "Kim Lindqvist"}
CODE = r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$"


def test_sign_up_when_four_times_at_once_then_one_account_and_the_same_answer_for_all() -> None:
    facts = {**FORM, "position": "teacher", "age": "adult", "turns_18": ""}
    done = at_once(4, lambda: Client().post("/account/signup/", facts))
    assert done.errors == []
    assert {(answer.status_code, answer["Location"]) for answer in done.results} == {(302, "/account/confirm-email/")}
    assert Account.objects.count() == Person.objects.count() == 1
    assert OutgoingMail.objects.filter(to=FORM["email"]).exclude(text__contains="You have one already").count() == 1


def test_code_when_entered_twice_at_once_then_verified_and_noted_once() -> None:
    facts = {**FORM, "position": "teacher", "age": "adult", "turns_18": ""}
    windows = [Client(), Client()]
    windows[0].post("/account/signup/", facts)
    windows[1].cookies = windows[0].cookies
    code = re.search(CODE, OutgoingMail.objects.get(to=FORM["email"]).text, re.M)
    assert code
    enter = [partial(window.post, "/account/confirm-email/", {"code": code[1]}) for window in windows]
    done = race(*enter)
    assert done.errors == []
    assert JournalEntry.objects.filter(verb="address.verified").count() == 1
