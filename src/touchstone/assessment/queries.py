"""Reads of assessment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from touchstone.assessment import errors, rules
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import OPEN, RULING, Assignment, Decision, ReadingPlan, Score
from touchstone.catalogue.queries import item_of, item_shown
from touchstone.core import deadlines, second_reads
from touchstone.core.rubric import Criterion
from touchstone.core.sight import Seen, Side, Viewer, label
from touchstone.kit.actor import Actor
from touchstone.kit.paging import SIZE, Page, page
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Artifact, Attempt

OFFER_STANDS = 3  # business days


@dataclass(frozen=True)
class ScoringRow:
    """One criterion on the scoring page with what stands there now."""

    criterion: Criterion
    needed: str
    level: str
    comment: str
    revision: int
    kept: bool


@dataclass(frozen=True)
class Feedback:
    """What the earner reads of one criterion: the level reached, what was needed, and the comments.

    ``comments`` pairs what the reader may see of the assessor (core.sight) with her words.
    """

    criterion: Criterion
    level: str
    needed: str
    met: bool
    carried: bool
    comments: tuple[tuple[Seen, str], ...]


def get_assignment(actor: Actor, token: str) -> Assignment:
    """Work in the actor's hands or offered to her, with its version; raises NotFound."""
    rows = Assignment.objects.filter(state__in=OPEN)
    return rules.MINE.get(actor, _with_version(rows), token=token)


def get_work(actor: Actor, token: str) -> Assignment:
    """As get_assignment, but tells apart what its earner took back and what went to somebody else.

    Raises NotFound, WorkWithdrawn, WorkReassigned.
    """
    rows = Assignment.objects.exclude(state=AssignmentState.DECLINED)
    assignment = rules.MINE.get(actor, _with_version(rows), token=token)
    if assignment.attempt.state == AttemptState.WITHDRAWN or assignment.state == AssignmentState.CANCELLED:
        raise errors.WorkWithdrawn  # the attempt says so first: assignments are cancelled by a job
    if assignment.state == AssignmentState.REASSIGNED:
        raise errors.WorkReassigned
    return assignment


def answer_by(assignment: Assignment) -> date:
    """The last day on which an offer may be answered, by the issuer's calendar."""
    issuer = assignment.attempt.submission.version.micro_credential.issuer
    offered = deadlines.local_date(assignment.offered_at, issuer.time_zone)
    return deadlines.due_date(offered, OFFER_STANDS, deadlines.holidays_from(offered))


def offer_is_over(assignment: Assignment, now: datetime) -> bool:
    issuer = assignment.attempt.submission.version.micro_credential.issuer
    return deadlines.local_date(now, issuer.time_zone) > answer_by(assignment)


def list_late_or_due(now: datetime) -> list[Assignment]:
    """Accepted work that is due within two days, or overdue, with whose pool it is; the most overdue first."""
    rows = Assignment.objects.filter(
        state=AssignmentState.ACCEPTED,
        attempt__state=AttemptState.SUBMITTED,
        attempt__due_date__lte=now.date() + timedelta(days=2),
    )
    return list(_with_version(rows).order_by("attempt__due_date", "id"))


def list_assignments(actor: Actor, states: list[AssignmentState], *, after: str = "") -> Page[Assignment]:
    """The actor's assignments in these states, oldest offer first."""
    rows = rules.MINE.narrow(actor, _with_version(Assignment.objects.filter(state__in=states)))
    return page(rows, order=("offered_at", "id"), after=after)


def list_in_hand(actor: Actor) -> list[Assignment]:
    """What the actor accepted and still has to score, the first due first: the 50 most pressing."""
    rows = rules.MINE.narrow(actor, _with_version(Assignment.objects.filter(state=AssignmentState.ACCEPTED)))
    return list(rows.order_by("attempt__due_date", "id")[:SIZE])


def list_scored(actor: Actor, *, after: str = "") -> Page[Assignment]:
    """What the actor has scored, newest first."""
    rows = rules.MINE.narrow(actor, _with_version(Assignment.objects.filter(state=AssignmentState.SCORED)))
    return page(rows, order=("-scored_at", "-id"), after=after)


def count_pieces(assignments: Iterable[Assignment]) -> dict[UUID, int]:
    """How many pieces of evidence each assignment holds, by the assignment's id; one query."""
    attempts = {row.attempt_id: row.id for row in assignments}
    rows = Attempt.objects.filter(id__in=attempts).annotate(pieces=Count("artifacts"))
    return {attempts[row.id]: row.pieces for row in rows}


def asked_criteria(assignment: Assignment) -> list[str]:
    """What this reading must score, in the rubric's order: not what was met before, for a ruling only the disputed."""
    criteria = item_of(assignment.attempt.submission.version_id).rubric.criteria
    open_keys = [row.key for row in criteria if row.key not in assignment.attempt.carried]
    return [key for key in open_keys if not assignment.criteria or key in assignment.criteria]


def readings_due(plan: ReadingPlan) -> list[int]:
    """Which readings the attempt needs, as far as is known by now: 1, perhaps 2, and 3 where two disagree.

    None once a scoring leader let one reading stand.
    """
    if plan.waived_at:
        return []
    reads = [1, 2] if plan.second else [1]
    return [*reads, RULING] if plan.disagreed_at else reads


def readings_missing(plan: ReadingPlan) -> tuple[int, ...]:
    """The readings an attempt needs that nobody has on offer, in hand or scored."""
    return missing_of([plan])[plan.attempt_id]


def missing_of(plans: Sequence[ReadingPlan]) -> dict[UUID, tuple[int, ...]]:
    """``readings_missing`` of many attempts; one query."""
    rows = Assignment.objects.filter(attempt_id__in=[plan.attempt_id for plan in plans], state__in=OPEN)
    taken = set(rows.values_list("attempt_id", "read"))
    return {
        plan.attempt_id: tuple(read for read in readings_due(plan) if (plan.attempt_id, read) not in taken)
        for plan in plans
    }


def may_waive(plan: ReadingPlan) -> bool:
    """Whether one of two readings is in, the other in nobody's hands, and nothing else stands in the way."""
    if not plan.second or plan.waived_at or plan.disagreed_at:
        return False
    rows = Assignment.objects.filter(attempt_id=plan.attempt_id, state__in=OPEN)
    return list(rows.values_list("state", flat=True)) == [AssignmentState.SCORED]


def searching(issuer: UUID) -> QuerySet[ReadingPlan]:
    """Plans of an issuer's submitted work that lack somebody to read it."""
    rows = ReadingPlan.objects.filter(searching_since__isnull=False, attempt__state=AttemptState.SUBMITTED)
    return rows.filter(attempt__submission__version__micro_credential__issuer_id=issuer)


def issuers_searching() -> list[UUID]:
    rows = ReadingPlan.objects.filter(searching_since__isnull=False, attempt__state=AttemptState.SUBMITTED)
    column = "attempt__submission__version__micro_credential__issuer_id"
    return sorted(set(rows.values_list(column, flat=True)))


def searching_among(attempts: Sequence[Attempt]) -> set[UUID]:
    """Attempts for which somebody who may read is still sought: their earners are told so, and nothing more."""
    rows = ReadingPlan.objects.filter(attempt__in=attempts, searching_since__isnull=False)
    return set(rows.values_list("attempt_id", flat=True))


def scored(attempt: Attempt) -> dict[int, dict[str, str]]:
    """Of each reading sent so far, criterion -> level."""
    rows = Score.objects.filter(assignment__attempt=attempt, assignment__state=AssignmentState.SCORED)
    found: dict[int, dict[str, str]] = {}
    for row in rows.exclude(level="").select_related("assignment"):
        if row.criterion in asked_criteria(row.assignment):
            found.setdefault(row.assignment.read, {})[row.criterion] = row.level
    return found


def disputed_criteria(attempt: Attempt) -> tuple[str, ...]:
    """What the two readings of an attempt disagree on, in the rubric's order (core.second_reads)."""
    item, levels = item_of(attempt.submission.version_id), scored(attempt)
    if 1 not in levels or 2 not in levels:
        return ()
    return second_reads.resolve(levels[1], levels[2], item.rubric, item.passing_rule).disputed


def readers(attempt: Attempt) -> tuple[UUID, UUID]:
    """The two who read an attempt independently, in one order whoever was first."""
    rows = Assignment.objects.filter(attempt=attempt, state=AssignmentState.SCORED).exclude(read=RULING)
    one, other = sorted(rows.values_list("assessor_id", flat=True))
    return one, other


def count_disagreements(pair: tuple[UUID, UUID], *, since: datetime) -> int:
    """How often the work of these two readers needed a ruling since a moment."""
    read_by = [
        Assignment.objects.filter(assessor_id=one, state=AssignmentState.SCORED).exclude(read=RULING).values("attempt")
        for one in pair
    ]
    rows = ReadingPlan.objects.filter(disagreed_at__gt=since, attempt__in=read_by[0])
    return rows.filter(attempt__in=read_by[1]).count()


def scoring_rows(assignment: Assignment) -> list[ScoringRow]:
    """One row per criterion this reading scores or an earlier attempt met; the latter carry no level to see."""
    item, asked = item_shown(assignment.attempt.submission.version_id), asked_criteria(assignment)
    scores = {score.criterion: score for score in Score.objects.filter(assignment=assignment)}
    needed = {need.criterion: need.at_least for need in item.passing_rule.all_of}
    return [
        ScoringRow(
            criterion,
            needed.get(criterion.key, ""),
            scores[criterion.key].level if criterion.key in scores else "",
            scores[criterion.key].comment if criterion.key in scores else "",
            scores[criterion.key].revision if criterion.key in scores else 0,
            criterion.key in assignment.attempt.carried,
        )
        for criterion in item.rubric.criteria
        if criterion.key in asked or criterion.key in assignment.attempt.carried
    ]


def blind_artifacts(assignment: Assignment) -> list[Artifact]:
    """The evidence of an assignment in the order of its pages; assessors name a piece by its place, from 1."""
    rows = assignment.attempt.artifacts.all()
    parts = item_of(assignment.attempt.submission.version_id).parts
    order = {slot.key: place for place, slot in enumerate(slot for part in parts for slot in part.artifacts)}
    return sorted(rows, key=lambda row: (order.get(row.slot, len(order)), row.added_at, row.id))


def feedback_on(viewer: Viewer, attempt: Attempt, decision: Decision) -> list[Feedback]:
    """A decision with the comments of the readings that were sent, each under what the viewer sees of its assessor."""
    item = item_shown(attempt.submission.version_id)
    rows = Score.objects.filter(assignment__attempt=attempt, assignment__state=AssignmentState.SCORED)
    scores = list(rows.exclude(comment="").select_related("assignment"))
    found = []
    for reason in decision.reasons:
        said = [row for row in scores if row.criterion == reason["criterion"]]
        by_reading = sorted(said, key=lambda row: row.assignment.read)
        comments = tuple((_assessor(viewer, decision, row.assignment), row.comment) for row in by_reading)
        criterion = item.rubric.criterion(reason["criterion"])
        found.append(Feedback(criterion, reason["level"], reason["needed"], reason["met"], reason["carried"], comments))
    return found


def _assessor(viewer: Viewer, decision: Decision, assignment: Assignment) -> Seen:
    """As the viewer sees her: a number within the attempt, or the decision's code with that number."""
    number = assignment.read
    return label(viewer, Side.ASSESSOR, number=number, code=f"{decision.code}-{number}")


def find_released_decision(attempt: Attempt) -> Decision | None:
    return Decision.objects.filter(attempt=attempt, released_at__isnull=False).first()


def released_decisions(attempts: list[Attempt]) -> dict[UUID, Decision]:
    return {row.attempt_id: row for row in Decision.objects.filter(attempt__in=attempts, released_at__isnull=False)}


def get_decision(actor: Actor, token: str) -> Decision:
    """A decision of the actor's organisation, released or not; raises NotFound."""
    return rules.RELEASE.get(actor, _decisions(), token=token)


def list_decisions_to_release(actor: Actor, *, after: str = "") -> Page[Decision]:
    """Decisions that wait for the actor's organisation, oldest first."""
    rows = _decisions().filter(released_at=None, attempt__state=AttemptState.SUBMITTED)
    rows = rules.RELEASE.narrow(actor, rows)
    return page(rows, order=("decided_at", "id"), after=after)


def _with_version(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related("attempt__submission__version__micro_credential__issuer")


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("attempt__submission__version__micro_credential__issuer")
