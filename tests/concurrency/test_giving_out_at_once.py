"""Work is given out once, and nobody gets more than she takes, however many give out at the same moment."""

from tests import builders as b
from tests.cast import Cast
from tests.concurrency.harness import at_once, race
from touchstone.assessment import actions
from touchstone.assessment.models import Assignment, ReadingPlan
from touchstone.kit.models import JournalEntry
from touchstone.people import actions as people_actions
from touchstone.people import queries as people
from touchstone.people.enums import TieKind, TieSource
from touchstone.portfolio.models import Attempt


def _attempts(cast: Cast, count: int, *, searching: bool) -> list[Attempt]:
    made = []
    for number in range(count):
        earner = b.person(state="TX", works_at=[b.organisation(f"far-{number}", state="TX")])
        attempt = b.submitted(earner, cast.item, jobs=False).current
        assert attempt
        if searching:
            ReadingPlan.objects.create(attempt=attempt, share=0, drawn_at=b.NOW, searching_since=b.NOW)
        made.append(attempt)
    return made


def _limit(cast: Cast, most: int) -> None:
    for membership in (cast.assessor, cast.second):
        who = people.actor_of(membership.person_id, membership)
        actions.set_availability(actor=who, at_once=most, weekly=None, languages=["en"], known=["en"], now=b.NOW)


def _give_out() -> int:
    return actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW)


def test_give_out_waiting_work_when_four_times_at_once_then_each_work_is_offered_once(cast: Cast) -> None:
    attempts = _attempts(cast, 6, searching=True)
    done = at_once(4, _give_out)
    assert done.errors == []
    assert sorted(done.results) == [0, 0, 0, 6]
    assert {row.attempt_id for row in Assignment.objects.all()} == {attempt.id for attempt in attempts}
    assert Assignment.objects.count() == 6
    assert JournalEntry.objects.filter(verb="assignment.offered").count() == 6


def test_offers_when_single_and_batch_at_once_then_no_capacity_is_exceeded(cast: Cast) -> None:
    waiting, fresh = _attempts(cast, 3, searching=True), []
    for number in range(3):
        earner = b.person(state="TX", works_at=[b.organisation(f"near-{number}", state="TX")])
        fresh.append(b.submitted(earner, cast.item, jobs=False).current)
    _limit(cast, 2)
    offers = [
        lambda attempt=attempt: actions.offer_attempt(actor=b.SYSTEM, attempt_id=attempt.id, now=b.NOW)
        for attempt in (*fresh, waiting[0])
    ]
    done = race(*offers, _give_out, _give_out)
    assert done.errors == []
    for membership in (cast.assessor, cast.second):
        assert Assignment.objects.filter(assessor=membership.person).count() == 2
    assert ReadingPlan.objects.filter(searching_since__isnull=False).count() == 2


def test_take_back_when_twice_at_once_and_scores_are_sent_then_one_outcome_holds(cast: Cast) -> None:
    assignment = cast.assignment(cast.submitted())
    membership = cast.membership_of(assignment)
    people_actions.declare_tie(
        actor=b.SYSTEM,
        a=cast.earner.pseudonym,
        b=membership.person,
        kind=TieKind.KIN,
        source=TieSource.DERIVED,
        from_date=b.NOW.date(),
        now=b.NOW,
    )
    who = people.actor_of(membership.person_id, membership)
    done = race(
        lambda: actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW),
        lambda: actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW),
        lambda: actions.decline_assignment(actor=who, token=assignment.token, now=b.NOW),
    )
    assignment.refresh_from_db()
    taken = sum(result for result in done.results if isinstance(result, int))
    assert (assignment.state, taken) in [("reassigned", 1), ("declined", 0)]
    left = JournalEntry.objects.filter(verb__in=["assignment.taken_back", "assignment.declined"])
    assert left.count() == 1
