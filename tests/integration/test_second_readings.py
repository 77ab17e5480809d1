"""Work read twice: independent, by two people, with a third where they disagree, and one decision at the end."""

import pytest

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment import actions, errors, queries
from touchstone.assessment.enums import AssignmentState, SecondReading
from touchstone.assessment.models import Assignment, Decision, ReadingPlan, Score
from touchstone.catalogue.models import Version
from touchstone.core.sight import Viewer
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import queries as people_queries
from touchstone.people.models import Membership
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Attempt, Submission

NEAR = {"recording": "basic"}


def _item(cast: Cast, **scoring: object) -> Version:
    return b.version("read-twice", of=cast.issuer, title="Read twice", scoring={"second_reads": "0", **scoring})


@pytest.fixture
def twice(cast: Cast) -> Version:
    """An item of which all work is read twice, and a pool of three."""
    item = _item(cast, second_reads="1")
    for name in ("Uma", "Vic", "Xan"):
        b.assessor(cast.issuer, item, name=name)
    return item


def _hand_in(cast: Cast, item: Version) -> Attempt:
    submission = b.submitted(cast.earner, item)
    assert submission.current
    return submission.current


def _readings(attempt: Attempt) -> dict[int, Assignment]:
    rows = Assignment.objects.filter(attempt=attempt).select_related("attempt__submission__version")
    return {row.read: row for row in rows}


def _reader(assignment: Assignment) -> Membership:
    return Membership.objects.get(person=assignment.assessor_id, role="assessor")


def _score(assignment: Assignment, **levels: str) -> None:
    b.score(assignment, _reader(assignment), levels)


def test_all_drawn_when_handed_in_then_two_people_read_at_once_and_neither_decides_alone(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    readings = _readings(attempt)
    assert set(readings) == {1, 2}
    assert readings[1].assessor_id != readings[2].assessor_id
    plan = ReadingPlan.objects.get(attempt=attempt)
    assert (plan.second, plan.share) == (SecondReading.LOT, 1)
    _score(readings[2])
    assert not Decision.objects.exists()
    _score(readings[1])
    assert Decision.objects.get().outcome == "earned"
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.EARNED


def test_nothing_drawn_when_the_share_is_nothing_then_one_reading_decides(cast: Cast):
    item = _item(cast)
    b.assessor(cast.issuer, item, name="Uma")
    attempt = _hand_in(cast, item)
    _score(_readings(attempt)[1])
    assert Decision.objects.get().outcome == "earned"
    assert ReadingPlan.objects.get().second == ""


def test_readings_that_agree_within_a_step_then_the_lower_level_is_told(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    readings = _readings(attempt)
    _score(readings[1], recording="basic")
    _score(readings[2], recording="developing")
    reasons = {row["criterion"]: row["level"] for row in Decision.objects.get().reasons}
    assert reasons["recording"] == "developing"


def test_readings_that_disagree_then_a_third_rules_on_that_criterion_alone(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    readings = _readings(attempt)
    _score(readings[1])
    _score(readings[2], **NEAR)
    assert not Decision.objects.exists()
    ruling = _readings(attempt)[3]
    assert ruling.assessor_id not in {readings[1].assessor_id, readings[2].assessor_id}  # case A4
    assert ruling.criteria == ["recording"]
    assert [row.criterion.key for row in queries.scoring_rows(ruling)] == ["recording"]
    who = people_queries.actor_of(ruling.assessor_id, _reader(ruling))
    actions.accept_assignment(actor=who, token=ruling.token, now=b.NOW)
    with pytest.raises(errors.UnknownCriterion):
        actions.save_score(
            actor=who, token=ruling.token, criterion="overview", level="passing", comment="", revision=0, now=b.NOW
        )
    actions.save_score(
        actor=who, token=ruling.token, criterion="recording", level="proficient", comment="", revision=0, now=b.NOW
    )
    assert actions.submit_scores(actor=who, token=ruling.token, now=b.NOW)
    assert Decision.objects.get().outcome == "earned"
    assert Score.objects.filter(criterion="recording").count() == 3  # case A5: the first two are kept


def test_work_one_step_short_when_the_version_says_so_then_read_again_before_anybody_is_told(cast: Cast):
    item = _item(cast, near_the_cut=True)
    for name in ("Uma", "Vic"):
        b.assessor(cast.issuer, item, name=name)
    attempt = _hand_in(cast, item)
    assert set(_readings(attempt)) == {1}
    _score(_readings(attempt)[1], **NEAR)
    assert ReadingPlan.objects.get().second == SecondReading.NEAR_CUT
    second = _readings(attempt)[2]
    assert second.state == AssignmentState.OFFERED
    _score(second, **NEAR)
    assert Decision.objects.get().outcome == "not_yet"


def test_a_reader_too_few_then_the_leader_hears_of_it_and_the_first_reading_does_not_decide(cast: Cast):
    item = _item(cast, second_reads="1")
    b.assessor(cast.issuer, item, name="Uma")
    attempt = _hand_in(cast, item)
    _score(_readings(attempt)[1])
    assert not Decision.objects.exists()
    plan = ReadingPlan.objects.get(attempt=attempt)
    told = OutgoingMail.objects.get(kind="nobody_eligible")
    assert plan.code in told.text
    assert told.to == cast.leader.person.person.account.email


def test_one_of_two_declines_then_another_reads_in_her_place(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    first = _readings(attempt)[2]
    who = people_queries.actor_of(first.assessor_id, _reader(first))
    actions.decline_assignment(actor=who, token=first.token, now=b.NOW)
    b.run_waiting_jobs()
    rows = Assignment.objects.filter(attempt=attempt).exclude(state=AssignmentState.DECLINED)
    assert len({row.assessor_id for row in rows} | {first.assessor_id}) == 3


def test_the_lot_is_drawn_once_however_often_work_is_offered(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    before = ReadingPlan.objects.get(attempt=attempt)
    actions.offer_attempt(actor=b.SYSTEM, attempt_id=attempt.id, now=b.later(days=1))
    after = ReadingPlan.objects.get(attempt=attempt)
    assert (before.drawn_at, before.second, before.token) == (after.drawn_at, after.second, after.token)


def test_the_same_two_differ_a_third_time_in_a_week_then_their_leader_hears_of_it_once(cast: Cast):
    item = _item(cast, second_reads="1")
    for name in ("Uma", "Vic"):
        b.assessor(cast.issuer, item, name=name)
    for number in range(4):
        earner = b.person(f"Earner {number}", state="TX", works_at=[b.organisation(f"school-{number}", state="TX")])
        submission: Submission = b.submitted(earner, item)
        assert submission.current
        readings = _readings(submission.current)
        _score(readings[1])
        _score(readings[2], **NEAR)
    assert JournalEntry.objects.filter(verb="assessors.disagree_often").count() == 1
    assert OutgoingMail.objects.filter(kind="pair_disagrees").count() == 1  # case A8


def test_earner_when_two_read_then_she_reads_both_comments_by_number_alone(cast: Cast, twice: Version):
    attempt = _hand_in(cast, twice)
    readings = _readings(attempt)
    _score(readings[1], **NEAR)
    _score(readings[2], **NEAR)
    decision = Decision.objects.get()
    comments = {row.criterion.key: row.comments for row in queries.feedback_on(Viewer.EARNER, attempt, decision)}
    assert [seen.text for seen, _words in comments["recording"]] == ["1", "2"]


def test_second_attempt_when_read_twice_then_only_what_is_open_is_scored(cast: Cast, twice: Version):
    for name in ("Yve", "Zoe", "Kim"):
        b.assessor(cast.issuer, twice, name=name)
    attempt = _hand_in(cast, twice)
    for reading in _readings(attempt).values():
        _score(reading, **NEAR)
    who = b.actor(cast.earner)
    submission = Submission.objects.get(current=attempt)
    portfolio.begin_attempt(actor=who, token=submission.token, now=b.later(days=2))
    portfolio.submit_attempt(actor=who, token=submission.token, attested=list(AttestationKind), now=b.later(days=2))
    b.run_waiting_jobs()
    submission.refresh_from_db()
    assert submission.current
    again = _readings(submission.current)
    assert {tuple(queries.asked_criteria(row)) for row in again.values()} == {("recording",)}
    for reading in again.values():
        _score(reading)
    submission.current.refresh_from_db()
    assert submission.current.state == AttemptState.EARNED
