"""Who may read a piece of work: each rule alone, several at once, and which of them a version may loosen."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import builders as b
from tests.cast import Cast
from tests.integration.giving_out.looks import as_, bar_of, eligible, open_rows
from touchstone.assessment import actions, errors
from touchstone.assessment.models import Assignment
from touchstone.core.assignment.model import Bar
from touchstone.people import actions as people
from touchstone.people.enums import DomainRule
from touchstone.people.models import Account, Organisation, Person
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Submission


@pytest.fixture
def waiting(cast: Cast) -> Submission:
    return b.submitted(cast.earner, cast.item, jobs=False)


def _takes(cast: Cast, **facts: object) -> None:
    facts = {"at_once": 5, "weekly": None, "languages": ["en"], **facts}
    actions.set_availability(actor=as_(cast.assessor), known=["en", "es"], now=b.NOW, **facts)


def _works_at(row: Person, place: Organisation, *, confirmed: bool = True) -> None:
    people.record_employment(
        actor=b.SYSTEM,
        person=row.pseudonym,
        organisation=place,
        from_date=dt.date(2026, 1, 1),
        confirmed=confirmed,
        now=b.NOW,
    )


def test_an_address_at_the_same_domain_keeps_apart_and_a_public_provider_does_not(cast: Cast, waiting: Submission):
    b.address(cast.assessor.person.person, "devon@maple.example.org")
    b.address(cast.second.person.person, "priya@gmail.com")
    b.address(cast.earner, "rosa@gmail.com")
    assert bar_of(waiting, cast.assessor) == Bar.DOMAIN
    assert eligible(waiting) == {cast.second.person_id}


def test_the_domain_of_the_earners_district_counts_though_she_has_no_address_there(cast: Cast):
    colleague = b.submitted(cast.colleague, cast.item, jobs=False)
    people.set_domain(
        actor=b.SYSTEM, organisation=cast.district, domain="maple-k12.org", rule=DomainRule.NONE, now=b.NOW
    )
    b.address(cast.assessor.person.person, "devon@staff.maple-k12.org")
    assert bar_of(colleague, cast.assessor) == Bar.DOMAIN


def test_a_local_pool_lets_the_district_read_but_never_the_school(cast: Cast):
    item = b.version("local", of=cast.issuer, title="Local", scoring={"second_reads": "0", "local_pool": True})
    near = b.assessor(
        cast.issuer, item, name="Near", works_at=[b.organisation("maple-middle", parent=cast.district, state="CO")]
    )
    same = b.assessor(cast.issuer, item, name="Same", works_at=[cast.school])
    b.address(near.person.person, "near@maple.example.org")
    waiting = b.submitted(cast.earner, item, jobs=False)
    assert eligible(waiting) == {near.person_id}
    assert bar_of(waiting, same) == Bar.SCHOOL


def test_a_personal_tie_holds_in_a_local_pool_too(cast: Cast):
    item = b.version("local", of=cast.issuer, title="Local", scoring={"second_reads": "0", "local_pool": True})
    near = b.assessor(cast.issuer, item, name="Near", works_at=[cast.district])
    waiting = b.submitted(cast.earner, item, jobs=False)
    assert eligible(waiting) == {near.person_id}
    people.state_conflict(actor=b.actor(cast.earner), kind="kin", name="Near", now=b.NOW)
    b.run_waiting_jobs()
    assert bar_of(waiting, near, now=timezone.now()) == Bar.KNOWS  # matched by a job, which reads the clock


def test_work_in_a_language_goes_to_whoever_reads_it(cast: Cast):
    item = b.version("espera", of=cast.issuer, title="Tiempo de espera", language="es")
    reader, other = (b.assessor(cast.issuer, item, name=name) for name in ("Lee", "Otra"))
    actions.set_availability(
        actor=as_(reader), at_once=5, weekly=None, languages=["en", "es"], known=["en", "es"], now=b.NOW
    )
    waiting = b.submitted(cast.earner, item, jobs=False)
    assert eligible(waiting) == {reader.person_id}
    assert bar_of(waiting, other) == Bar.LANGUAGE


def test_whoever_holds_what_she_takes_at_once_gets_no_more(cast: Cast, waiting: Submission):
    _takes(cast, at_once=0)
    assert bar_of(waiting, cast.assessor) == Bar.FULL


def test_the_weeks_limit_counts_what_was_offered_lately_also_what_is_scored(cast: Cast, waiting: Submission):
    _takes(cast, at_once=5, weekly=1)
    assert cast.assessor.person_id in eligible(waiting)
    other = b.submitted(b.person("Lena", state="TX", works_at=[b.organisation("far")]), cast.item, jobs=False)
    _takes(cast, at_once=5, weekly=1)
    row = Assignment.objects.create(
        attempt=other.current, assessor=cast.assessor.person, state="scored", offered_at=b.later(days=-6)
    )
    assert bar_of(waiting, cast.assessor) == Bar.FULL
    Assignment.objects.filter(id=row.id).update(offered_at=b.later(days=-8))
    assert bar_of(waiting, cast.assessor) is None


def test_limits_and_languages_that_cannot_be_are_refused(cast: Cast):
    for facts in ({"at_once": -1}, {"at_once": 51}, {"weekly": 201}):
        with pytest.raises(errors.NotUsableNumber):
            _takes(cast, **facts)
    with pytest.raises(errors.UnknownLanguage):
        _takes(cast, languages=["xx"])


def test_an_assessor_whose_state_is_unknown_counts_as_from_the_state_of_an_earner_without_employer(cast: Cast):
    alone = b.submitted(b.person("Noa", state="CO"), cast.item, jobs=False)
    assert cast.assessor.person_id in eligible(alone)
    Person.objects.filter(pseudonym=cast.assessor.person).update(state="")
    assert bar_of(alone, cast.assessor) == Bar.STATE


def test_the_state_does_not_matter_for_an_earner_with_an_employer(cast: Cast, waiting: Submission):
    Person.objects.filter(pseudonym=cast.assessor.person).update(state="CO")
    assert cast.assessor.person_id in eligible(waiting)


def test_a_whole_place_stated_keeps_apart_in_both_directions(cast: Cast, waiting: Submission):
    away = Organisation.objects.get(slug="away-school")
    people.state_conflict(actor=b.actor(cast.earner), kind="former_colleague", organisation=away, now=b.NOW)
    assert eligible(waiting) == set()
    other = b.submitted(b.person("Lena", works_at=[b.organisation("far", state="TX")]), cast.item, jobs=False)
    assert eligible(other) == {cast.assessor.person_id, cast.second.person_id}
    far = Organisation.objects.get(slug="far")
    people.state_conflict(actor=as_(cast.second), kind="former_colleague", organisation=far, now=b.NOW)
    assert eligible(other) == {cast.assessor.person_id}


def test_an_account_that_was_closed_is_asked_nothing(cast: Cast, waiting: Submission):
    Account.objects.filter(person__pseudonym=cast.assessor.person).update(is_active=False)
    assert eligible(waiting) == {cast.second.person_id}


def test_the_first_reason_of_several_is_the_one_told(cast: Cast, waiting: Submission):
    _works_at(cast.assessor.person.person, cast.school, confirmed=False)
    people.state_conflict(actor=as_(cast.assessor), kind="kin", email="rosa.marchetti@maple.example.org", now=b.NOW)
    _takes(cast, at_once=0)
    assert bar_of(waiting, cast.assessor) == Bar.UNCONFIRMED


def _again(cast: Cast, submission: Submission) -> Submission:
    who = b.actor(cast.earner)
    portfolio.begin_attempt(actor=who, token=submission.token, now=b.later(days=9))
    portfolio.submit_attempt(actor=who, token=submission.token, attested=list(AttestationKind), now=b.later(days=9))
    b.run_waiting_jobs()
    return Submission.objects.get(id=submission.id)


@pytest.mark.parametrize("again", [True, False])
def test_the_same_assessor_reads_again_only_where_the_version_lets_her_and_nobody_else_may(cast: Cast, again: bool):
    scoring = {"second_reads": "0", "same_assessor_again": again}
    item = b.version("small", of=cast.issuer, title="Small", scoring=scoring)
    only = b.assessor(cast.issuer, item, name="Only")
    first = b.submitted(cast.earner, item)
    b.score(open_rows(first)[0], only, {"recording": "basic"})
    second = _again(cast, first)
    assert [row.assessor_id for row in open_rows(second)] == ([only.person_id] if again else [])
    if again:
        assert "earlier" in {reason["key"] for reason in open_rows(second)[0].reasons}


def test_another_is_asked_first_also_where_the_same_assessor_may_read_again(cast: Cast):
    scoring = {"second_reads": "0", "same_assessor_again": True}
    item = b.version("small", of=cast.issuer, title="Small", scoring=scoring)
    pool = {b.assessor(cast.issuer, item, name=name).person_id for name in ("One", "Other")}
    first = b.submitted(cast.earner, item)
    row = open_rows(first)[0]
    b.score(row, cast.membership_of(row), {"recording": "basic"})
    assert {open_rows(_again(cast, first))[0].assessor_id} == pool - {row.assessor_id}


def test_an_offer_says_why_in_data(cast: Cast, waiting: Submission):
    actions.offer_attempt(actor=b.SYSTEM, attempt_id=waiting.current_id, now=b.NOW)
    reasons = {reason["key"]: reason["numbers"] for reason in open_rows(waiting)[0].reasons}
    assert reasons == {"choice": {"open": 2}, "load": {"held": 1, "capacity": 10}}
