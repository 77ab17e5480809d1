"""From an address or a code that somebody gave to the person behind it; nothing of her is read here."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from touchstone.assessment.models import Assignment, Decision, ReadingPlan
from touchstone.people import glass

_CODE = re.compile(r"([0-9a-hjkmnp-tv-z]{4})-?([0-9a-hjkmnp-tv-z]{4})")


class Whose(TextChoices):
    """Which person of a piece of work a code is to lead to."""

    EARNER = "earner", _("Its earner")
    ASSESSOR = "assessor", _("Its assessor")


def find_subject(text: str, whose: str) -> UUID | None:
    """The pseudonym behind an address or the code of an assignment, a decision or a reading plan; None for none."""
    if "@" in text:
        return glass.find_by_address(text)
    code = _CODE.fullmatch(text.strip().lower())
    if code is None:
        return None
    begins = "".join(code.groups())
    return _assessor(begins) if whose == Whose.ASSESSOR else _earner(begins)


def _assessor(begins: str) -> UUID | None:
    """Only an assignment's code names one assessor."""
    return _only(Assignment.objects.filter(token__startswith=begins).values_list("assessor_id", flat=True)[:2])


def _earner(begins: str) -> UUID | None:
    found: set[UUID] = set()
    for model in (Assignment, Decision, ReadingPlan):
        rows = model.objects.filter(token__startswith=begins)
        found.update(rows.values_list("attempt__submission__earner_id", flat=True)[:2])
    return _only(found)


def _only(found: Iterable[UUID]) -> UUID | None:
    rows = list(found)
    return rows[0] if len(rows) == 1 else None
