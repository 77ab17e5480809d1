"""A stretch of text split into words, with the questions detectors ask about a word's surroundings."""

import re
from bisect import bisect_right
from typing import NamedTuple

from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.surface import Surface
from touchstone.core.privacy.words import word_set
from touchstone.core.privacy.words.markers import LOOSE_TITLES, NOT_IN_A_NAME, TITLES
from touchstone.core.privacy.words.markers import NAME_PARTICLES as PARTICLES

_WORD = re.compile(r"[^\W\d_]+")
_INSIDE_A_NAME = frozenset(" \n\t-_.,'~")
_ENDS_A_SENTENCE = re.compile(r"[.!?:;\n\"(\[{\u2022|>*]")
_LONG_WORD = 4
MAX_GAP = 6
"""Characters between two words of one name."""
NON_NAMES = word_set(
    """
    english spanish french german chinese american african asian latin latino latina hispanic mexican european
    indian native monday tuesday wednesday thursday friday saturday sunday january february march july
    september october november december science math mathematics reading writing history art music biology
    chemistry physics geometry algebra espanol ingles google canvas chromebook chromebooks ipad youtube zoom
    kahoot desmos nearpod padlet seesaw christmas thanksgiving halloween easter ramadan internet black white
    """
)
"""Words that have a capital and name nobody."""


class Mark(NamedTuple):
    """A candidate in offsets of the plain text."""

    start: int
    end: int
    kind: Kind
    reason: str
    certainty: Certainty


class Reading:
    """Words of a surface: `words` in lower case without accents, `starts` and `ends` in its plain text."""

    __slots__ = ("ends", "is_file_name", "low", "plain", "starts", "words")

    def __init__(self, surface: Surface, *, is_file_name: bool = False) -> None:
        self.plain, self.low, self.is_file_name = surface.plain, surface.low, is_file_name
        self.words = _WORD.findall(self.low)
        self.starts = [match.start() for match in _WORD.finditer(self.low)]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]

    def word(self, i: int) -> str:
        """The word at `i`, or nothing beyond the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def word_at(self, offset: int) -> int:
        """The number of the word that covers `offset`."""
        return bisect_right(self.starts, offset) - 1

    def gap(self, i: int) -> str:
        """What stands before word `i`, back to the word before it; past the last word, what follows it."""
        begin = self.ends[i - 1] if i > 0 else 0
        end = self.starts[i] if i < len(self.starts) else len(self.plain)
        return self.plain[begin : min(end, begin + 64)]

    def near(self, i: int) -> bool:
        """Whether words `i - 1` and `i` may belong to one name."""
        if not 0 < i < len(self.words):
            return False
        gap = self.gap(i)
        return len(gap) <= MAX_GAP and _INSIDE_A_NAME.issuperset(gap)

    def before(self, i: int) -> str:
        """The word before `i`, when only blanks (or a title's full stop, or a hyphen) stand between."""
        return self.words[i - 1] if self.near(i) and "," not in self.gap(i) else ""

    def after(self, i: int) -> str:
        """The word after `i`, when only blanks stand between."""
        return self.words[i + 1] if self.near(i + 1) and self.gap(i + 1).isspace() else ""

    def is_capital(self, i: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= i < len(self.words) and self.plain[self.starts[i]].isupper()

    def is_shouted(self, i: int) -> bool:
        """Whether the whole word, of more than one letter, is in capitals."""
        if i >= len(self.words):
            return False
        return self.ends[i] - self.starts[i] > 1 and self.plain[self.starts[i] : self.ends[i]].isupper()

    def is_initial(self, i: int) -> bool:
        """Whether the word is one capital letter."""
        return self.is_capital(i) and len(self.words[i]) == 1

    def starts_sentence(self, i: int) -> bool:
        """Whether a capital at `i` would say nothing."""
        if self.is_file_name:
            return False
        if i == 0:
            return True
        previous = self.words[i - 1]
        gap = self.gap(i)
        if gap.startswith(".") and gap.strip(". ") == "" and (len(previous) == 1 or previous in TITLES):
            return False
        return bool(_ENDS_A_SENTENCE.search(gap))

    def in_heading(self, i: int) -> bool:
        """Whether most long words around `i` on its line have capitals, as in a title or in shouted text."""
        if self.is_file_name:
            return False
        low, high = i, i
        while low > 0 and i - low < 6 and "\n" not in self.gap(low):
            low -= 1
        while high + 1 < len(self.words) and high - i < 6 and "\n" not in self.gap(high + 1):
            high += 1
        others = [k for k in range(low, high + 1) if k != i and len(self.words[k]) >= _LONG_WORD]
        return len(others) >= 2 and sum(map(self.is_capital, others)) * 3 > len(others) * 2

    def is_name_like(self, i: int) -> bool:
        """Whether word `i` has a capital and could be part of a name."""
        return self.is_capital(i) and self.words[i] not in NOT_IN_A_NAME and self.words[i] not in NON_NAMES

    def run(self, i: int, limit: int = 3) -> int:
        """One past the last word of the name that begins at `i`: capitals, particles between them, initials.

        Answers `i` when no name begins there. At most `limit` words with capitals.
        """
        end = at = i
        found = 0
        while found < limit and at < len(self.words) and (at == i or self._joined(at)):
            if self.is_name_like(at):
                found, end = found + 1, at + 1
            elif self.words[at] not in PARTICLES or at - end >= 3:
                break
            at += 1
        return end

    def _joined(self, i: int) -> bool:
        gap = self.gap(i)
        if gap in {" ", "-", "'", "  ", "\n"}:
            return True
        return gap in {". ", "."} and (len(self.words[i - 1]) == 1 or self.words[i - 1] in {"st", "jr"})

    def title_before(self, i: int) -> int:
        """Where the titles before word `i` begin, as a word number; `i` when there are none."""
        start = i
        while start > 0 and start > i - 3 and self.near(start) and self.words[start - 1] in ALL_TITLES:
            if self.gap(start).strip(" .\n"):
                break
            start -= 1
        return start

    def line_starts(self, i: int) -> bool:
        """Whether word `i` is the first of its line, marks aside."""
        return i == 0 or "\n" in self.gap(i)

    def line_ends(self, end: int) -> bool:
        """Whether nothing but marks follows word `end - 1` on its line."""
        gap = self.gap(end)
        return end >= len(self.words) or "\n" in gap

    def mark(self, first: int, end: int, kind: Kind, reason: str, certainty: Certainty) -> Mark:
        """A candidate from word `first` up to word `end` (exclusive), with an initial's full stop."""
        stop = self.ends[end - 1]
        if self.is_initial(end - 1) and self.plain[stop : stop + 1] == ".":
            stop += 1
        return Mark(self.starts[first], stop, kind, reason, certainty)


ALL_TITLES = TITLES | LOOSE_TITLES
