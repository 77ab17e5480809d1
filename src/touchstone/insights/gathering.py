"""Gathers the scores of a version as a study (core.studies), with codes for people and works."""

import base64
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.crypto import salted_hmac

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import (
    AT_ONCE,
    RULING,
    Assignment,
    Availability,
    Decision,
    Qualification,
    ReadingPlan,
    Score,
)
from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core.studies.promise import WorkRow
from touchstone.core.studies.study import ScoreRow, Study, StudyCriterion
from touchstone.portfolio.enums import AttemptState

REPLICATIONS = 60  # bootstrap fits behind infit and outfit


@dataclass(frozen=True)
class Gathered:
    """A study and who its codes stand for: assessors' pseudonyms and attempts."""

    study: Study
    assessors: dict[str, UUID]
    works: dict[str, UUID]


def assessor_code(version: UUID, assessor: UUID) -> str:
    """How an assessor is named in the figures of one version; nobody without the secret can link it to another."""
    return _code("assessor", version, assessor, 6)


def work_code(version: UUID, attempt: UUID) -> str:
    return _code("work", version, attempt, 10)


def gather(version: Version, *, now: datetime) -> Gathered:
    """Everything measured about a version: the same few queries, whatever its size."""
    item = item_of(version)
    needed = {need.criterion: need.at_least for need in item.passing_rule.all_of}
    criteria = tuple(
        StudyCriterion(row.key, row.title, tuple(level.key for level in row.levels), needed.get(row.key))
        for row in item.rubric.criteria
    )
    plans = list(_plans(version))
    scores = list(_scores(version))
    study = Study(
        title=version.title,
        version=str(version.number),
        as_of=now.astimezone(UTC).date(),
        criteria=criteria,
        scores=tuple(scores_of(version.id, scores)),
        works=tuple(_work(version.id, plan) for plan in plans),
        offered=_offered(version, now.date()),
        waiting=sum(_waiting(plan) for plan in plans),
        replications=REPLICATIONS,
    )
    assessors = {assessor_code(version.id, row.assignment.assessor_id): row.assignment.assessor_id for row in scores}
    return Gathered(study, assessors, {work_code(version.id, plan.attempt_id): plan.attempt_id for plan in plans})


def scores_of(version: UUID, rows: Iterable[Score]) -> Iterable[ScoreRow]:
    """The levels that were given; what an attempt carried over from an earlier one was not scored again."""
    for row in rows:
        reading = row.assignment
        if row.criterion in reading.attempt.carried:
            continue
        assert reading.scored_at
        yield ScoreRow(
            work=work_code(version, reading.attempt_id),
            assessor=assessor_code(version, reading.assessor_id),
            criterion=row.criterion,
            level=row.level,
            read=reading.read,
            on=reading.scored_at.astimezone(UTC).date(),
        )


def _scores(version: Version) -> Iterable[Score]:
    rows = Score.objects.filter(
        assignment__attempt__submission__version=version, assignment__state=AssignmentState.SCORED
    ).exclude(level="")
    rows = rows.select_related("assignment__attempt").defer("comment")
    return rows.order_by("assignment__scored_at", "assignment_id", "id")


def _plans(version: Version) -> Iterable[ReadingPlan]:
    """Plans of the work given out, with how often each was read; work taken back unread does not count."""
    sent = Q(state=AssignmentState.SCORED)
    readings = (
        Assignment.objects.filter(sent, attempt=OuterRef("attempt"))
        .exclude(read=RULING)
        .order_by()
        .values("attempt")
        .annotate(count=Count("id"))
        .values("count")
    )
    ruled = Assignment.objects.filter(sent, attempt=OuterRef("attempt"), read=RULING)
    rows = ReadingPlan.objects.filter(attempt__submission__version=version).select_related("attempt")
    rows = rows.annotate(
        readings=readings[:1],
        ruled=Exists(ruled),
        decided=Exists(Decision.objects.filter(attempt=OuterRef("attempt"))),
    )
    return rows.exclude(attempt__state=AttemptState.WITHDRAWN, readings=None).order_by("drawn_at", "attempt_id")


def _work(version: UUID, plan: ReadingPlan) -> WorkRow:
    given = plan.attempt.submitted_at or plan.drawn_at
    return WorkRow(
        work=work_code(version, plan.attempt_id),
        handed_in=given.astimezone(UTC).date(),
        share=Fraction(plan.share),
        second=plan.second,
        readings=plan.readings or 0,  # type: ignore[attr-defined]
        disagreed=plan.disagreed_at is not None,
        waived=plan.waived_at is not None,
        decided=plan.decided,  # type: ignore[attr-defined]
    )


def _waiting(plan: ReadingPlan) -> int:
    """Readings that are due and not sent."""
    if plan.attempt.state != AttemptState.SUBMITTED or plan.decided:  # type: ignore[attr-defined]
        return 0
    due = 1 + (bool(plan.second) and plan.waived_at is None)
    ruling = plan.disagreed_at is not None and not plan.ruled  # type: ignore[attr-defined]
    return max(0, due - (plan.readings or 0)) + ruling  # type: ignore[attr-defined]


def _offered(version: Version, on: date) -> dict[str, float]:
    """Readings a week each qualified assessor takes, shared evenly between the items she is qualified for."""
    in_force = Q(from_date__lte=on) & (Q(to_date=None) | Q(to_date__gte=on))
    mine = Qualification.objects.filter(in_force, micro_credential=version.micro_credential_id).values("assessor_id")
    pairs = Qualification.objects.filter(in_force, assessor_id__in=mine).values_list("assessor_id", flat=True)
    items = Counter(pairs)
    told = {row.assessor_id: row for row in Availability.objects.filter(assessor_id__in=items)}
    return {
        assessor_code(version.id, one): (_a_week(told.get(one))) / count
        for one, count in sorted(items.items(), key=lambda pair: assessor_code(version.id, pair[0]))
    }


def _a_week(told: Availability | None) -> int:
    """What she said she takes a week; without a word, what she holds at once."""
    if told is None:
        return AT_ONCE
    return told.at_once if told.weekly is None else told.weekly


def _code(kind: str, version: UUID, one: UUID, length: int) -> str:
    digest = salted_hmac(f"touchstone.insights.{kind}", f"{version}:{one}", algorithm="sha256").digest()
    return base64.b32encode(digest).decode()[:length]
