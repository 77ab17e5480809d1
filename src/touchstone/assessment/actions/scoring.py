"""Scores, what they come to, and telling it."""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from touchstone.assessment import errors, queries, wording
from touchstone.assessment.actions.rows import lock_assignment, lock_attempt, plan_readings
from touchstone.assessment.enums import AssignmentState, Outcome, SecondReading
from touchstone.assessment.events import DecisionReleased, PairDisagreesOften, ReadingWanted
from touchstone.assessment.models import RULING, Assignment, Decision, ReadingPlan, Score
from touchstone.catalogue.queries import item_of
from touchstone.core import rubric, second_reads
from touchstone.kit import journal
from touchstone.kit.actor import Actor, system
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

COMMENT_CAP = 10_000  # characters
A_WEEK, OFTEN = timedelta(days=7), 3  # the same two assessors in need of a ruling: their leader hears of it


@transaction.atomic
def save_score(
    *, actor: Actor, token: str, criterion: str, level: str, comment: str, revision: int, now: datetime
) -> Score:
    """Keep the level and comment of one criterion. ``revision`` is the one the writer saw.

    Raises NotFound, NotInYourHands, UnknownCriterion, UnknownLevel, CommentTooLong, ScoreChangedElsewhere.
    """
    assignment = _in_hand(actor, token)
    _require_level(assignment, criterion, level)
    if len(comment) > COMMENT_CAP:
        raise errors.CommentTooLong(length=len(comment), cap=COMMENT_CAP)
    comment = portfolio.clean_text(comment).strip()
    score = Score.objects.filter(assignment=assignment, criterion=criterion).first()
    if score is None:
        score = Score(assignment=assignment, criterion=criterion, revision=0, saved_at=now)
    if (score.level, score.comment) == (level, comment):
        return score
    if score.revision != revision:
        raise errors.ScoreChangedElsewhere(theirs=score.comment, level=score.level, revision=score.revision)
    score.level, score.comment, score.revision, score.saved_at = level, comment, score.revision + 1, now
    score.save()
    return score


@transaction.atomic
def submit_scores(*, actor: Actor, token: str, now: datetime) -> Decision | None:
    """Send the scores: they are frozen, and the passing rule makes a decision once every reading is in.

    None while somebody else still reads. Raises NotFound, AlreadyScored, WorkWithdrawn, NotInYourHands, ScoresMissing.
    """
    assignment = _in_hand(actor, token)
    attempt = lock_attempt(assignment.attempt_id)
    if attempt.state != AttemptState.SUBMITTED:
        raise errors.WorkWithdrawn
    _require_complete(assignment)
    for found in wording.reworded(assignment):  # comments never tell the earner who wrote them
        found.score.comment = found.text
        found.score.save(update_fields=["comment"])
    assignment.state, assignment.scored_at = AssignmentState.SCORED, now
    assignment.save(update_fields=["state", "scored_at"])
    journal.record(actor, "assignment.scored", now=now, assignment=assignment.id)
    return conclude(attempt, now)


def conclude(attempt: Attempt, now: datetime) -> Decision | None:
    """Decide a locked attempt once every reading is in, and tell the earner unless staff release it; None before."""
    levels = _standing_levels(attempt, now)
    if levels is None:
        return None
    decision = _decide(attempt, levels, now)
    if not attempt.submission.version.micro_credential.staff_release:
        _release(system("release"), decision, now)
    return decision


@transaction.atomic
def release_decision(*, actor: Actor, token: str, now: datetime) -> Decision:
    """Tell the earner an outcome that waited for award staff; releasing twice changes nothing.

    Raises NotFound (absent, or not the actor's to release), NothingToRelease.
    """
    decision = queries.get_decision(actor, token)
    attempt = lock_attempt(decision.attempt_id)
    decision.refresh_from_db(fields=["released_at"])
    if decision.released_at is None:
        if attempt.state != AttemptState.SUBMITTED:
            raise errors.NothingToRelease
        _release(actor, decision, now)
    return decision


def _release(actor: Actor, decision: Decision, now: datetime) -> None:
    decision.released_at = now
    decision.save(update_fields=["released_at"])
    met = {reason["criterion"]: reason["level"] for reason in decision.reasons if reason["met"]}
    state = AttemptState.EARNED if decision.outcome == Outcome.EARNED else AttemptState.NOT_YET
    portfolio.close_attempt(actor=actor, attempt_id=decision.attempt_id, state=state, met=met, now=now)
    event = DecisionReleased(decision=decision.id, attempt=decision.attempt_id, outcome=str(decision.outcome))
    journal.record(actor, event, now=now)


def _decide(attempt: Attempt, levels: dict[str, str], now: datetime) -> Decision:
    """Nobody types “pass”: the outcome follows from levels and rule (core.rubric)."""
    item = item_of(attempt.submission.version_id)
    outcome = rubric.decide(levels, item.rubric, item.passing_rule, attempt.carried)
    reasons = [asdict(reason) for reason in outcome.reasons]
    decision = Decision.objects.create(attempt=attempt, outcome=outcome.result, reasons=reasons, decided_at=now)
    journal.record(system("decide"), "decision.made", now=now, decision=decision.id, attempt=attempt.id)
    return decision


def _standing_levels(attempt: Attempt, now: datetime) -> dict[str, str] | None:
    """Criterion -> level of everything read, or None while another reading is wanted, which is then asked for."""
    item, plan, scored = item_of(attempt.submission.version_id), plan_readings(attempt, now), queries.scored(attempt)
    if plan.waived_at:
        return scored.get(1) or scored.get(2)
    first = scored.get(1)
    if first and not plan.second and _is_near_the_cut(attempt, first):
        plan.second = SecondReading.NEAR_CUT
        plan.save(update_fields=["second"])
        journal.record(system("readings"), ReadingWanted(attempt=attempt.id), now=now)
    if not first or (plan.second and 2 not in scored):
        return None
    if not plan.second:
        return first
    resolution = second_reads.resolve(first, scored[2], item.rubric, item.passing_rule)
    if resolution.disputed and RULING not in scored:
        _note_disagreement(attempt, plan, now)
        return None
    return second_reads.settle(resolution, scored.get(RULING, {}))


def _is_near_the_cut(attempt: Attempt, levels: dict[str, str]) -> bool:
    item = item_of(attempt.submission.version_id)
    levels = {**attempt.carried, **levels}
    return item.scoring.near_the_cut and second_reads.is_near_the_cut(levels, item.rubric, item.passing_rule)


def _note_disagreement(attempt: Attempt, plan: ReadingPlan, now: datetime) -> None:
    plan.disagreed_at = now
    plan.save(update_fields=["disagreed_at"])
    journal.record(system("readings"), ReadingWanted(attempt=attempt.id), now=now)
    pair = queries.readers(attempt)
    if queries.count_disagreements(pair, since=now - A_WEEK) == OFTEN:
        event = PairDisagreesOften(attempt=attempt.id, first=pair[0], second=pair[1])
        journal.record(system("readings"), event, now=now)


def _require_complete(assignment: Assignment) -> None:
    """Every criterion asked for has a level, and each level below passing a comment; raises ScoresMissing."""
    item = item_of(assignment.attempt.submission.version_id)
    scores = {row.criterion: row for row in assignment.scores.all() if row.level}
    levels = {key: row.level for key, row in scores.items()}
    missing = [key for key in queries.asked_criteria(assignment) if key not in levels]
    below = rubric.comments_required(levels, item.rubric, item.passing_rule)
    uncommented = [key for key in below if not scores[key].comment]
    if missing or uncommented:
        raise errors.ScoresMissing(missing=missing, uncommented=uncommented)


def _require_level(assignment: Assignment, criterion: str, level: str) -> None:
    scale = item_of(assignment.attempt.submission.version_id).rubric
    try:
        found = scale.criterion(criterion)
        if level:
            found.rank(level)
    except rubric.UnknownLevel:
        raise errors.UnknownLevel from None
    except rubric.UnknownCriterion:
        raise errors.UnknownCriterion from None
    if criterion not in queries.asked_criteria(assignment):
        raise errors.UnknownCriterion


def _in_hand(actor: Actor, token: str) -> Assignment:
    assignment = lock_assignment(actor, token)
    if assignment.state == AssignmentState.SCORED:
        raise errors.AlreadyScored
    if assignment.state == AssignmentState.CANCELLED:
        raise errors.WorkWithdrawn
    if assignment.state == AssignmentState.REASSIGNED:
        raise errors.WorkReassigned
    if assignment.state != AssignmentState.ACCEPTED:
        raise errors.NotInYourHands
    return assignment
