"""Who may score what: the hard rules, found through shared circles and listed ties, never by comparing everybody."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from touchstone.core.assignment.model import LOCAL, Assessor, Bar, Circle, Rules, Tie, Work

BARS = tuple(Bar)
_CODE = {bar: code for code, bar in enumerate(BARS)}
OPEN = len(BARS)
"""The code of "nothing bars": larger than every bar's, so that the smallest code is the reason given."""

Codes = NDArray[np.int8]
Places = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Single pairs with a code each: those of work w are `assessor[start[w]:start[w + 1]]`."""

    start: NDArray[np.int64]
    assessor: Places
    code: Codes

    def of(self, works: NDArray[np.int64]) -> tuple[NDArray[np.int64], Places, Codes]:
        """Row (the place in `works`), assessor and code of the pairs of these works."""
        sizes = self.start[works + 1] - self.start[works]
        rows = np.repeat(np.arange(works.size), sizes)
        at = np.arange(rows.size) + np.repeat(self.start[works] - np.cumsum(sizes) + sizes, sizes)
        return rows, self.assessor[at], self.code[at]

    def of_one(self, work: int) -> tuple[Places, Codes]:
        """Assessor and code of the pairs of one work."""
        these = slice(self.start[work], self.start[work + 1])
        return self.assessor[these], self.code[these]


@dataclass(frozen=True, eq=False)
class Field:
    """Everything eligibility knows about these works and assessors.

    `group[w]` is a row of `standing`, which says per assessor whether item and language are hers (a code).
    `barred` are pairs that may not be; `allowed` pairs that would be barred but for a rule that lets them be.
    """

    works: Sequence[Work]
    assessors: Sequence[Assessor]
    group: NDArray[np.int64]
    standing: Codes
    full: NDArray[np.bool_]
    barred: Pairs
    allowed: Pairs

    def codes(self, work: int) -> Codes:
        """Per assessor the code of the first bar that holds for this work, OPEN when none does."""
        codes = np.where(self.full, np.int8(_CODE[Bar.FULL]), np.int8(OPEN))
        who, why = self.barred.of_one(work)
        np.minimum.at(codes, who, why)
        least: Codes = np.minimum(codes, self.standing[self.group[work]])
        return least

    def bars(self, work: int) -> dict[Bar, tuple[str, ...]]:
        """Who is barred from this work and why: one reason each, in the order of Bar; keys of assessors."""
        codes = self.codes(work)
        return {
            bar: tuple(self.assessors[a].key for a in np.flatnonzero(codes == code).tolist())
            for code, bar in enumerate(BARS)
            if (codes == code).any()
        }

    def counts(self, work: int) -> dict[Bar, int]:
        """How many are barred for each reason, without saying who."""
        found = np.bincount(self.codes(work), minlength=OPEN)
        return {bar: int(found[code]) for code, bar in enumerate(BARS) if found[code]}

    def allowances(self, work: int, assessor: int) -> set[Bar]:
        """The bars of this pair that a rule sets aside."""
        if not self.allowed.code.size:
            return set()
        who, why = self.allowed.of_one(work)
        return {BARS[code] for code in why[who == assessor]}


def survey(works: Sequence[Work], assessors: Sequence[Assessor], ties: Iterable[Tie], rules: Rules) -> Field:
    """Find every bar. Takes time for the people and the pairs barred, not for all pairs."""
    index = {assessor.key: place for place, assessor in enumerate(assessors)}
    groups: dict[tuple[str, str], int] = {}
    group = np.array([groups.setdefault((work.item, work.language), len(groups)) for work in works], np.int64)
    standing = _standing(groups, assessors)
    barred, allowed = _Gathered(), _Gathered()
    tied = _tied(ties, index)
    circles = _members(assessors)
    for place, work in enumerate(works):
        for who, bar in _pairs(work, index, circles, tied):
            relaxed = bar in LOCAL and work.item in rules.local_pool
            (allowed if relaxed else barred).add(who, bar)
        if work.earlier:
            row = standing[group[place]]
            returns = rules.earlier_may_return and _others(row, work, index, barred.last) < work.reads
            (allowed if returns else barred).add(_places(work.earlier, index), Bar.EARLIER)
        barred.close()
        allowed.close()
    full = np.array([assessor.room == 0 for assessor in assessors], bool)
    return Field(works, assessors, group, standing, full, barred.pairs(), allowed.pairs())


def _standing(groups: Iterable[tuple[str, str]], assessors: Sequence[Assessor]) -> Codes:
    """Per group of item and language a row: what each assessor is to it."""
    qualified, reads = defaultdict(list), defaultdict(list)
    for place, assessor in enumerate(assessors):
        for item in assessor.items:
            qualified[item].append(place)
        for language in assessor.languages:
            reads[language].append(place)
    unconfirmed = np.array([not assessor.confirmed for assessor in assessors], bool)
    rows = [np.zeros((0, len(assessors)), np.int8)]
    for item, language in groups:
        row = np.full((1, len(assessors)), _CODE[Bar.LANGUAGE], np.int8)
        row[0, reads.get(language, [])] = OPEN
        row[0, unconfirmed] = _CODE[Bar.UNCONFIRMED]
        others = np.ones(len(assessors), bool)
        others[qualified.get(item, [])] = False
        row[0, others] = _CODE[Bar.UNQUALIFIED]
        rows.append(row)
    return np.concatenate(rows)


def _pairs(
    work: Work,
    index: Mapping[str, int],
    circles: Mapping[Circle, Places],
    tied: Mapping[str, list[tuple[int, Bar]]],
) -> Iterator[tuple[Places, Bar]]:
    for circle in work.circles:
        if circle in circles:
            yield circles[circle], circle.kind
    for who, bar in tied.get(work.earner, ()):
        yield np.array([who], np.int32), bar
    for keys, bar in ((work.reading, Bar.READING), (work.declined, Bar.DECLINED), ({work.earner}, Bar.SELF)):
        if keys:
            yield _places(keys, index), bar


def _others(standing: Codes, work: Work, index: Mapping[str, int], barred: Places) -> int:
    """How many could read this work, busy or not, if its earlier assessors may not."""
    able = standing == OPEN
    able[barred] = False
    able[_places(work.earlier, index)] = False
    return int(able.sum())


def _members(assessors: Sequence[Assessor]) -> dict[Circle, Places]:
    members = defaultdict(list)
    for place, assessor in enumerate(assessors):
        for circle in assessor.circles:
            members[circle].append(place)
    return {circle: np.array(places, np.int32) for circle, places in members.items()}


def _tied(ties: Iterable[Tie], index: Mapping[str, int]) -> dict[str, list[tuple[int, Bar]]]:
    tied = defaultdict(list)
    for tie in ties:
        if tie.assessor in index:
            tied[tie.earner].append((index[tie.assessor], tie.kind))
    return tied


def _places(keys: Iterable[str], index: Mapping[str, int]) -> Places:
    return np.array([index[key] for key in keys if key in index], np.int32)


class _Gathered:
    """Pairs while they are being found, one work after the other."""

    def __init__(self) -> None:
        self._who: list[Places] = [np.zeros(0, np.int32)]
        self._why: list[int] = []
        self._ends: list[int] = [0]

    def add(self, who: Places, bar: Bar) -> None:
        self._who.append(who)
        self._why.append(_CODE[bar])

    @property
    def last(self) -> Places:
        """Those gathered for the work at hand."""
        return np.concatenate(self._who[self._ends[-1] + 1 :] or self._who[:1])

    def close(self) -> None:
        self._ends.append(len(self._why))

    def pairs(self) -> Pairs:
        sizes = [who.size for who in self._who[1:]]
        start = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))[self._ends]
        return Pairs(start, np.concatenate(self._who), np.repeat(np.array(self._why, np.int8), sizes))
