"""How long records are kept after the person they are about was erased: rules as data, each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Record(StrEnum):
    """What may have to be kept."""

    ACTIVITY = "activity"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Rule:
    """A record of a kind is kept for so many years in a jurisdiction (a state's two letters; empty: everywhere).

    ``effective_from`` is the first day on which the rule counts as known to us.
    """

    kind: Record
    years: int
    jurisdiction: str
    source: str
    effective_from: date


RULES = (
    Rule(Record.ACTIVITY, 7, "TX", "19 Texas Administrative Code 232.21(c)", date(2020, 1, 1)),
    Rule(Record.ACTIVITY, 7, "", "Touchstone's own rule: assessment records are kept seven years", date(2026, 1, 1)),
    Rule(
        Record.CONSENT, 1, "", "Touchstone's own rule: a guardian's consent is kept one year longer", date(2026, 1, 1)
    ),
)


class NoRule(LookupError):
    """Nothing says how long such a record is kept."""


def rule_for(kind: Record, jurisdiction: str, *, on: date, rules: Iterable[Rule] = RULES) -> Rule:
    """The rule in force on a day: a jurisdiction's own before the one for everywhere, the newest of several.

    Raises NoRule.
    """
    known = [rule for rule in rules if rule.kind == kind and rule.jurisdiction in {jurisdiction, ""}]
    found = [rule for rule in known if rule.effective_from <= on]
    if not found:
        raise NoRule(f"no rule says how long a record of the kind “{kind}” is kept")
    return max(found, key=lambda rule: (rule.jurisdiction != "", rule.effective_from))


def kept_until(rule: Rule, done_on: date) -> date:
    """The first day on which a record of something done on a day need not be kept any more."""
    year = done_on.year + rule.years
    leap = done_on.month == 2 and done_on.day == 29
    return date(year, 3, 1) if leap and not _is_leap(year) else done_on.replace(year=year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
