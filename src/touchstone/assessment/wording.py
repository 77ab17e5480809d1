"""Comments tell the earner what to do, never who wrote them: what would is replaced when scores are sent."""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.assessment.models import Assignment, Score
from touchstone.core.privacy import KnownIdentities, find_identities, redact
from touchstone.people.known import known_identities
from touchstone.portfolio.identities import is_replaced


@dataclass(frozen=True)
class Reworded:
    """A comment that would tell who wrote it, or name somebody else: ``pairs`` of what stands there and what will."""

    score: Score
    text: str
    pairs: tuple[tuple[str, str], ...]


def reworded(assignment: Assignment) -> list[Reworded]:
    """The comments of an assignment that do not go out as they are written, and how each will read."""
    known = known_identities(assignment.assessor_id)
    language = assignment.attempt.submission.version.language
    return list(_changed(assignment.scores.exclude(comment=""), known, language))


def _changed(scores: Iterable[Score], known: KnownIdentities, language: str) -> Iterable[Reworded]:
    for score in scores:
        findings = [row for row in find_identities(score.comment, known, language=language) if is_replaced(row)]
        if findings:
            told = redact(score.comment, findings, language=language)
            pairs = [
                (str(row.finding.matched), told.text[row.after.start : row.after.end]) for row in told.replacements
            ]
            yield Reworded(score, told.text, tuple(dict.fromkeys(pairs)))
