"""Every write of assessment."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from touchstone.assessment import errors, queries, rules
from touchstone.assessment.enums import AssignmentState, Outcome, SecondReading
from touchstone.assessment.events import (
    DecisionReleased,
    NobodyEligible,
    OfferDeclined,
    PairDisagreesOften,
    ReadingWanted,
    WorkOffered,
)
from touchstone.assessment.models import OPEN, RULING, Assignment, Decision, Qualification, ReadingPlan, Score
from touchstone.catalogue.models import MicroCredential
from touchstone.catalogue.queries import item_of
from touchstone.core import rubric, second_reads
from touchstone.kit import journal
from touchstone.kit.actor import Actor, system
from touchstone.people.models import Pseudonym
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

COMMENT_CAP = 10_000  # characters
A_WEEK, OFTEN = timedelta(days=7), 3  # the same two assessors in need of a ruling: their leader hears of it


@transaction.atomic
def qualify_assessor(
    *, actor: Actor, assessor: Pseudonym, micro_credential: MicroCredential, from_date: date, now: datetime
) -> Qualification:
    """Let an assessor score an item live from a day on. Repeating it changes nothing."""
    qualification, created = Qualification.objects.get_or_create(
        assessor=assessor, micro_credential=micro_credential, to_date=None, defaults={"from_date": from_date}
    )
    if created:
        journal.record(actor, "assessor.qualified", now=now, assessor=assessor.id, micro_credential=micro_credential.id)
    return qualification


@transaction.atomic
def offer_attempt(*, actor: Actor, attempt_id: UUID, now: datetime) -> list[Assignment]:
    """Offer every reading of submitted work that nobody has in hand to the eligible assessor with the least to do.

    Gives the assignments on their way: one, two while two read independently, one more when a third must rule. What
    is on offer, in hand or no longer waiting stays as it is, so this may run twice; where nobody is eligible the
    scoring leaders hear of it.
    """
    attempt = _lock_attempt(attempt_id)
    if attempt.state != AttemptState.SUBMITTED:
        return []
    plan = _plan_readings(attempt, now)
    open_rows = {row.read: row for row in Assignment.objects.filter(attempt=attempt, state__in=OPEN)}
    for read in queries.readings_due(plan):
        if read in open_rows:
            continue
        eligible = queries.eligible_assessors(attempt, on=now.date())
        if not eligible:
            journal.record(actor, NobodyEligible(attempt=attempt.id), now=now)
            break
        criteria = list(queries.disputed_criteria(attempt)) if read == RULING else []
        row = Assignment.objects.create(
            attempt=attempt, assessor_id=eligible[0], read=read, criteria=criteria, offered_at=now
        )
        open_rows[read] = row
        journal.record(actor, WorkOffered(assignment=row.id), now=now)
    return [open_rows[read] for read in sorted(open_rows)]


def _plan_readings(attempt: Attempt, now: datetime) -> ReadingPlan:
    """The attempt's plan; made once, by a lot nobody can foresee and nobody can draw again (core.second_reads)."""
    scoring = item_of(attempt.submission.version_id).scoring
    key = salted_hmac("touchstone.assessment.second-reads", "", algorithm="sha256").digest()
    second = SecondReading.LOT if second_reads.is_drawn(key, str(attempt.id), scoring.second_reads) else ""
    facts = {"share": scoring.second_reads, "second": second, "drawn_at": now}
    plan, _created = ReadingPlan.objects.get_or_create(attempt=attempt, defaults=facts)
    return plan


@transaction.atomic
def accept_assignment(*, actor: Actor, token: str, now: datetime) -> Assignment:
    """Take offered work in hand; taking it twice changes nothing. Raises NotFound, NotOffered."""
    assignment = _lock_assignment(actor, token)
    if assignment.state == AssignmentState.ACCEPTED:
        return assignment
    if assignment.state != AssignmentState.OFFERED:
        raise errors.NotOffered
    assignment.state, assignment.answered_at = AssignmentState.ACCEPTED, now
    assignment.save(update_fields=["state", "answered_at"])
    journal.record(actor, "assignment.accepted", now=now, assignment=assignment.id)
    return assignment


@transaction.atomic
def decline_assignment(*, actor: Actor, token: str, now: datetime) -> None:
    """Hand offered or accepted work back; somebody else is asked. Raises NotFound, NotOffered."""
    assignment = _lock_assignment(actor, token)
    if assignment.state not in {AssignmentState.OFFERED, AssignmentState.ACCEPTED}:
        raise errors.NotOffered
    assignment.state, assignment.answered_at = AssignmentState.DECLINED, now
    assignment.save(update_fields=["state", "answered_at"])
    journal.record(actor, OfferDeclined(assignment=assignment.id, attempt=assignment.attempt_id), now=now)


@transaction.atomic
def cancel_assignments(*, actor: Actor, attempt_id: UUID, now: datetime) -> None:
    """Take withdrawn work out of everybody's hands; what was written there is kept."""
    rows = Assignment.objects.select_for_update().filter(attempt_id=attempt_id, state__in=OPEN)
    for assignment in rows:
        assignment.state, assignment.answered_at = AssignmentState.CANCELLED, now
        assignment.save(update_fields=["state", "answered_at"])
        journal.record(actor, "assignment.cancelled", now=now, assignment=assignment.id)


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
    attempt = _lock_attempt(assignment.attempt_id)
    if attempt.state != AttemptState.SUBMITTED:
        raise errors.WorkWithdrawn
    _require_complete(assignment)
    assignment.state, assignment.scored_at = AssignmentState.SCORED, now
    assignment.save(update_fields=["state", "scored_at"])
    journal.record(actor, "assignment.scored", now=now, assignment=assignment.id)
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
    attempt = _lock_attempt(decision.attempt_id)
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
    item, plan, scored = item_of(attempt.submission.version_id), _plan_readings(attempt, now), queries.scored(attempt)
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
    assignment = _lock_assignment(actor, token)
    if assignment.state == AssignmentState.SCORED:
        raise errors.AlreadyScored
    if assignment.state == AssignmentState.CANCELLED:
        raise errors.WorkWithdrawn
    if assignment.state != AssignmentState.ACCEPTED:
        raise errors.NotInYourHands
    return assignment


def _lock_assignment(actor: Actor, token: str) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "attempt__submission__version__micro_credential"
    )
    return rules.MINE.get(actor, rows, token=token)


def _lock_attempt(attempt_id: UUID) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",)).select_related(
        "submission__version__micro_credential__issuer"
    )
    return rows.get(id=attempt_id)
