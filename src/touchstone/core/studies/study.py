"""The scores of one version with its rubric, and everything measured about them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import numpy as np

from touchstone.core.reliability.agreement import proportion
from touchstone.core.reliability.consistency import Cut
from touchstone.core.reliability.figure import Figure
from touchstone.core.reliability.ratings import Rating, Ratings, collect, day_of
from touchstone.core.reliability.report import Json, Report, report
from touchstone.core.studies import promise
from touchstone.core.studies.forecast import Forecast, forecast
from touchstone.core.studies.promise import Promise, WorkRow

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ESTABLISHED = 30  # works read twice; below, no agreement is stated
PERIOD = timedelta(weeks=4)
MOST_PERIODS = 6
RULING = 3


@dataclass(frozen=True, slots=True)
class StudyCriterion:
    """A criterion with its level keys from lowest to highest and the level the passing rule needs, if any."""

    key: str
    title: str
    levels: tuple[str, ...]
    needed: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One level given on a day. `read` is 1 or 2 for independent readings, 3 for the ruling where they disagree."""

    work: str
    assessor: str
    criterion: str
    level: str
    read: int
    on: date


@dataclass(frozen=True)
class Study:
    """What is measured. People and works are codes. `offered` maps assessors to the readings they take in a week
    (their share for this item), `waiting` counts readings that are due; `as_of` is the day it was gathered.
    """

    title: str
    version: str
    as_of: date
    criteria: tuple[StudyCriterion, ...]
    scores: tuple[ScoreRow, ...]
    works: tuple[WorkRow, ...] = ()
    offered: Mapping[str, float] | None = None
    waiting: int = 0
    replications: int | None = None

    @property
    def cut(self) -> Cut | None:
        needed = {row.key: row.levels.index(row.needed) for row in self.criteria if row.needed}
        return Cut({key: place for key, place in needed.items() if place > 0}) if any(needed.values()) else None

    @property
    def ratings(self) -> Ratings:
        """Independent readings alone: who rules on a disagreement is no witness of it. Raises NoRatings and others."""
        places = {row.key: row.levels for row in self.criteria}
        rows = [
            Rating(row.work, row.assessor, row.criterion, places[row.criterion].index(row.level), _noon(row.on))
            for row in self.scores
            if row.read < RULING
        ]
        return collect(rows, {row.key: len(row.levels) for row in self.criteria})

    @property
    def periods(self) -> tuple[tuple[date, date], ...]:
        """First and last day of each period that drift compares: four weeks each, ending with `as_of`."""
        if not self.scores:
            return ()
        first, last = min(row.on for row in self.scores), self.as_of
        found: list[tuple[date, date]] = []
        while last >= first and len(found) < MOST_PERIODS:
            found.append((last - PERIOD + timedelta(days=1), last))
            last -= PERIOD
        return tuple(reversed(found))


@dataclass(frozen=True)
class Own:
    """One assessor's part: works read, of those read by somebody else too, and how often the two agreed."""

    reads: int
    read_twice: int
    exact: Figure
    adjacent: Figure


@dataclass(frozen=True)
class Findings:
    """Everything measured about a study. `report` is None while nothing was scored."""

    report: Report | None
    promise: Promise
    forecast: Forecast
    own: Mapping[str, Own]

    @property
    def established(self) -> bool:
        return self.report is not None and self.report.works_read_twice >= ESTABLISHED


def measure(study: Study) -> Findings:
    """Measure a study. What cannot be measured says why in the report. Raises ReliabilityError for broken rows."""
    kept = promise.check(study.works)
    if not any(row.read < RULING for row in study.scores):
        return Findings(None, kept, _forecast(study, kept), {})
    ratings = study.ratings
    borders = tuple(day_of(_midnight(first)) for first, _last in study.periods[1:])
    found = report(ratings, study.cut, borders=borders, replications=study.replications)
    return Findings(found, kept, _forecast(study, kept), own_parts(ratings))


def own_parts(ratings: Ratings) -> dict[str, Own]:
    """Each assessor against the others on the same works, all criteria together."""
    reads = np.unique(np.stack([ratings.work, ratings.assessor]), axis=1)
    often = np.bincount(reads[0], minlength=len(ratings.works))
    same, near, both = Counter[int](), Counter[int](), Counter[int]()
    order = np.lexsort((ratings.assessor, ratings.criterion, ratings.work))
    keys = (ratings.work * len(ratings.criteria) + ratings.criterion)[order]
    for group in np.split(order, np.flatnonzero(np.diff(keys)) + 1):
        for one in group:
            for other in group:
                if one != other:
                    apart, who = abs(int(ratings.level[one] - ratings.level[other])), int(ratings.assessor[one])
                    both[who] += 1
                    same[who] += apart == 0
                    near[who] += apart <= 1
    return {
        name: Own(
            reads=int((reads[1] == code).sum()),
            read_twice=int((often[reads[0][reads[1] == code]] >= 2).sum()),
            exact=_of_levels("own.exact", same[code], both[code]),
            adjacent=_of_levels("own.adjacent", near[code], both[code]),
        )
        for code, name in enumerate(ratings.assessors)
    }


def _of_levels(key: str, hits: int, compared: int) -> Figure:
    """A share of levels compared, without an interval: the levels of one work hang together."""
    found = proportion(key, hits, compared)
    return replace(found, unit="levels", low=None, high=None, method="")


def as_json(findings: Findings) -> dict[str, Json]:
    """The findings as JSON holds them."""
    return {
        "report": findings.report.as_json() if findings.report else None,
        "established": findings.established,
        "promise": {**plain_fields(findings.promise), "is_kept": findings.promise.is_kept},
        "forecast": _with(findings.forecast, "hours_needed", "hours_offered", "left_after", "enough"),
        "own": {name: plain_fields(part) for name, part in findings.own.items()},
    }


def _with(row: Forecast, *properties: str) -> dict[str, Json]:
    return plain_fields(row) | {name: _plain(getattr(row, name)) for name in properties}


def plain_fields(row: "DataclassInstance") -> dict[str, Json]:
    """A flat dataclass of numbers, texts and figures as JSON; figures keep value, n and interval."""
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def _plain(value: object) -> Json:
    if isinstance(value, Figure):
        kept = ("value", "n", "unit", "low", "high", "method", "why_undefined")
        return {name: _plain(getattr(value, name)) for name in kept}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    assert value is None or isinstance(value, str | int | float)
    return value


def _forecast(study: Study, kept: Promise) -> Forecast:
    """Readings a work: one, the share read twice, and a ruling for the share of those that disagreed."""
    twice = kept.read_twice.value or 0.0
    readings = 1 + twice * (1 + (kept.rulings.value or 0.0))
    counts = weekly_counts([row.handed_in for row in study.works], study.as_of)
    return forecast(
        counts, readings_a_work=readings, offered=sum((study.offered or {}).values()), waiting=study.waiting
    )


def weekly_counts(days: list[date], as_of: date) -> list[int]:
    """Works handed in per whole week since the first, oldest first; the last week ends the day before `as_of`."""
    ages = [(as_of - day).days - 1 for day in days if day < as_of]
    if not ages:
        return []
    weeks = max(ages) // 7 + 1
    counted = Counter(age // 7 for age in ages)
    return [counted[week] for week in reversed(range(weeks))]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=UTC)
