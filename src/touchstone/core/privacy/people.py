"""Finding people nobody told us about, by what stands around a name: titles, roles, introductions, signatures."""

from collections.abc import Callable, Iterator

from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import NON_NAMES, Mark, Reading
from touchstone.core.privacy.words import markers as m
from touchstone.core.privacy.words import word_set
from touchstone.core.privacy.words.curriculum import FAMOUS_FULL, FAMOUS_SURNAMES
from touchstone.core.privacy.words.given import GIVEN_NAMES
from touchstone.core.privacy.words.ordinary import COMMON_WORDS, FUNCTION_WORDS, MONTHS, PLACES
from touchstone.core.privacy.words.surnames import SURNAMES

type Detector = Callable[[Reading, int], Iterator[Mark]]

_LIKELY, _POSSIBLE = Certainty.LIKELY, Certainty.POSSIBLE
_HONOURS_OF_HISTORY = word_set(
    """
    san santa st saint mount fort lake port king queen president sir pope emperor lord lady sor
    """
)
_AFTER_DOCUMENT = word_set(
    """
    submitted prepared written created designed reflection presented recorded escrita escrito hecho hecha
    preparado elaborado elaborada
    """
)
_PLAIN_SURNAMES = SURNAMES - COMMON_WORDS - FUNCTION_WORDS
_PEOPLE = m.PUPIL_WORDS | m.ROLES_OF_ADULTS
_TYPES = m.SCHOOL_TYPES | m.DISTRICT_TYPES
_AROUND_PUPILS = m.PUPIL_WORDS | m.SAYING_VERBS


def _first_name(word: str) -> bool:
    return word in GIVEN_NAMES and word not in PLACES and word not in MONTHS and word not in FUNCTION_WORDS


def _is_famous(reading: Reading, first: int, end: int) -> bool:
    words = reading.words[first:end]
    if any(f"{words[0]}+{last}" in FAMOUS_FULL for last in (*words[1:], reading.after(end - 1))):
        return True
    return first > 0 and reading.words[first - 1] in _HONOURS_OF_HISTORY


def _is_cited(reading: Reading, end: int) -> bool:
    """Whether a year in brackets follows, as after a source."""
    return reading.gap(end).lstrip(" ,").startswith(("(19", "(20", "19", "20"))


def titled(reading: Reading, i: int) -> Iterator[Mark]:
    """“Mr. Lee”, “Coach Delgado”, “la maestra Hernández”, “Ms. R”."""
    word, gap = reading.words[i], reading.gap(i + 1)
    if i + 1 >= len(reading.words) or gap.strip(" \n") not in {"", "."} or "\n\n" in gap:
        return
    if reading.is_capital(i) and reading.is_initial(i + 1) and word in m.TITLES and "'" not in reading.gap(i + 2)[:1]:
        yield reading.mark(i, i + 2, Kind.ADULT, "title", _LIKELY)
        return
    first = i + 1
    while first < i + 4 and first < len(reading.words) and reading.words[first] in m.NAME_PARTICLES:
        first += 1
    if reading.word(first) in m.CURRICULUM_TITLED or reading.word(first) in m.NOT_SURNAMES:
        return
    limit = 1 if reading.is_file_name or (reading.is_shouted(first) and reading.is_shouted(i)) else 3
    end = reading.run(first, limit) if first < len(reading.words) else first
    if end == first:
        if word in m.TITLES and word != "miss" and reading.word(first) in _PLAIN_SURNAMES:
            yield reading.mark(i, first + 1, Kind.ADULT, "title", _LIKELY)
        return
    if word in m.LOOSE_TITLES and not _follows_loosely(reading, i, first):
        return
    if not _is_famous(reading, first, end):
        yield reading.mark(i, end, Kind.ADULT, "title", _LIKELY)


def _follows_loosely(reading: Reading, i: int, first: int) -> bool:
    name = reading.words[first]
    if name in SURNAMES or name in GIVEN_NAMES:
        return name not in FUNCTION_WORDS
    return len(name) > 1 and reading.words[i] != "teacher" and not reading.in_heading(i)


def pupil_after_noun(reading: Reading, i: int) -> Iterator[Mark]:
    """“my student Jayden”, “one of my students, DeShawn,”, “mi alumna Lucía”, “Student: Marisol Peña”."""
    gap, first = reading.gap(i + 1), i + 1
    if first >= len(reading.words):
        return
    if gap.strip() == ":" and reading.line_starts(i) and reading.words[i] in m.PUPIL_LABELS:
        end = reading.run(first, 4)
        if end > first and len(reading.words[first]) > 1:
            yield reading.mark(first, end, Kind.PUPIL, "pupil_named", _LIKELY)
        return
    if gap not in {" ", ", ", ",\n", "\n"} or len(reading.words[first]) < 2:
        return
    end = reading.run(first)
    if end == first or (reading.gap(end).lstrip()[:1] == ":" and gap == " "):
        return
    if not _stands_as_pupil(reading, i, first, end, apart="," in gap):
        return
    yield reading.mark(first, end, Kind.PUPIL, "pupil_named", _LIKELY)
    if reading.word(end) in {"and", "y", "e"} and reading.near(end):
        second = reading.run(end + 1)
        if second > end + 1 and reading.near(end + 1):
            yield reading.mark(end + 1, second, Kind.PUPIL, "pupil_named", _LIKELY)


def _stands_as_pupil(reading: Reading, i: int, first: int, end: int, *, apart: bool) -> bool:
    name = reading.words[first]
    if _first_name(name):
        return not _is_famous(reading, first, end)
    if reading.is_capital(i) or name in m.STATES or name in PLACES or name in MONTHS or reading.in_heading(i):
        return False
    return not apart or (reading.gap(end).startswith(",") and end - first <= 2 and name not in COMMON_WORDS)


def named(reading: Reading, i: int) -> Iterator[Mark]:
    """“a student named Aaliyah”, “un estudiante llamado Santiago”."""
    role = next((reading.words[k] for k in (i - 1, i - 2) if k >= 0 and reading.words[k] in _PEOPLE), None)
    end = reading.run(i + 1) if i + 1 < len(reading.words) and reading.near(i + 1) else i + 1
    if role and end > i + 1 and not _is_famous(reading, i + 1, end):
        kind = Kind.PUPIL if role in m.PUPIL_WORDS else Kind.ADULT
        yield reading.mark(i + 1, end, kind, "pupil_named" if kind == Kind.PUPIL else "adult_role", _LIKELY)


def adult_after_role(reading: Reading, i: int) -> Iterator[Mark]:
    """“our paraprofessional, Linda Kowalski,”, “my co-teacher Beth Sorensen”."""
    if reading.words[i] == "teacher" and reading.before(i) != "co":
        return
    if reading.is_capital(i) or reading.gap(i + 1) not in {" ", ", ", "\n"} or i + 1 >= len(reading.words):
        return
    end = reading.run(i + 1)
    if end == i + 1 or len(reading.words[i + 1]) < 2 or _is_famous(reading, i + 1, end):
        return
    name = reading.words[i + 1]
    whose = reading.before(i) in {"our", "my", "mi", "nuestra", "nuestro"} or reading.words[i] == "teacher"
    if (
        _first_name(name)
        or name in SURNAMES
        or (whose and name not in MONTHS and name not in PLACES)
        or (end - i > 2 and not reading.in_heading(i))
    ):
        yield reading.mark(i + 1, end, Kind.ADULT, "adult_role", _LIKELY)


def introduced(reading: Reading, i: int) -> Iterator[Mark]:
    """“My name is …”, “I am …”, “me llamo …”, “soy …”, “mi nombre completo es …”."""
    first = _introduced_at(reading, i)
    if first is None or not reading.near(first):
        return
    end = reading.run(first, 4)
    if end == first or _is_famous(reading, first, end):
        return
    free = reading.words[i] in {"name", "nombre", "llamo"}
    name = reading.words[first]
    if free or _first_name(name) or (end - first > 1 and not reading.in_heading(first) and name not in PLACES):
        mine = reading.before(i) in {"my", "mi", "me", "i", ""} or reading.words[i] == "soy"
        kind = Kind.NAME if mine else Kind.ADULT
        yield reading.mark(first, end, kind, "introduction", _LIKELY)


def _introduced_at(reading: Reading, i: int) -> int | None:
    word = reading.words[i]
    if word in {"name", "nombre"}:
        place = i + 2 if reading.word(i + 1) in {"completo", "full"} else i + 1
        return place + 1 if reading.word(place) in {"is", "es"} else None
    if word in {"am", "m"}:
        return i + 1 if reading.word(i - 1) == "i" else None
    if word == "llamo":
        return i + 1 if reading.word(i - 1) == "me" else None
    return i + 1


def signed(reading: Reading, i: int) -> Iterator[Mark]:
    """“Sincerely,⏎Margaret G. Rivera”, “Thanks, Laura”: a closing, then a name that ends its line."""
    first = i + 1
    while first < len(reading.words) and first <= i + 3 and not reading.is_capital(first):
        if reading.gap(first) not in {" ", "\n"}:
            break
        first += 1
    if first >= len(reading.words):
        return
    gap = reading.gap(first)
    if not gap.strip(" ").startswith((",", "\n", "-")) and "\n" not in gap:
        return
    end = reading.run(first, 5)
    end = next((k for k in range(first + 1, end) if "\n" in reading.gap(k)), end)
    if end == first or not (reading.line_ends(end) or reading.gap(end).startswith(",")):
        return
    if "\n" in gap or _first_name(reading.words[first]):
        yield reading.mark(first, end, Kind.NAME, "signature", _LIKELY)


def labelled(reading: Reading, i: int) -> Iterator[Mark]:
    """“Name: …”, “Teacher: …”, “Maestra: …” at the beginning of a line; “Submitted by: …”."""
    by = reading.words[i] in m.BYLINES
    if i + 1 >= len(reading.words):
        return
    gap = reading.gap(i + 1).strip(" ")
    if by:
        if reading.before(i) not in _AFTER_DOCUMENT or gap not in {"", ":"}:
            return
    elif gap != ":" or not reading.line_starts(i):
        return
    end = reading.run(i + 1, 5)
    if end == i + 1 or _is_famous(reading, i + 1, end):
        return
    name = reading.words[i + 1]
    certainty = _LIKELY if not by or gap or _first_name(name) else _POSSIBLE
    if len(name) > 1 or end - i > 2:
        yield reading.mark(i + 1, end, Kind.NAME, "signature", certainty)


def first_name(reading: Reading, i: int) -> Iterator[Mark]:
    """A frequent first name with a surname, with what a pupil does, or with an age or grade behind it."""
    if reading.is_file_name:  # file_names.py knows the forms there: capitals say nothing
        return
    word = reading.words[i]
    if not reading.is_capital(i) or (
        i > 0 and reading.words[i - 1] in GIVEN_NAMES and reading.before(i) and reading.is_capital(i - 1)
    ):
        return
    end = reading.run(i, 4)
    if end == i or _is_famous(reading, i, end) or _is_cited(reading, end):
        return
    distinct = _first_name(word) and word not in COMMON_WORDS
    if distinct and _is_pupil_aside(reading, end):
        yield reading.mark(i, end, Kind.PUPIL, "pupil_named", _LIKELY)
    elif end - i > 1 and _is_full_name(reading, i, end, distinct=distinct):
        kind = _kind_nearby(reading, i, end)
        yield reading.mark(i, end, kind, "full_name", _LIKELY)
    elif distinct and _does_what_pupils_do(reading, i, end) and not reading.in_heading(i):
        yield reading.mark(i, end, Kind.PUPIL, "pupil_speaks", _POSSIBLE)


def _does_what_pupils_do(reading: Reading, i: int, end: int) -> bool:
    """“Kayla said”, or “Kayla:” at the beginning of a line, as in a transcript."""
    speaks = reading.line_starts(i) and reading.gap(end).startswith(":")
    return speaks or reading.after(end - 1) in m.SAYING_VERBS


def _is_full_name(reading: Reading, i: int, end: int, *, distinct: bool) -> bool:
    last = reading.words[end - 1]
    if len(last) < 2 or last in NON_NAMES or last in m.STATES or last in _TYPES:
        return False
    if last in SURNAMES:
        common = last in COMMON_WORDS or last in FAMOUS_SURNAMES or last in GIVEN_NAMES
        return distinct or (not common and not reading.in_heading(i))
    if not distinct or reading.in_heading(i) or last in PLACES or last in m.NOT_SURNAMES:
        return False
    return last not in COMMON_WORDS and last not in FUNCTION_WORDS and last not in MONTHS


def _is_pupil_aside(reading: Reading, end: int) -> bool:
    """“Brianna, a fifth grader,”, “Valentina, de ocho años,”, “Sam (age 9)”."""
    if not reading.gap(end).lstrip(" ").startswith((",", "(")):
        return False
    following = reading.words[end : end + 5]
    opens = bool(following) and following[0] in {"a", "an", "one", "my", "de", "un", "una", "age", "aged", "who", "our"}
    return opens and bool({"grader", "anos", "years", "age", "aged"}.union(m.PUPIL_WORDS).intersection(following))


def _kind_nearby(reading: Reading, i: int, end: int) -> Kind:
    around = {*reading.words[max(0, i - 4) : i], *reading.words[end : end + 2]}
    return Kind.PUPIL if around & _AROUND_PUPILS else Kind.ADULT


DETECTORS: tuple[tuple[frozenset[str], Detector], ...] = (
    (m.TITLES | m.LOOSE_TITLES, titled),
    (m.PUPIL_WORDS | m.PUPIL_LABELS, pupil_after_noun),
    (m.NAMED_WORDS, named),
    (m.ROLES_OF_ADULTS | {"teacher"}, adult_after_role),
    (frozenset({"name", "nombre", "am", "m", "llamo", "soy"}), introduced),
    (m.CLOSINGS, signed),
    (m.SIGNATURE_LABELS | m.BYLINES, labelled),
    (GIVEN_NAMES, first_name),
)
