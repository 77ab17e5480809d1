"""Finding people whose names were given: the writer, and the students on her list.

A name is found as a run of its words in any order, with initials and particles between, so that double surnames,
one surname alone, “Rivera, Margaret” and “M. G. Rivera” are one rule.
"""

from collections.abc import Iterator
from itertools import pairwise

from touchstone.core.privacy.known import KnownIdentities
from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.surface import Surface, fold, plain_surface, spread_surface
from touchstone.core.privacy.words import word_set
from touchstone.core.privacy.words.curriculum import FAMOUS_FULL, FAMOUS_SURNAMES
from touchstone.core.privacy.words.given import GIVEN_NAMES
from touchstone.core.privacy.words.markers import (
    BEFORE_NAMES,
    DETERMINERS,
    NAME_PARTICLES,
    OWN_THINGS,
    PUPIL_WORDS,
    SAYING_VERBS,
)
from touchstone.core.privacy.words.nicknames import NICKNAMES
from touchstone.core.privacy.words.ordinary import COMMON_WORDS, FUNCTION_WORDS, MONTHS, PLACES, WORDS_OF_ANOTHER
from touchstone.core.privacy.words.surnames import SURNAMES

_OWN = 0
_OWN_USER_NAME = (Kind.NAME, "own_user_name")
_PUPIL_USER_NAME = (Kind.PUPIL, "pupil_known")
_UNSPACED = "\u0e00"
"""From here on Unicode's scripts (Thai, Chinese, Japanese, Korean) put no blanks between words, or hang on endings."""
_LETTERS_AS_WORDS = frozenset("aeioy")
_MAX_WORDS = 12
"""Words of one run of names; what follows begins another one."""
_BEFORE_MONTHS = word_set(
    """
    in of by since until each every last next early late mid this through during to en de desde hasta
    """
)
_BEFORE_PLACES = word_set(
    """
    in from to near across through of visited state president george abraham mount fort lake river san santa
    saint st south north west east port en desde hacia general king
    """
)
_AFTER_PLACES = word_set(
    """
    state river dc county crossing monument street avenue city university islands is was became has had
    """
)
_AFTER_FAMOUS = word_set(
    """
    law laws theory second first third method principle taxonomy steps telescope rules zone speech
    """
)


class KnownPeople:
    """An index of the words of known names; built once for a search."""

    def __init__(self, known: KnownIdentities, language: str = "en") -> None:
        self._foreign = WORDS_OF_ANOTHER.get(language, frozenset())
        self.people: dict[str, set[int]] = {}
        self.initials: dict[str, set[int]] = {}
        self.short: set[tuple[str, int]] = set()
        self.joined: dict[str, set[int]] = {}
        for name in (*known.own_names, *known.former_names):
            self._add(name, _OWN)
        for name in known.nicknames:
            self._add_words(name, _OWN)
        for number, name in enumerate(known.pupils, start=1):
            self._add(name, number)
        self._unspaced = {word: owners for word, owners in (self.people | self.joined).items() if word[0] >= _UNSPACED}
        self.triggers = frozenset(self.people) | frozenset(self.joined)

    def find(self, reading: Reading) -> Iterator[Mark]:
        """Every known person in the reading."""
        yield from self._inside_words(reading)
        until = 0
        for i, word in enumerate(reading.words):
            if word not in self.triggers or i < until:
                continue
            if word in self.joined:
                kind, reason = _OWN_USER_NAME if _OWN in self.joined[word] else _PUPIL_USER_NAME
                yield reading.mark(i, i + 1, kind, reason, Certainty.KNOWN)
            if word in self.people:
                end, mark = self._run(reading, i)
                if mark:
                    until = end
                    yield mark

    def _inside_words(self, reading: Reading) -> Iterator[Mark]:
        """Names in writing that puts no blanks between words, anywhere in a run of letters."""
        for word, owners in self._unspaced.items():
            kind, reason = (Kind.NAME, "own_name") if _OWN in owners else (Kind.PUPIL, "pupil_known")
            at = reading.low.find(word)
            while at >= 0:
                yield Mark(at, at + len(word), kind, reason, Certainty.KNOWN)
                at = reading.low.find(word, at + len(word))

    def _add(self, name: str, person: int) -> None:
        words = self._add_words(name, person)
        for short in _short_forms(words):
            if len(short) > 1:
                self.people.setdefault(short, set()).add(person)
                self.short.add((short, person))
        if words and words[0][0] >= _UNSPACED:
            self.joined.setdefault("".join(words), set()).add(person)
        for joined in _run_together(words):
            self.joined.setdefault(joined, set()).add(person)

    def _add_words(self, name: str, person: int) -> list[str]:
        words = [word for word in Reading(plain_surface(name)).words if word not in NAME_PARTICLES]
        pieces = Reading(spread_surface(name)).words
        for word in {*words, *pieces, *_joined_apostrophes(name)}:
            if len(word) > 1 and word not in NAME_PARTICLES:
                self.people.setdefault(word, set()).add(person)
            self.initials.setdefault(word[0], set()).add(person)
        return words

    def _run(self, reading: Reading, i: int) -> tuple[int, Mark | None]:
        """The longest run of one person's words from word `i`: one past its last word, and the finding."""
        owners = set(self.people[reading.words[i]])
        full = [i]
        end = at = i + 1
        while at - i < _MAX_WORDS and at - end <= 3 and reading.near(at):
            word = reading.words[at]
            narrowed = self._narrow(reading, at, owners)
            if narrowed:
                owners, end = narrowed, at + 1
                if len(word) > 1:
                    full.append(at)
            elif word not in NAME_PARTICLES:
                break
            at += 1
        first = self._initials_before(reading, i, owners)
        return end, self._judge(reading, reading.title_before(first), first, end, full, owners)

    def _listed(self, reading: Reading, i: int) -> Certainty | None:
        """“Chase, Jordan and I”: a common word is a name when another known name follows in a list."""
        follows = reading.gap(i + 1) == ", " and reading.word(i + 1) in self.people and reading.is_capital(i + 1)
        return Certainty.LIKELY if follows and reading.is_capital(i) and not reading.in_heading(i) else None

    def _narrow(self, reading: Reading, at: int, owners: set[int]) -> set[int]:
        word = reading.words[at]
        if reading.is_initial(at):
            if reading.starts_sentence(at) or reading.plain[reading.ends[at] : reading.ends[at] + 1] == "'":
                return set()
            return owners & self.initials.get(word, set())
        return owners & self.people.get(word, set())

    def _initials_before(self, reading: Reading, i: int, owners: set[int]) -> int:
        first = i
        while first > 0 and i - first < 3 and reading.near(first) and reading.is_initial(first - 1):
            if "," in reading.gap(first) or not owners & self.initials.get(reading.words[first - 1], set()):
                break
            if reading.words[first - 1] in _LETTERS_AS_WORDS and reading.gap(first) == " " and not reading.is_file_name:
                break
            first -= 1
        if first == i and i > 0 and reading.words[i - 1] == "ma" and reading.gap(i) == ". ":
            first -= 1
        return first

    def _judge(
        self, reading: Reading, start: int, first: int, end: int, full: list[int], owners: set[int]
    ) -> Mark | None:
        words = {reading.words[k] for k in full}
        certainty: Certainty | None
        if start < first or len(full) + (end - first > len(full)) > 1:
            certainty = _of_several(reading, words, full, titled=start < first, initials=end - first > len(full))
        else:
            certainty = certainty_alone(reading, full[0], self._foreign) or self._listed(reading, full[0])
        if certainty is None:
            return None
        kind = Kind.NAME if _OWN in owners else Kind.PUPIL
        short = all((word, person) in self.short for word in words for person in owners)
        reason = (
            ("own_nickname" if short else "own_name")
            if _OWN in owners
            else "pupil_nickname"
            if short
            else "pupil_known"
        )
        if short and start == first:
            certainty = min(certainty, Certainty.LIKELY, key=_rank)
        return reading.mark(start, end, kind, reason, certainty)


def _rank(certainty: Certainty) -> int:
    return (Certainty.POSSIBLE, Certainty.LIKELY, Certainty.KNOWN).index(certainty)


def is_distinct(word: str) -> bool:
    """Whether a name is no word, month, place or famous person of lessons, so that it counts in any writing."""
    if len(word) == 2 and word.isascii():
        return False
    return not (
        word in COMMON_WORDS or word in FUNCTION_WORDS or word in MONTHS or word in PLACES or word in FAMOUS_SURNAMES
    )


def _of_several(
    reading: Reading, words: set[str], full: list[int], *, titled: bool, initials: bool
) -> Certainty | None:
    """A name with a title, an initial or a second word: certain but for lower-case words such as “may grant”."""
    if any(is_distinct(word) for word in words) or (titled and reading.is_capital(full[-1])):
        return Certainty.KNOWN
    if not all(reading.is_capital(k) for k in full):
        return None
    if len(words) == 1 and not initials:
        return certainty_alone(reading, full[0])
    return Certainty.KNOWN


def certainty_alone(reading: Reading, i: int, foreign: frozenset[str] = frozenset()) -> Certainty | None:
    """How sure a single word of a known name is, by where it stands; None when it is just a word there.

    A word of `foreign`, another language's, needs no more than a capital.
    """
    word = reading.words[i]
    if f"{reading.before(i)}+{word}" in FAMOUS_FULL:
        return None
    if is_distinct(word):
        return Certainty.KNOWN
    if not reading.is_capital(i):
        return None
    if _is_named_here(reading, i):
        return Certainty.KNOWN
    if word in foreign:
        return Certainty.LIKELY
    if word in FUNCTION_WORDS and word != "will":
        return None
    if reading.starts_sentence(i) or reading.before(i) in DETERMINERS or reading.in_heading(i):
        return None
    return None if _is_elsewhere(reading, i) else Certainty.LIKELY


def _is_named_here(reading: Reading, i: int) -> bool:
    """What only a name has around it: an introduction, a verb of speaking, a signature, something owned."""
    if reading.before(i) in _CALLED or (reading.before(i) in BEFORE_NAMES and not _is_elsewhere(reading, i)):
        return True
    if reading.after(i) in SAYING_VERBS and reading.word(i + 2) not in {"of", "to", "and"}:
        return True
    if reading.gap(i + 1) == "'" and reading.word(i + 1) == "s" and reading.word(i + 2) in OWN_THINGS:
        return True
    alone = reading.line_starts(i) and reading.line_ends(i + 1)
    return alone and i > 0 and ("," in reading.gap(i) or "-" in reading.gap(i))


_CALLED = word_set("named called llamado llamada llamo soy am") | PUPIL_WORDS


def _is_elsewhere(reading: Reading, i: int) -> bool:
    """What a month, a place or a person of the curriculum has around it."""
    word, before, after = reading.words[i], reading.before(i), reading.after(i)
    if word in MONTHS and (before in _BEFORE_MONTHS or reading.gap(i + 1).strip(" ,.")[:1].isdigit()):
        return True
    if word in PLACES and (before in _BEFORE_PLACES or after in _AFTER_PLACES):
        return True
    if word in FAMOUS_SURNAMES:
        owned = reading.gap(i + 1) == "'" and reading.word(i + 2) in _AFTER_FAMOUS
        return owned or f"{before}+{word}" in FAMOUS_FULL or before in {"president", "sir", "isaac", "saint", "san"}
    following = reading.is_capital(i + 1) and reading.after(i) not in SURNAMES and reading.gap(i + 1) == " "
    return following and before not in GIVEN_NAMES


def _short_forms(words: list[str]) -> set[str]:
    """Nicknames of each word, and of two neighbours together (María José: Majo)."""
    pairs = (a + b for a, b in pairwise(words))
    return {short for name in (*words, *pairs) for short in NICKNAMES.get(name, ())}


def _run_together(words: list[str]) -> set[str]:
    """Forms of a user name: mariarivera, riveramaria, mrivera, riveram."""
    forms = set()
    for given in (*words[:2], *_short_forms(words[:2])):
        for surname in words[1:]:
            if surname != given:
                forms |= {given + surname, surname + given, given[0] + surname, surname + given[0]}
    return {form for form in forms if len(form) > 5 and form.isascii()}


def _joined_apostrophes(name: str) -> list[str]:
    """“O'Donnell” as it stands in file names and user names: odonnell."""
    return Reading(_without_apostrophes(name)).words if "'" in fold(name) else []


def _without_apostrophes(name: str) -> Surface:
    return plain_surface(plain_surface(name).plain.replace("'", ""))
