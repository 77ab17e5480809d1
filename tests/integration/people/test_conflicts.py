"""“I know somebody” and other ties: who is tied, and what nobody learns."""

import datetime as dt
import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.integration.people.conftest import Places
from touchstone.kit.actor import ANYONE
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.kit.models import JournalEntry
from touchstone.people import actions, errors, queries
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.models import ConflictStatement, Organisation, Person, Tie

TODAY = b.NOW.date()


@pytest.fixture
def ada(db: None) -> Person:
    return b.person("Ada Byron", email="ada@home.example")


def state(person: Person, **facts: object) -> ConflictStatement:
    facts = {"kind": "kin", **facts}
    statement = actions.state_conflict(actor=b.actor(person), now=b.NOW, **facts)  # type: ignore[arg-type]
    run_waiting_jobs()
    return statement


def tied(person: Person, on: dt.date | None = None) -> set[UUID]:
    # Jobs read the clock of this machine, which may be ahead of the tests'.
    return queries.tied_to(person.pseudonym_id, on=on or dt.date(2100, 1, 1))


def test_statement_when_an_address_or_a_name_matches_then_both_are_tied(ada: Person):
    by_address, by_name = b.person(email="bea@home.example"), b.person("Núria O’Brien")
    b.address(by_address, "bea@work.example")
    state(ada, email="BEA@work.example ")
    state(ada, name="nuria obrien")
    assert tied(ada) == {by_address.pseudonym_id, by_name.pseudonym_id}
    assert tied(by_name) == {ada.pseudonym_id}
    again = state(ada, name="NURIA O'Brien")
    assert ConflictStatement.objects.count() == 2
    assert again.name == "nuria obrien"


def test_statement_when_the_name_is_meant_at_a_place_then_only_there_and_below_it(places: Places, ada: Person):
    here, there = b.person("Kim Lee", works_at=[places.school]), b.person("Kim Lee", works_at=[places.elsewhere])
    state(ada, name="Kim Lee", organisation=places.district)
    assert tied(ada) == {here.pseudonym_id}
    actions.record_employment(
        actor=b.SYSTEM, person=there.pseudonym, organisation=places.high, from_date=TODAY, confirmed=False, now=b.NOW
    )
    assert tied(ada) == {here.pseudonym_id, there.pseudonym_id}


def test_statement_when_the_other_comes_later_then_she_is_tied_then(ada: Person):
    state(ada, email="later@home.example")
    state(ada, name="Lata Moreno")
    state(ada, name="Renata Now")
    assert tied(ada) == set()
    by_address = b.person(email="later@home.example")
    by_name = b.person("Lata Moreno")
    renamed = b.person("Renata Before")
    actions.change_profile(
        actor=b.actor(renamed), name="Renata Now", position="coach", state="", language="en", time_zone="UTC", now=b.NOW
    )
    added = b.person()
    assert tied(ada) == {by_address.pseudonym_id, by_name.pseudonym_id, renamed.pseudonym_id}
    state(ada, email="added@home.example")
    b.address(added, "added@home.example")
    assert added.pseudonym_id in tied(ada)


def test_statement_when_matched_or_not_then_the_same_answer_the_same_queries_and_no_trace(ada: Person):
    b.person("Bea", email="bea@home.example")
    counts = []
    for email in ("bea@home.example", "nobody@home.example"):
        with CaptureQueriesContext(connection) as asked:
            actions.state_conflict(actor=b.actor(ada), kind="kin", email=email, now=b.NOW)
        said = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
        counts.append([re.sub(r"'[^']*'|[0-9a-f-]{32,36}", "", sql) for sql in said])
    assert counts[0] == counts[1]
    run_waiting_jobs()
    found = [row for row in queries.list_statements(ada.pseudonym_id) if row.email]
    shown = [{key: getattr(row, key) for key in ("kind", "name", "organisation_id", "withdrawn_at")} for row in found]
    assert shown[0] == shown[1]
    matched = JournalEntry.objects.get(verb="tie.matched")
    assert matched.person is None
    assert set(matched.payload) == {"tie"}
    mine = JournalEntry.objects.filter(person=ada.pseudonym_id, verb="conflict.stated")
    assert {frozenset(row.payload) for row in mine} == {frozenset({"person", "statement"})}


def test_statement_when_withdrawn_then_its_ties_end_and_others_stay(places: Places, ada: Person):
    bea = b.person("Bea", email="bea@home.example")
    first, second = state(ada, email="bea@home.example"), state(ada, name="Bea")
    actions.withdraw_conflict(actor=b.actor(ada), statement=first.id, now=b.NOW)
    assert tied(ada) == {bea.pseudonym_id}
    for _time in range(2):
        actions.withdraw_conflict(actor=b.actor(ada), statement=second.id, now=b.NOW)
    assert tied(ada, TODAY) == tied(ada) == set()
    assert queries.list_statements(ada.pseudonym_id) == []
    actions.match_all_statements(now=b.NOW)
    b.address(bea, "bea@work.example")
    assert tied(ada) == set()
    with pytest.raises(NotFound):
        actions.withdraw_conflict(actor=b.actor(bea), statement=first.id, now=b.NOW)


def test_statement_when_two_things_came_at_once_then_the_nightly_round_ties_them(ada: Person):
    bea = b.person("Bea")
    state(ada, name="Bea")
    Tie.objects.all().delete()
    actions.match_all_statements(now=b.NOW)
    actions.match_all_statements(now=b.NOW)
    assert tied(ada) == {bea.pseudonym_id}
    assert Tie.objects.count() == 1


def test_statement_when_about_a_whole_place_then_all_who_work_there_now_or_later(places: Places, ada: Person):
    here, below = b.person(works_at=[places.district]), b.person(works_at=[places.school])
    away = b.person(works_at=[places.elsewhere])
    statement = state(ada, kind="former_colleague", organisation=places.district)
    assert tied(ada) == {here.pseudonym_id, below.pseudonym_id}
    assert tied(below) == {ada.pseudonym_id}
    assert tied(away) == set()
    late = b.person(works_at=[places.high])
    assert late.pseudonym_id in tied(ada)
    actions.withdraw_conflict(actor=b.actor(ada), statement=statement.id, now=b.NOW)
    assert tied(ada) == tied(below) == set()


def test_statement_when_about_a_school_then_not_all_of_its_district(places: Places, ada: Person):
    state(ada, organisation=places.school)
    b.person(works_at=[places.district])
    here = b.person(works_at=[places.school])
    assert tied(ada) == {here.pseudonym_id}


def test_statement_when_it_names_nobody_or_herself_then_a_named_refusal(ada: Person):
    with pytest.raises(errors.StatementEmpty):
        state(ada, name=" - ")
    with pytest.raises(errors.AddressNotUsable):
        state(ada, email="bea")
    with pytest.raises(errors.StatementAboutOneself):
        state(ada, email="ADA@home.example")
    with pytest.raises(errors.UnknownChoice):
        state(ada, kind="enemy", name="Bea")
    with pytest.raises(Forbidden):
        actions.state_conflict(actor=ANYONE, kind="kin", name="Bea", now=b.NOW)
    rows = [ConflictStatement(person=ada, kind="kin", name_key=f"n {n}", stated_at=b.NOW) for n in range(200)]
    ConflictStatement.objects.bulk_create(rows)
    with pytest.raises(errors.TooManyStatements):
        state(ada, name="One More")


def test_statement_when_her_own_name_matches_then_she_is_not_tied_to_herself(ada: Person):
    namesake = b.person("Ada Byron")
    state(ada, name="Ada Byron")
    assert tied(ada) == {namesake.pseudonym_id}


def derive(*pairs: tuple[UUID, UUID], key: str = "cohort:1") -> int:
    return actions.derive_ties(actor=b.SYSTEM, source_key=key, pairs=pairs, kind=TieKind.COHORT, now=b.NOW)


def test_derived_when_said_again_then_what_is_no_longer_said_ends(ada: Person):
    one, two, three = (b.person().pseudonym_id for _ in range(3))
    assert derive((one, two), (two, one), (two, three), (one, one)) == 2
    assert derive((two, one), (three, two)) == 0
    assert derive((one, three), key="cohort:2") == 1
    assert derive((one, two)) == 0
    open_now = set(Tie.objects.filter(to_date=None).values_list("source_key", flat=True))
    assert (queries.tied_to(two, on=TODAY), queries.tied_to(three, on=TODAY)) == ({one}, {one})
    assert open_now == {"cohort:1", "cohort:2"}
    assert derive() == 0
    assert queries.tied_to(two, on=TODAY) == set()
    with pytest.raises(Forbidden):
        actions.derive_ties(actor=b.actor(ada), source_key="x", pairs=[], kind=TieKind.COACH, now=b.NOW)
    with pytest.raises(Forbidden):
        actions.declare_tie(
            actor=b.actor(ada),
            a=ada.pseudonym,
            b=b.person().pseudonym,
            kind=TieKind.KIN,
            source=TieSource.DECLARED,
            from_date=TODAY,
            now=b.NOW,
        )


def test_import_when_a_district_sends_its_coaches_then_pairs_within_it_are_tied_once(places: Places):
    coach = b.person(email="coach@maple.example", works_at=[places.district])
    pupil = b.person(email="new@maple.example", works_at=[places.school])
    b.person(email="away@birch.example", works_at=[places.elsewhere])
    data = (
        b"Email,Other email,Relation\n"
        b"Coach@maple.example,new@maple.example,coach\n"
        b"new@maple.example,coach@maple.example,Coach\n"
        b"coach@maple.example,away@birch.example,coach\n"
        b"coach@maple.example,nobody@maple.example,coach\n"
        b"coach@maple.example,coach@maple.example,kin\n"
        b"coach@maple.example,new@maple.example,enemy\n"
    )

    def take(dry_run: bool, organisation: Organisation = places.district) -> actions.TieImport:
        return actions.import_ties(actor=places.head, organisation=organisation, data=data, dry_run=dry_run, now=b.NOW)

    dry = take(True)
    assert (dry.created, dry.known, [row.line for row in dry.problems]) == (1, 0, [4, 5, 6, 7])
    away, nobody = (row.sentence.partition("“")[0] for row in dry.problems[:2])
    assert away == nobody
    assert not Tie.objects.exists()
    assert take(False) == dry
    assert take(False).known == 1
    assert Tie.objects.get().source == "imported"
    assert queries.tied_to(coach.pseudonym_id, on=TODAY) == {pupil.pseudonym_id}
    assert JournalEntry.objects.filter(verb="ties.imported").count() == 1
    with pytest.raises(errors.NotAdministratorHere):
        take(True, places.elsewhere)


def test_tied_to_when_there_are_more_ties_then_no_more_queries(places: Places, ada: Person):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.tied_to(ada.pseudonym_id, on=TODAY)
        return len(asked)

    state(ada, organisation=places.school)
    state(ada, name="Somebody")
    before = count()
    for number in range(5):
        b.person("Somebody", works_at=[places.school])
        state(ada, organisation=b.organisation(f"place-{number}"))
    assert count() == before
