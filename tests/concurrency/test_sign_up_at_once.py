"""The same sign-up several times at once."""

import pytest
from django.test import Client

from tests import builders as b
from tests.concurrency.harness import at_once
from touchstone.kit.models import OutgoingMail
from touchstone.people.models import Account, Person

pytestmark = pytest.mark.django_db(transaction=True)

FORM = {"email": "kim@maple.example", "password1": b.PASSWORD, "password2": b.PASSWORD, "name": "Kim Lindqvist"}


def test_sign_up_when_four_times_at_once_then_one_account_and_the_same_answer_for_all() -> None:
    facts = {**FORM, "position": "teacher", "age": "adult", "turns_18": ""}
    done = at_once(4, lambda: Client().post("/account/signup/", facts))
    assert done.errors == []
    assert {(answer.status_code, answer["Location"]) for answer in done.results} == {(302, "/account/confirm-email/")}
    assert Account.objects.count() == Person.objects.count() == 1
    assert OutgoingMail.objects.filter(to=FORM["email"]).exclude(text__contains="You have one already").count() == 1
