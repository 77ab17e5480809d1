"""How much will be handed in over the next weeks, and do the qualified assessors have the hours to read it?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WEEKS_BACK = 12
WEEKS_AHEAD = 4
CHANCE = 0.80
HOURS_A_READING = 0.75


class NegativeCount(ValueError):
    """Works are counted from 0 up."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """For each of the next weeks alike: works expected, and the range that holds with CHANCE; None without a past.

    `readings` is how many readings those works bring, `offered` how many the pool takes in a week; hours are readings
    times HOURS_A_READING. `waiting` readings are due already.
    """

    weeks_seen: int
    works: float | None
    low: int | None
    high: int | None
    readings: float | None
    readings_high: float | None
    offered: float
    waiting: int

    @property
    def hours_needed(self) -> float | None:
        return None if self.readings is None else self.readings * HOURS_A_READING

    @property
    def hours_offered(self) -> float:
        return self.offered * HOURS_A_READING

    @property
    def left_after(self) -> tuple[float, ...]:
        """Readings still waiting at the end of each week, as expected."""
        left, found = float(self.waiting), []
        for _week in range(WEEKS_AHEAD):
            left = max(0.0, left + (self.readings or 0.0) - self.offered)
            found.append(left)
        return tuple(found)

    @property
    def enough(self) -> bool | None:
        """Whether the pool keeps up even in a busy week (the high end of the range); None without a past."""
        return None if self.readings_high is None else self.offered >= self.readings_high


def forecast(counts: Sequence[int], *, readings_a_work: float, offered: float, waiting: int) -> Forecast:
    """Forecast from the works handed in during past whole weeks, oldest first; the last WEEKS_BACK count.

    Works arrive one by one at a steady pace: Poisson counts, Jeffreys prior, so that the next week's count is negative
    binomial (Gelman et al. 2013, Bayesian Data Analysis, 2.6). A pace that changes is not foreseen. Raises
    NegativeCount.
    """
    seen = [int(count) for count in counts][-WEEKS_BACK:]
    if any(count < 0 for count in seen):
        raise NegativeCount("A week cannot have fewer than 0 works.")
    if not seen:
        return Forecast(0, None, None, None, None, None, offered, waiting)
    shape, weeks = sum(seen) + 0.5, len(seen)
    low, high = (_quantile(shape, weeks, (1 + side * CHANCE) / 2) for side in (-1, 1))
    mean = shape / weeks
    return Forecast(weeks, mean, low, high, mean * readings_a_work, high * readings_a_work, offered, waiting)


def _quantile(shape: float, weeks: int, share: float) -> int:
    """The smallest count whose probability from below reaches `share`, of the negative binomial next week."""
    log_chance = shape * math.log(weeks / (weeks + 1))
    reached, count = math.exp(log_chance), 0
    while reached < share:
        count += 1
        log_chance += math.log((shape + count - 1) / count) - math.log(weeks + 1)
        reached += math.exp(log_chance)
    return count
