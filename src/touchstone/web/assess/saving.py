"""Keeping what an assessor typed, field by field, so that two windows never overwrite each other silently.

A score's level and comment are saved apart, as they are written apart. The revision of a field is a fingerprint of
what stood in it: whoever saves says which one she saw.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from touchstone.assessment import actions, errors, queries
from touchstone.assessment.models import Assignment, Score
from touchstone.assessment.queries import ScoringRow
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.portfolio.actions import clean_text

FIELDS = ("level", "comment")
REFUSED = (errors.UnknownLevel, errors.CommentTooLong, errors.ScoreChangedElsewhere)
_TRIES = 4  # a criterion has two fields, and one page may save both at once


def revision_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def save_criterion(
    *, actor: Actor, assignment: Assignment, criterion: str, typed: Mapping[str, tuple[str, str]], now: datetime
) -> Score:
    """Keep fields of one criterion: ``typed`` maps level and comment to (text, revision seen); others stay.

    Raises what save_score raises; ScoreChangedElsewhere then names the ``field`` and what stands there (``theirs``).
    """
    for _again in range(_TRIES):
        row = next((row for row in queries.scoring_rows(assignment) if row.criterion.key == criterion), None)
        if row is None:
            raise errors.UnknownCriterion
        level, comment = (_merge(field, row, typed) for field in FIELDS)
        try:
            return actions.save_score(
                actor=actor,
                token=assignment.token,
                criterion=criterion,
                level=level,
                comment=comment,
                revision=row.revision,
                now=now,
            )
        except errors.ScoreChangedElsewhere as changed:
            busy = changed  # its other field was saved between our reading and our writing: read again
    raise busy


def save_form(*, actor: Actor, assignment: Assignment, data: Mapping[str, str], now: datetime) -> dict[str, Refusal]:
    """Keep every criterion of a whole form that can be kept; what could not, by its key."""
    refused: dict[str, Refusal] = {}
    for row in queries.scoring_rows(assignment):
        key, typed = row.criterion.key, _typed(data, row.criterion.key)
        if row.kept or not typed:
            continue
        try:
            save_criterion(actor=actor, assignment=assignment, criterion=key, typed=typed, now=now)
        except REFUSED as refusal:
            refused[key] = refusal
    return refused


def _typed(data: Mapping[str, str], criterion: str) -> dict[str, tuple[str, str]]:
    """The fields of a criterion that were changed in this form, with the revision it was made from."""
    pairs = {field: f"{field}-{criterion}" for field in FIELDS}
    found = {field: (data[name], data.get(f"revision-{name}", "")) for field, name in pairs.items() if name in data}
    return {field: (text, seen) for field, (text, seen) in found.items() if revision_of(_cleaned(text)) != seen}


def _merge(field: str, row: ScoringRow, typed: Mapping[str, tuple[str, str]]) -> str:
    stands = row.level if field == "level" else row.comment
    if field not in typed:
        return stands
    text, seen = _cleaned(typed[field][0]), typed[field][1]
    if text != stands and revision_of(stands) != seen:
        raise errors.ScoreChangedElsewhere(field=field, theirs=stands)
    return text


def _cleaned(text: str) -> str:
    return clean_text(text).strip()
