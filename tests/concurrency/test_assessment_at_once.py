"""Offers, answers, scores and releases at the same moment."""

import pytest

from tests import builders as b
from tests.cast import Cast
from tests.concurrency.harness import at_once, race
from touchstone.assessment import actions, errors
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment, Decision, Qualification
from touchstone.catalogue import actions as catalogue
from touchstone.kit.actor import Actor
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import queries as people
from touchstone.people.models import Membership
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import errors as portfolio_errors
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

Held = tuple[Assignment, Actor]


def _as(membership: Membership) -> Actor:
    return people.actor_of(membership.person_id, membership)


def _journalled(verb: str) -> int:
    return JournalEntry.objects.filter(verb=verb).count()


@pytest.fixture
def offered(cast: Cast) -> Held:
    assignment = cast.assignment(cast.submitted())
    return assignment, _as(cast.membership_of(assignment))


@pytest.fixture
def scored(offered: Held) -> Held:
    """Every criterion has its level; only sending is left."""
    assignment, who = offered
    actions.accept_assignment(actor=who, token=assignment.token, now=b.NOW)
    for criterion, level in b.PASSING.items():
        actions.save_score(
            actor=who,
            token=assignment.token,
            criterion=criterion,
            level=level,
            comment="Clear.",
            revision=0,
            now=b.NOW,
        )
    return assignment, who


def test_offer_attempt_when_four_times_at_once_then_one_assignment(cast: Cast) -> None:
    attempt = b.submitted(cast.earner, cast.item, jobs=False).current
    assert attempt
    done = at_once(4, lambda: actions.offer_attempt(actor=b.SYSTEM, attempt_id=attempt.id, now=b.NOW))
    assert done.errors == []
    assert {row.id for [row] in done.results} == {Assignment.objects.get().id}
    assert _journalled("assignment.offered") == 1


def test_qualify_assessor_when_four_times_at_once_then_once(cast: Cast) -> None:
    who, item = cast.outside_assessor.person, cast.item.micro_credential
    done = at_once(
        4,
        lambda: actions.qualify_assessor(
            actor=b.SYSTEM, assessor=who, micro_credential=item, from_date=b.NOW.date(), now=b.NOW
        ),
    )
    assert done.errors == []
    assert Qualification.objects.filter(assessor=who, micro_credential=item).count() == 1


def test_accept_and_decline_when_at_once_then_one_state_holds_and_somebody_has_the_work(offered: Held) -> None:
    assignment, who = offered
    done = race(
        lambda: actions.accept_assignment(actor=who, token=assignment.token, now=b.NOW),
        lambda: actions.decline_assignment(actor=who, token=assignment.token, now=b.NOW),
    )
    assert set(done.refusals) <= {errors.NotOffered}
    run_waiting_jobs()
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.DECLINED  # accepting first does not keep her from handing it back
    other = Assignment.objects.exclude(id=assignment.id).get()
    assert other.state == AssignmentState.OFFERED
    assert other.assessor_id != assignment.assessor_id


def test_decline_assignment_when_clicked_four_times_at_once_then_the_next_assessor_is_asked_once(
    offered: Held,
) -> None:
    assignment, who = offered
    done = at_once(4, lambda: actions.decline_assignment(actor=who, token=assignment.token, now=b.NOW))
    assert done.refusals == [errors.NotOffered] * 3
    run_waiting_jobs()
    assert _journalled("assignment.declined") == 1
    assert Assignment.objects.filter(state=AssignmentState.OFFERED).count() == 1


def test_save_score_when_two_windows_save_the_same_revision_then_one_wins(scored: Held) -> None:
    assignment, who = scored

    def save(comment: str) -> object:
        return actions.save_score(
            actor=who,
            token=assignment.token,
            criterion="overview",
            level="passing",
            comment=comment,
            revision=1,
            now=b.NOW,
        )

    done = race(*[lambda number=number: save(f"Window {number}.") for number in range(4)])
    kept = assignment.scores.get(criterion="overview")
    assert [row.comment for row in done.results] == [kept.comment]
    assert done.refusals == [errors.ScoreChangedElsewhere] * 3
    assert {error.facts["theirs"] for error in done.errors} == {kept.comment}


def test_submit_scores_when_sent_four_times_at_once_then_one_decision(scored: Held) -> None:
    assignment, who = scored
    done = at_once(4, lambda: actions.submit_scores(actor=who, token=assignment.token, now=b.NOW))
    assert done.refusals == [errors.AlreadyScored] * 3
    assert [row.id for row in done.results] == [Decision.objects.get().id]
    assert _journalled("decision.released") == 1


@pytest.mark.parametrize("_round", range(4))
def test_withdraw_and_submit_scores_when_at_once_then_never_both(cast: Cast, scored: Held, _round: int) -> None:
    assignment, who = scored
    token = assignment.attempt.submission.token
    actions_at_once = [
        lambda: portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=token, now=b.NOW),
        lambda: actions.submit_scores(actor=who, token=assignment.token, now=b.NOW),
    ]
    done = race(*actions_at_once[:: 1 if _round % 2 else -1])
    state = Attempt.objects.get().state
    assert (state, done.refusals, Decision.objects.count()) in [
        (AttemptState.EARNED, [portfolio_errors.NotWithdrawable], 1),
        (AttemptState.WITHDRAWN, [errors.WorkWithdrawn], 0),
    ]
    run_waiting_jobs()
    assert OutgoingMail.objects.filter(kind="award_ready").count() == Decision.objects.count()


def test_release_decision_when_clicked_four_times_at_once_then_released_once(cast: Cast, scored: Held) -> None:
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=cast.item.micro_credential, staff=True, now=b.NOW)
    decision = actions.submit_scores(actor=scored[1], token=scored[0].token, now=b.NOW)
    done = at_once(4, lambda: actions.release_decision(actor=_as(cast.staff), token=decision.token, now=b.NOW))
    assert done.errors == []
    assert {row.released_at for row in done.results} == {b.NOW}
    assert _journalled("decision.released") == 1


def test_release_and_withdraw_when_at_once_then_either_is_told_no(cast: Cast, scored: Held) -> None:
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=cast.item.micro_credential, staff=True, now=b.NOW)
    decision = actions.submit_scores(actor=scored[1], token=scored[0].token, now=b.NOW)
    token = scored[0].attempt.submission.token
    done = race(
        lambda: actions.release_decision(actor=_as(cast.staff), token=decision.token, now=b.NOW),
        lambda: portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=token, now=b.NOW),
    )
    decision.refresh_from_db()
    assert (Attempt.objects.get().state, done.refusals, bool(decision.released_at)) in [
        (AttemptState.EARNED, [portfolio_errors.NotWithdrawable], True),
        (AttemptState.WITHDRAWN, [errors.NothingToRelease], False),
    ]
    run_waiting_jobs()
    assert OutgoingMail.objects.filter(kind="award_ready").exists() is bool(decision.released_at)
