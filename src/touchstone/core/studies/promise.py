"""Was the promise of second readings kept?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from touchstone.core.reliability.agreement import proportion
from touchstone.core.reliability.figure import Figure

LOT = "lot"


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One piece of work that was given out: the share promised then (0 to 1), why it gets a second reading (``lot``,
    ``near_cut``, ``advice`` or empty), independent readings sent so far, whether a ruling was needed, whether a second
    reading was waived, and whether a decision was made. All comparisons are exact.
    """

    work: str
    handed_in: date
    share: Fraction
    second: str
    readings: int
    disagreed: bool
    waived: bool
    decided: bool


@dataclass(frozen=True)
class Promise:
    """`promised` works were to be read twice, as the shares in force when they were given out add up; `drawn` is how
    many the lot chose, `drawn_share` what it would choose again and again (with its interval).

    `owed` decided works were due a second reading for any reason, `kept` of them had it, `waived` were let go by a
    scoring leader, and `broken` had neither: there must be none.
    """

    works: int
    promised: float
    drawn: Figure
    near_cut: int
    advice: int
    read_twice: Figure
    owed: int
    kept: int
    waived: int
    broken: int
    rulings: Figure

    @property
    def is_kept(self) -> bool:
        return self.broken == 0

    @property
    def lot_is_fair(self) -> bool | None:
        """Whether the share promised lies in the interval of the share drawn; None where nothing was given out."""
        if self.drawn.low is None or self.drawn.high is None or not self.works:
            return None
        return self.drawn.low <= self.promised / self.works <= self.drawn.high


NOTHING_GIVEN_OUT = "No work was given out yet."
NONE_TWICE = "No work was read by two assessors yet."


def check(rows: Iterable[WorkRow]) -> Promise:
    """Count what was promised against what was done."""
    listed = list(rows)
    owed = [row for row in listed if row.second and row.decided]
    twice = [row for row in listed if row.readings >= 2]
    drawn = sum(row.second == LOT for row in listed)
    return Promise(
        works=len(listed),
        promised=float(sum((row.share for row in listed), Fraction(0))),
        drawn=proportion("promise.drawn", drawn, len(listed), NOTHING_GIVEN_OUT),
        near_cut=sum(row.second == "near_cut" for row in listed),
        advice=sum(row.second == "advice" for row in listed),
        read_twice=proportion("promise.read_twice", len(twice), len(listed), NOTHING_GIVEN_OUT),
        owed=len(owed),
        kept=sum(row.readings >= 2 for row in owed),
        waived=sum(row.waived and row.readings < 2 for row in owed),
        broken=sum(row.readings < 2 and not row.waived for row in owed),
        rulings=proportion("promise.rulings", sum(row.disagreed for row in twice), len(twice), NONE_TWICE),
    )
