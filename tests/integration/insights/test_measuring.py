"""What is gathered from the rows that assessing leaves behind, and the nightly job."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment.models import Assignment
from touchstone.catalogue.models import Version
from touchstone.insights import gathering, jobs
from touchstone.insights.gathering import assessor_code, gather
from touchstone.insights.models import Measurement
from touchstone.kit.drain import run_waiting_jobs
from touchstone.people.models import Membership
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.models import Attempt

LATER = b.later(days=3)


@pytest.fixture
def twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Version:
    """An item of which all work is read twice, and a pool of three."""
    monkeypatch.setattr(gathering, "REPLICATIONS", 0)
    item = b.version("read-twice", of=cast.issuer, title="Read twice", scoring={"second_reads": "1"})
    for name in ("Uma", "Vic", "Xan"):
        b.assessor(cast.issuer, item, name=name)
    return item


def _hand_in(cast: Cast, item: Version) -> Attempt:
    submission = b.submitted(cast.earner, item)
    assert submission.current
    return submission.current


def _score(attempt: Attempt, read: int, **levels: str) -> Assignment:
    row = Assignment.objects.select_related("attempt__submission__version").get(attempt=attempt, read=read)
    b.score(row, Membership.objects.get(person=row.assessor_id, role="assessor"), levels)
    return row


def test_two_readings_that_disagree_then_the_ruling_is_told_apart_and_the_promise_is_kept(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    one = _score(attempt, 1)
    _score(attempt, 2, recording="basic")
    waiting = gather(twice, now=LATER).study
    assert waiting.waiting == 1  # the ruling
    assert {row.read for row in waiting.scores} == {1, 2}
    ruling = Assignment.objects.get(attempt=attempt, read=3)
    _rule(ruling)
    study = gather(twice, now=LATER).study
    assert study.waiting == 0
    assert [(row.read, row.criterion) for row in study.scores if row.read == 3] == [(3, "recording")]
    assert {row.assessor for row in study.scores if row.read == 1} == {assessor_code(twice.id, one.assessor_id)}
    (work,) = study.works
    assert (work.share, work.second, work.readings, work.disagreed, work.decided) == (Fraction(1), "lot", 2, True, True)


def _rule(ruling: Assignment) -> None:
    ruling = Assignment.objects.select_related("attempt__submission__version").get(id=ruling.id)
    b.score(ruling, Membership.objects.get(person=ruling.assessor_id, role="assessor"))


def test_work_taken_back_unread_then_it_is_not_counted(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=attempt.submission.token, now=b.NOW)
    run_waiting_jobs()
    assert gather(twice, now=LATER).study.works == ()


def test_codes_differ_between_versions_and_name_nobody(cast: Cast, twice: Version):
    person = cast.assessor.person_id
    assert assessor_code(twice.id, person) == assessor_code(twice.id, person)
    assert assessor_code(twice.id, person) != assessor_code(cast.item.id, person)
    assert str(person)[:6] not in assessor_code(twice.id, person)


def test_the_pool_offers_what_its_assessors_take_shared_between_their_items(cast: Cast, twice: Version):
    offered = gather(cast.item, now=LATER).study.offered
    assert offered == {assessor_code(cast.item.id, one.person_id): 10.0 for one in (cast.assessor, cast.second)}


def test_gathering_costs_the_same_whatever_there_is(cast: Cast, twice: Version):
    gather(twice, now=LATER)  # the item's document is read once per process
    with CaptureQueriesContext(connection) as empty:
        gather(twice, now=LATER)
    attempt = _hand_in(cast, twice)
    _score(attempt, 1)
    with CaptureQueriesContext(connection) as full:
        gather(twice, now=LATER)
    assert len(full) == len(empty) <= 6


def test_the_nightly_job_measures_every_version_given_out_and_none_else(cast: Cast, twice: Version):
    _score(_hand_in(cast, twice), 1)
    jobs.measure_all.defer(timestamp=0)
    run_waiting_jobs()
    row = Measurement.objects.get()
    assert row.version == twice
    assert not row.figures["established"]
    assert row.figures["promise"]["works"] == 1
    jobs.measure_all.defer(timestamp=0)
    run_waiting_jobs()  # again: the same row
    assert Measurement.objects.count() == 1
