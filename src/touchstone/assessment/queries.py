"""Reads of assessment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from touchstone.assessment import errors, rules
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import OPEN, RULING, Assignment, Decision, Qualification, ReadingPlan, Score
from touchstone.catalogue.queries import item_of
from touchstone.core import second_reads
from touchstone.core.rubric import Criterion
from touchstone.core.sight import Seen, Side, Viewer, label
from touchstone.kit.actor import Actor
from touchstone.kit.paging import SIZE, Page, page
from touchstone.people import queries as people
from touchstone.people.enums import Role
from touchstone.people.models import Employment, Person
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Artifact, Attempt


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
    rows = Assignment.objects.exclude(state__in=[AssignmentState.DECLINED, AssignmentState.CANCELLED])
    return rules.MINE.get(actor, _with_version(rows), token=token)


def get_work(actor: Actor, token: str) -> Assignment:
    """As get_assignment, but tells work apart that its earner took back; raises NotFound, WorkWithdrawn."""
    rows = Assignment.objects.exclude(state=AssignmentState.DECLINED)
    assignment = rules.MINE.get(actor, _with_version(rows), token=token)
    if assignment.attempt.state == AttemptState.WITHDRAWN or assignment.state == AssignmentState.CANCELLED:
        raise errors.WorkWithdrawn  # the attempt says so first: assignments are cancelled by a job
    return assignment


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
    """Which readings the attempt needs, as far as is known by now: 1, perhaps 2, and 3 where two disagree."""
    reads = [1, 2] if plan.second else [1]
    return [*reads, RULING] if plan.disagreed_at else reads


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
    item, asked = item_of(assignment.attempt.submission.version_id), asked_criteria(assignment)
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
    item = item_of(attempt.submission.version_id)
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


def eligible_assessors(attempt: Attempt, *, on: date) -> list[UUID]:
    """Who may score an attempt, the one with the least in hand and the longest wait first.

    Qualified and a member of the issuer's pool; identity and employers confirmed; not the earner; no tie of any kind;
    no school or district in common, now or when it was submitted; never asked for this submission before. An earner
    without an employer gets assessors from outside her state (house, section 5).
    """
    submission = attempt.submission
    earner = submission.earner_id
    pool = _pool(attempt, on)
    excluded = {earner, *people.tied_to(earner, on=on)}
    excluded |= set(Assignment.objects.filter(attempt__submission=submission).values_list("assessor_id", flat=True))
    circles = people.employer_circles([earner, *pool], on=on)
    around_earner = circles[earner] | _circle_at_submitting(attempt)
    state = Person.objects.filter(pseudonym_id=earner).values_list("state", flat=True).first() or ""
    at_home = set() if around_earner else _living_in(state, pool)
    fit = [one for one in pool if one not in excluded | at_home and not circles[one] & around_earner]
    return _least_loaded_first(fit)


def _pool(attempt: Attempt, on: date) -> list[UUID]:
    micro_credential = attempt.submission.version.micro_credential
    open_now = Q(from_date__lte=on) & (Q(to_date=None) | Q(to_date__gte=on))
    qualified = Qualification.objects.filter(open_now, micro_credential=micro_credential).values("assessor_id")
    members = people.members_with_role(micro_credential.issuer_id, Role.ASSESSOR, on=on).values("person_id")
    unconfirmed = Employment.objects.filter(open_now, confirmed_at=None).values("person_id")
    rows = Person.objects.filter(pseudonym_id__in=qualified, identity_confirmed_at__isnull=False)
    rows = rows.filter(pseudonym_id__in=members, account__is_active=True).exclude(pseudonym_id__in=unconfirmed)
    return list(rows.values_list("pseudonym_id", flat=True))


def _circle_at_submitting(attempt: Attempt) -> set[UUID]:
    circle: set[UUID] = set()
    for employer in attempt.employers.select_related("parent"):
        circle.add(employer.id)
        if employer.parent and employer.parent.kind == "district":
            circle.add(employer.parent.id)
    return circle


def _living_in(state: str, pool: list[UUID]) -> set[UUID]:
    """Assessors of a state, and all whose state is unknown; with no state given nobody can be ruled out by it."""
    if not state:
        return set()
    rows = Person.objects.filter(pseudonym_id__in=pool, state__in=[state, ""])
    return set(rows.values_list("pseudonym_id", flat=True))


def _least_loaded_first(assessors: list[UUID]) -> list[UUID]:
    rows = (
        Assignment.objects.filter(assessor_id__in=assessors)
        .values("assessor_id")
        .annotate(load=Count("id", filter=Q(state__in=OPEN[:2])), last=Max("offered_at"))
    )
    known = {row["assessor_id"]: (row["load"], row["last"].timestamp()) for row in rows}
    return sorted(assessors, key=lambda one: (*known.get(one, (0, 0.0)), one))


def _with_version(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    return rows.select_related("attempt__submission__version__micro_credential__issuer")


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("attempt__submission__version__micro_credential__issuer")
