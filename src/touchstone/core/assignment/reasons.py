"""The reasons of a plan as keys and numbers; words.py makes sentences of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from touchstone.core.assignment.eligibility import OPEN, Field
from touchstone.core.assignment.model import LOCAL, Bar


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a key of words.REASONS and the numbers that its sentence says."""

    key: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A work that lacks readers, and why, in counts that name nobody.

    Of everybody `qualified` for the item, `given` read it under this plan, `bars` are barred (one reason each) and
    `taken` could read it but have their hands full with other work of this plan. These add up.
    """

    work: str
    short: int
    qualified: int
    given: int
    bars: Mapping[Bar, int]
    taken: int


def why(field: Field, work: int, assessor: int, *, choices: int, held: int, parts: int = 1) -> tuple[Reason, ...]:
    """Why this assessor: what was to choose from, her load, her experience, and every rule that was set aside."""
    one, who = field.works[work], field.assessors[assessor]
    reasons = [Reason("choice" if choices > 1 else "only_choice", {"open": choices})]
    reasons.append(Reason("load", {"held": held, "capacity": who.capacity}))
    if one.tier:
        key = "experienced" if who.tier >= one.tier else "less_experienced"
        reasons.append(Reason(key, {"tier": who.tier, "asked": one.tier}))
    if one.due_in_days < 0:
        reasons.append(Reason("overdue", {"days": -one.due_in_days}))
    if who.allied:
        reasons.append(Reason("allied", {}))
    allowances = field.allowances(work, assessor)
    if allowances & LOCAL:
        reasons.append(Reason("local", {}))
    if Bar.EARLIER in allowances:
        reasons.append(Reason("earlier", {}))
    if parts > 1:
        reasons.append(Reason("lot", {"parts": parts}))
    return tuple(reasons)


def refusal(field: Field, work: int, *, given: int) -> Refusal:
    """Why a work lacks readers, `given` having been found."""
    counts = field.counts(work)
    qualified = len(field.assessors) - counts.pop(Bar.UNQUALIFIED, 0)
    return Refusal(
        work=field.works[work].key,
        short=field.works[work].reads - given,
        qualified=qualified,
        given=given,
        bars=counts,
        taken=int(np.count_nonzero(field.codes(work) == OPEN)) - given,
    )
