"""Finding the schools, districts and towns that were given, in full, without their type words, or by their letters."""

from collections.abc import Iterator

from touchstone.core.privacy.known import KnownIdentities
from touchstone.core.privacy.known_people import is_distinct
from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.surface import plain_surface
from touchstone.core.privacy.words import markers as m
from touchstone.core.privacy.words import word_set
from touchstone.core.privacy.words.given import GIVEN_NAMES
from touchstone.core.privacy.words.surnames import SURNAMES

_TYPES = (
    m.SCHOOL_TYPES
    | m.SPANISH_SCHOOLS
    | m.SPANISH_SCHOOL_TYPES
    | m.DISTRICT_TYPES
    | m.DISTRICT_ENDS
    | word_set("escolar unificado independiente distrito schools")
)
_LINKS = word_set("de del la el los las of the")
_TYPES_AND_LINKS = _TYPES | _LINKS
_TOWN_BEFORE = word_set("in near from around outside en de desde cerca hacia to")
_REASONS = {Kind.SCHOOL: "school_known", Kind.DISTRICT: "district_known", Kind.TOWN: "town_known"}
_SHORTEST_LETTERS = 4


class KnownPlaces:
    """An index of place names by their first word."""

    def __init__(self, known: KnownIdentities) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
        self._letters: dict[str, Kind] = {}
        places = ((Kind.SCHOOL, known.schools), (Kind.DISTRICT, known.districts), (Kind.TOWN, known.towns))
        for kind, names in places:
            for name in names:
                self._add(name, kind)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))

    def find(self, reading: Reading) -> Iterator[Mark]:
        """Every known place in the reading."""
        for i, word in enumerate(reading.words):
            if word in self._phrases:
                yield from self._at(reading, i)
            if word in self._letters and reading.is_shouted(i):
                yield reading.mark(i, i + 1, self._letters[word], "acronym", Certainty.KNOWN)

    def _add(self, name: str, kind: Kind) -> None:
        words = tuple(Reading(plain_surface(name)).words)
        core = _core(words) if kind != Kind.TOWN else words
        for phrase in {words, core}:
            if phrase and (phrase, kind) not in self._phrases.setdefault(phrase[0], []):
                self._phrases[phrase[0]].append((phrase, kind))
        letters = "".join(word[0] for word in words if word not in _LINKS)
        if kind != Kind.TOWN and len(letters) >= _SHORTEST_LETTERS:
            self._letters[letters] = kind

    def _at(self, reading: Reading, i: int) -> Iterator[Mark]:
        for phrase, kind in self._phrases[reading.words[i]]:
            end = i + len(phrase)
            if tuple(reading.words[i:end]) != phrase or not all(map(reading.near, range(i + 1, end))):
                continue
            first, stop = _widen(reading, i, end) if kind != Kind.TOWN else (i, end)
            certainty = _certainty(reading, i, end, kind, widened=(first, stop) != (i, end))
            if certainty:
                yield reading.mark(first, stop, kind, _REASONS[kind], certainty)
                return


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The name without what many share: Cedar Hollow of Cedar Hollow Elementary School."""
    first, end = 0, len(words)
    while first < end and words[first] in _TYPES_AND_LINKS:
        first += 1
    while end > first and words[end - 1] in _TYPES_AND_LINKS:
        end -= 1
    return words[first:end]


def _widen(reading: Reading, first: int, end: int) -> tuple[int, int]:
    while end < len(reading.words) and reading.near(end) and reading.words[end] in _TYPES and reading.gap(end) == " ":
        end += 1
    at = first
    while at > 0 and first - at < 6 and reading.near(at) and reading.words[at - 1] in _TYPES_AND_LINKS:
        at -= 1
    while at < first and reading.words[at] in _LINKS:
        at += 1
    return at, end


def _certainty(reading: Reading, i: int, end: int, kind: Kind, *, widened: bool) -> Certainty | None:
    """A name of distinct words counts anywhere; a common one needs capitals, and alone also a place to be."""
    words = reading.words[i:end]
    capitals = all(reading.is_capital(k) for k in range(i, end) if reading.words[k] not in _LINKS)
    if len(words) > 1 and (capitals or any(map(is_distinct, words))):
        return Certainty.KNOWN
    if widened:
        return Certainty.KNOWN if capitals else None
    if is_distinct(words[0]) and words[0] not in GIVEN_NAMES | SURNAMES and words[0] not in _TYPES:
        return Certainty.KNOWN
    return Certainty.LIKELY if capitals and _is_where(reading, i, end) else None


def _is_where(reading: Reading, i: int, end: int) -> bool:
    if reading.before(i) not in _TOWN_BEFORE | {"at"} or reading.in_heading(i):
        return False
    about = {"state", "president", "estado", "capital", "history"} & set(reading.words[max(0, i - 3) : i])
    return not about and not (reading.is_capital(end) and reading.gap(end) == " ")
