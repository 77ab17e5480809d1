"""Writes a season of scored work in bulk: the rows and journal entries that the actions would have written one by one.

Only for the demonstration. The earners are pseudonyms without a person, as erasure leaves them; with them went their
evidence, their answers and their awards. What is left is what measuring needs: who gave which level, and when.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from touchstone.assessment.enums import AssignmentState, SecondReading
from touchstone.assessment.models import RULING, Assignment, Decision, ReadingPlan, Score
from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core import rubric, second_reads
from touchstone.core.content import Item
from touchstone.demo.history import Reading, Work, invent
from touchstone.kit.models import JournalEntry
from touchstone.people.models import Pseudonym
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Attempt, Attestation, Submission

COMMENT = "Compare this part with the descriptor of the next level, and name one student who shows the difference."


@dataclass
class _Rows:
    """Rows by table, in the order in which they must be written."""

    pseudonyms: list[Model] = field(default_factory=list)
    submissions: list[Model] = field(default_factory=list)
    attempts: list[Model] = field(default_factory=list)
    rest: list[Model] = field(default_factory=list)
    journal: list[Model] = field(default_factory=list)

    def note(self, verb: str, at: datetime, person: UUID | None = None, job: str = "", **facts: UUID | str) -> None:
        payload = {key: str(value) for key, value in facts.items()}
        about = [value for value in facts.values() if isinstance(value, UUID)]
        self.journal.append(JournalEntry(at=at, verb=verb, person=person, job=job, about=about, payload=payload))


@transaction.atomic
def load_season(*, version: Version, assessors: Mapping[str, UUID], now: datetime) -> int:
    """Load the season of scored work; says how many works. ``assessors``: key -> pseudonym."""
    rows, works = _Rows(), list(invent(item_of(version), now))
    for work in works:
        _add(rows, version, work, assessors)
    _write(rows.pseudonyms)
    _write(rows.submissions)
    _write(rows.attempts)
    for submission, attempt in zip(rows.submissions, rows.attempts, strict=True):
        submission.current = attempt  # type: ignore[attr-defined]
    Submission.objects.bulk_update(rows.submissions, ["current"])  # type: ignore[arg-type]
    for kind in (Attestation, ReadingPlan, Assignment, Score, Decision):
        _write([row for row in rows.rest if isinstance(row, kind)])
    _write(rows.journal)
    return len(works)


def _write(rows: list[Model]) -> None:
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)


def _add(rows: _Rows, version: Version, work: Work, assessors: Mapping[str, UUID]) -> None:
    item, earner = item_of(version), Pseudonym()
    submission = Submission(earner=earner, version=version, started_at=work.begun_at)
    attempt = Attempt(submission=submission, number=1, started_at=work.begun_at, submitted_at=work.submitted_at)
    attempt.due_date = work.submitted_at.date() + timedelta(days=item.turnaround * 7 // 5 + 1)
    rows.pseudonyms.append(earner)
    rows.submissions.append(submission)
    rows.attempts.append(attempt)
    rows.rest += [Attestation(attempt=attempt, kind=kind, made_at=work.submitted_at) for kind in AttestationKind]
    rows.note("submission.started", work.begun_at, earner.id, submission=submission.id, version=version.id)
    rows.note("attempt.submitted", work.submitted_at, earner.id, attempt=attempt.id)
    plan = ReadingPlan(
        attempt=attempt, share=item.scoring.second_reads, second=SecondReading.LOT, drawn_at=work.submitted_at
    )
    rows.rest.append(plan)
    _decide(rows, attempt, plan, _read(rows, item, attempt, plan, work, assessors), work)


def _read(
    rows: _Rows, item: Item, attempt: Attempt, plan: ReadingPlan, work: Work, assessors: Mapping[str, UUID]
) -> dict[str, str]:
    """Both readings, the ruling where they disagree, and the levels that stand."""
    for read, reading in enumerate(work.readings, start=1):
        rows.rest += _readings(rows, item, attempt, read, reading, assessors, list(reading.levels))
    one, other = work.readings
    found = second_reads.resolve(one.levels, other.levels, item.rubric, item.passing_rule)
    if not found.disputed:
        return second_reads.settle(found)
    plan.disagreed_at = max(one.scored_at, other.scored_at)
    rows.note("attempt.reading_wanted", plan.disagreed_at, job="readings", attempt=attempt.id)
    rows.rest += _readings(rows, item, attempt, RULING, work.third, assessors, list(found.disputed))
    return second_reads.settle(found, work.third.levels)


def _readings(
    rows: _Rows,
    item: Item,
    attempt: Attempt,
    read: int,
    reading: Reading,
    assessors: Mapping[str, UUID],
    criteria: list[str],
) -> Iterator[Model]:
    """One assignment with its scores; levels below passing carry a comment, as they must."""
    assignment = Assignment(
        attempt=attempt,
        assessor_id=assessors[reading.assessor],
        read=read,
        criteria=criteria if read == RULING else [],
        state=AssignmentState.SCORED,
        offered_at=reading.accepted_at - timedelta(hours=3),
        answered_at=reading.accepted_at,
        scored_at=reading.scored_at,
    )
    rows.note("assignment.offered", assignment.offered_at, job="offer", assignment=assignment.id)
    rows.note("assignment.accepted", reading.accepted_at, assignment.assessor_id, assignment=assignment.id)
    rows.note("assignment.scored", reading.scored_at, assignment.assessor_id, assignment=assignment.id)
    yield assignment
    levels = {key: reading.levels[key] for key in criteria}
    below = rubric.comments_required(levels, item.rubric, item.passing_rule)
    for key, level in levels.items():
        yield Score(
            assignment=assignment,
            criterion=key,
            level=level,
            comment=COMMENT if key in below else "",
            revision=1,
            saved_at=reading.scored_at,
        )


def _decide(rows: _Rows, attempt: Attempt, plan: ReadingPlan, levels: dict[str, str], work: Work) -> None:
    item = item_of(attempt.submission.version)
    outcome = rubric.decide(levels, item.rubric, item.passing_rule, {})
    last = work.third.scored_at if plan.disagreed_at else max(row.scored_at for row in work.readings)
    reasons = [asdict(reason) for reason in outcome.reasons]
    decision = Decision(attempt=attempt, outcome=outcome.result, reasons=reasons, decided_at=last, released_at=last)
    attempt.met = {reason["criterion"]: reason["level"] for reason in reasons if reason["met"]}
    attempt.state = AttemptState.EARNED if outcome.result == "earned" else AttemptState.NOT_YET
    attempt.closed_at = last
    rows.rest.append(decision)
    rows.note("decision.made", last, job="decide", decision=decision.id, attempt=attempt.id)
    released = {"decision": decision.id, "attempt": attempt.id}
    rows.note("decision.released", last, None, "release", outcome=outcome.result, **released)
