"""Registering, renaming, subjects, age: what is kept of a person, and what is refused."""

import datetime as dt

import pytest

from tests import builders as b
from tests.integration.people.conftest import Places
from touchstone.kit.errors import Forbidden
from touchstone.kit.models import JournalEntry
from touchstone.people import actions, errors, queries
from touchstone.people.models import Account, Employment, JoinRequest, Person

PROFILE = {"position": "teacher", "state": "CO", "language": "en", "time_zone": "America/Denver"}


def change(person: Person, **facts: object) -> actions.ProfileChange:
    return actions.change_profile(
        actor=b.actor(person),
        now=b.NOW,
        **{**PROFILE, "name": person.name, **facts},  # type: ignore[arg-type]
    )


@pytest.fixture
def rosa(db: None) -> Person:
    return b.person("Rosa Marchetti", email="rosa@maple.example.org")


@pytest.mark.parametrize("name", ["ROSA MARCHETTI", "Rosa  Marchetti", "Rósa Marchetti", "Rosa-Marchetti"])
def test_rename_when_only_case_marks_or_spacing_change_then_the_identity_stays_confirmed(rosa: Person, name: str):
    assert change(rosa, name=name) == actions.ProfileChange(name_changed=False, confirmation_lost=False)
    rosa.refresh_from_db()
    assert rosa.identity_confirmed_at
    assert queries.every_name_of(rosa.pseudonym_id) == [rosa.name]


def test_rename_when_the_name_is_another_then_the_confirmation_ends_and_the_old_name_is_kept(rosa: Person):
    assert change(rosa, name="Rosa Delgado").confirmation_lost
    rosa.refresh_from_db()
    assert rosa.identity_confirmed_at is None
    assert rosa.sort_name == "rosa delgado"
    assert not change(rosa, name="Rosa Marchetti").confirmation_lost  # nothing left to lose; it does not come back
    rosa.refresh_from_db()
    assert rosa.identity_confirmed_at is None
    assert set(queries.every_name_of(rosa.pseudonym_id)) == {"Rosa Marchetti", "Rosa Delgado"}
    entry = JournalEntry.objects.get(verb="identity.lapsed")
    assert entry.payload == {"person": str(rosa.pseudonym_id)}


def test_journal_when_a_person_changes_then_it_holds_no_name_and_no_address(rosa: Person):
    change(rosa, name="Rosa Delgado")
    b.address(rosa, "delgado@birch.example.org")
    said = " ".join(str(row.payload) for row in JournalEntry.objects.all())
    assert not any(word in said.casefold() for word in ("rosa", "delgado", "marchetti", "birch", "@"))


def test_profile_when_subjects_and_bands_are_chosen_then_kept_in_order_and_unchanged_when_left_out(rosa: Person):
    change(rosa, subjects=["science", "mathematics", "science"], grade_bands=["6-8", "3-5"])
    change(rosa)
    rosa.refresh_from_db()
    assert (rosa.subjects, rosa.grade_bands) == (["mathematics", "science"], ["3-5", "6-8"])


@pytest.mark.parametrize("facts", [{"subjects": ["alchemy"]}, {"grade_bands": ["99"]}])
def test_profile_when_a_choice_is_unknown_then_refused(rosa: Person, facts: dict[str, list[str]]):
    with pytest.raises(errors.UnknownChoice):
        change(rosa, **facts)


def test_profile_when_nothing_readable_is_left_of_the_name_then_refused(rosa: Person):
    with pytest.raises(errors.NameMissing):
        change(rosa, name="\u200b")
    with pytest.raises(Forbidden):
        actions.change_profile(actor=b.SYSTEM, now=b.NOW, name="X", **PROFILE)


def register(**facts: object) -> Person:
    account = Account.objects.create(email="new@example.org")
    return actions.register_person(
        account=account,
        name="Kim",
        position="student",
        now=b.NOW,
        **facts,  # type: ignore[arg-type]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("turns_18", "adult_on"),
    [
        (dt.date(2026, 9, 30), dt.date(2026, 10, 1)),
        (dt.date(2027, 12, 5), dt.date(2028, 1, 1)),
        (dt.date(2031, 9, 1), dt.date(2031, 10, 1)),
    ],
)
def test_register_when_13_to_17_then_only_the_first_day_of_the_month_after_is_kept(
    turns_18: dt.date, adult_on: dt.date
):
    assert register(age="13_to_17", turns_18=turns_18).adult_on == adult_on


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"age": "under_13"}, errors.UnderThirteen),
        ({"age": "under_13", "turns_18": dt.date(2028, 1, 1)}, errors.UnderThirteen),
        ({"age": "13_to_17"}, errors.AdultDayNotUsable),
        ({"age": "13_to_17", "turns_18": dt.date(2026, 8, 31)}, errors.AdultDayNotUsable),
        ({"age": "13_to_17", "turns_18": dt.date(2031, 10, 1)}, errors.AdultDayNotUsable),
        ({"age": "old"}, errors.UnknownChoice),
    ],
)
def test_case_x14_register_when_too_young_or_unclear_then_refused_and_nothing_kept(
    facts: dict[str, object], error: type[errors.Refusal]
):
    with pytest.raises(error):
        register(**facts)
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_every_address_counts_when_verified_and_public_providers_never(places: Places):
    actions.set_domain(actor=b.SYSTEM, organisation=places.district, domain="maple.org", rule="none", now=b.NOW)
    person = b.person(email="ada@gmail.com")
    b.address(person, "ada@staff.maple.org")
    b.address(person, "Ada@union.example")
    other = b.person(email="bea@maple.org")
    circles = queries.email_domain_circle([person.pseudonym_id, other.pseudonym_id])
    assert circles[person.pseudonym_id] == {"staff.maple.org", "maple.org", "union.example"}
    assert circles[other.pseudonym_id] == {"maple.org"}
    assert queries.verified_addresses(person.pseudonym_id) == {
        "ada@gmail.com",
        "ada@staff.maple.org",
        "ada@union.example",
    }


@pytest.mark.parametrize(("rule", "jobs", "asked"), [("join", 1, 0), ("ask", 0, 1), ("none", 0, 0)])
def test_verified_address_when_its_domain_is_entered_then_the_rule_applies_once(
    places: Places, rule: str, jobs: int, asked: int
):
    actions.set_domain(actor=b.SYSTEM, organisation=places.district, domain="maple.org", rule=rule, now=b.NOW)
    person = b.person()
    b.address(person, "ada@staff.maple.org")
    assert person.account
    actions.note_verified_address(account=person.account, email="ada@staff.maple.org", now=b.later(days=1))
    mine = {"person": person.pseudonym, "organisation": places.district}
    assert Employment.objects.filter(**mine, confirmed_at__isnull=False).count() == jobs
    assert JoinRequest.objects.filter(**mine, state="open").count() == asked


def test_verified_address_when_it_is_a_students_then_she_is_no_employee(places: Places):
    actions.set_domain(actor=b.SYSTEM, organisation=places.district, domain="maple.org", rule="join", now=b.NOW)
    b.address(b.minor(), "kim@students.maple.org")
    assert not Employment.objects.exists()


def test_verified_address_when_she_said_before_that_she_works_there_then_it_is_confirmed_from_that_day(places: Places):
    actions.set_domain(actor=b.SYSTEM, organisation=places.district, domain="maple.org", rule="join", now=b.NOW)
    person, since = b.person(), dt.date(2020, 1, 1)
    actions.declare_employment(actor=b.actor(person), organisation=places.district, from_date=since, now=b.NOW)
    b.address(person, "ada@maple.org")
    row = Employment.objects.get(person=person.pseudonym)
    assert (row.from_date, row.confirmed_at) == (since, b.NOW)


def test_identity_when_confirmed_by_who_may_then_once_and_by_nobody_else(places: Places):
    person = b.person(works_at=[places.school])
    Person.objects.filter(id=person.id).update(identity_confirmed_at=None)
    for actor in (places.stranger, places.manager, b.actor(b.person())):
        with pytest.raises(errors.NotAdministratorHere):
            actions.confirm_identity(actor=actor, person=person.pseudonym, now=b.NOW)
    with pytest.raises(errors.NotToYourself):
        actions.confirm_identity(actor=b.actor(person), person=person.pseudonym, now=b.NOW)
    before = JournalEntry.objects.filter(verb="identity.confirmed").count()
    for _time in range(2):
        actions.confirm_identity(actor=places.head, person=person.pseudonym, now=b.NOW)
    person.refresh_from_db()
    assert person.identity_confirmed_at == b.NOW
    assert JournalEntry.objects.filter(verb="identity.confirmed").count() == before + 1


def test_profile_when_the_position_is_unknown_then_refused(rosa: Person):
    with pytest.raises(errors.UnknownChoice):
        change(rosa, position="king")
