"""Looking through a text, window by window, so that memory beyond the findings does not grow with the text."""

import re
from collections.abc import Iterator
from itertools import chain

from touchstone.core.privacy import file_names, numbers, people, places
from touchstone.core.privacy.contacts import Contacts
from touchstone.core.privacy.initials import Initials
from touchstone.core.privacy.known import KnownIdentities
from touchstone.core.privacy.known_people import KnownPeople
from touchstone.core.privacy.known_places import KnownPlaces
from touchstone.core.privacy.pieces import RANK, Finding, TextFinding, TextSpan
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.surface import Surface, plain_surface, spread_surface

WINDOW = 32_768
"""Characters read at once."""
CONTEXT = 512
"""Characters read along before a window; after it, enough for the longest link."""
_AFTER = 2_200
_CAMEL = re.compile(r"[a-z](?=[A-Z])")
_LONGEST_CAMEL = 80
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")

_BY_WORD: dict[str, tuple[people.Detector, ...]] = {}
for _triggers, _detector in chain(people.DETECTORS, places.DETECTORS, numbers.DETECTORS):
    for _word in _triggers:
        _BY_WORD[_word] = (*_BY_WORD.get(_word, ()), _detector)


def find_identities(text: str, known: KnownIdentities, *, language: str = "en") -> tuple[TextFinding, ...]:
    """Who would be recognised in `text`, in order and without overlaps; offsets count code points of `text`.

    English and Spanish are read at once. `language` is the main one (`en` or `es`): a known name that is a word only
    of the other language (Will in Spanish, Luz in English) counts wherever it has a capital.
    Time is linear in the length of the text.
    """
    finder = _Finder(known, language)
    marks = chain.from_iterable(finder.window(text, begin) for begin in range(0, len(text), WINDOW))
    return _apart(text, marks)


def find_in_file_name(name: str, known: KnownIdentities, *, language: str = "en") -> tuple[TextFinding, ...]:
    """The same for a file's name: underscores, dots and CamelCase part words; the ending is not looked at."""
    stem = _ENDING.sub("", name)
    finder = _Finder(known, language)
    whole, spread = plain_surface(stem), spread_surface(stem)
    marks = [_shifted(whole, mark, 0) for mark in finder.marks(Reading(whole, is_file_name=True))]
    reading = Reading(spread, is_file_name=True)
    marks += [_shifted(spread, mark, 0) for mark in chain(finder.marks(reading), file_names.find(reading))]
    return _apart(name, marks)


class _Finder:
    """All detectors for one set of known identities."""

    def __init__(self, known: KnownIdentities, language: str) -> None:
        self._people = KnownPeople(known, language)
        self._parts = (
            self._people,
            KnownPlaces(known),
            Initials(known, self._people),
            Contacts(known, self._people),
        )

    def window(self, text: str, begin: int) -> Iterator[Mark]:
        """Marks that begin in the window from `begin`, in offsets of the text."""
        first, end = max(0, begin - CONTEXT), begin + WINDOW
        surface = plain_surface(text[first : end + _AFTER])
        for mark in self.marks(Reading(surface)):
            place = _shifted(surface, mark, first)
            if begin <= place.start < end:
                yield place

    def marks(self, reading: Reading) -> Iterator[Mark]:
        """Marks of every detector, in offsets of the reading."""
        for part in self._parts:
            yield from part.find(reading)
        for i, word in enumerate(reading.words):
            if word in _BY_WORD:
                for detector in _BY_WORD[word]:
                    yield from detector(reading, i)
        yield from places.numbered(reading)
        yield from numbers.social_security(reading)
        yield from self._camel(reading)

    def _camel(self, reading: Reading) -> Iterator[Mark]:
        """Known people in words such as MargaretRivera."""
        until = 0
        for seam in _CAMEL.finditer(reading.plain):
            if seam.start() < until:
                continue
            place = reading.word_at(seam.start())
            begin, until = reading.starts[place], reading.ends[place]
            if until - begin <= _LONGEST_CAMEL:
                spread = spread_surface(reading.plain[begin:until])
                for mark in self._people.find(Reading(spread, is_file_name=True)):
                    yield _shifted(spread, mark, begin)


def _shifted(surface: Surface, mark: Mark, by: int) -> Mark:
    """The mark in offsets of what the surface was made from, moved by `by`."""
    return mark._replace(start=surface.start(mark.start) + by, end=surface.end(mark.end) + by)


def _apart(text: str, marks: Iterator[Mark] | list[Mark]) -> tuple[TextFinding, ...]:
    """Findings without overlaps: marks that touch the same characters become one, of the longest mark's kind."""
    merged: list[tuple[int, int, Mark]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if merged and mark.start < merged[-1][1]:
            start, end, best = merged[-1]
            merged[-1] = (start, max(end, mark.end), max(best, mark, key=_weight))
        else:
            merged.append((mark.start, mark.end, mark))
    return tuple(
        Finding(best.kind, TextSpan(start, end), text[start:end], best.reason, best.certainty)
        for start, end, best in merged
    )


def _weight(mark: Mark) -> tuple[int, int]:
    return mark.end - mark.start, RANK[mark.certainty]
