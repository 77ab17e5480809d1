"""Signing up: age is asked without a birth date, and somebody too young leaves nothing behind."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests import builders as b
from touchstone.kit.models import OutgoingMail
from touchstone.people import actions
from touchstone.people.enums import DomainRule, OrganisationKind
from touchstone.people.models import Account, Employment, Person

FORM = {
    "email": "kim@maple.example",
    "password1": b.PASSWORD,
    "password2": b.PASSWORD,
    "name": "Kim Lee",
    "position": "teacher",
    "age": "adult",
    "turns_18": "",
}


def sign_up(client: Client, **changes: str) -> str:
    return client.post("/account/signup/", {**FORM, **changes}).content.decode()


@pytest.mark.django_db
def test_sign_up_when_13_to_17_then_the_month_after_is_kept_and_verifying_applies_the_domain(client: Client):
    district = b.organisation("maple", OrganisationKind.DISTRICT)
    actions.set_domain(actor=b.SYSTEM, organisation=district, domain="maple.example", rule=DomainRule.JOIN, now=b.NOW)
    sign_up(client)
    assert not Employment.objects.exists()
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", OutgoingMail.objects.latest("id").text)
    assert code
    client.post("/account/confirm-email/", {"code": code[0]})
    assert Employment.objects.get(person__person__name="Kim Lee").organisation == district


@pytest.mark.django_db
def test_case_x14_sign_up_when_a_student_then_adult_on_is_all_that_is_kept(client: Client):
    year = timezone.now().year + 3
    sign_up(client, age="13_to_17", turns_18=f"{year}-03", position="student")
    assert Person.objects.get().adult_on == dt.date(year, 4, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"age": "under_13"}, "13 and older"),
        ({"age": "13_to_17"}, "month in which you turn 18"),
        ({"age": "13_to_17", "turns_18": "1990-01"}, "month in which you turn 18"),
        ({"age": ""}, "required"),
        ({"name": "\u200b!"}, "at least one letter"),
    ],
)
def test_case_x14_sign_up_when_too_young_or_unclear_then_nothing_is_stored(
    client: Client, changes: dict[str, str], words: str
):
    assert words in sign_up(client, **changes)
    assert not Account.objects.exists()
    assert not OutgoingMail.objects.exists()
