"""Finding schools, districts and towns by their form, rooms by their number."""

import re
from collections.abc import Iterator

from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import NON_NAMES, Mark, Reading
from touchstone.core.privacy.words import markers as m
from touchstone.core.privacy.words import word_set

_LIKELY = Certainty.LIKELY
_NOT_SCHOOLS = word_set(
    """
    public private sunday old boarding khan naval military summer night graduate law medical art music
    business trade title common aim reach score after home whole your saturday online virtual welcome science
    stem national international police american british french spanish greek roman
    """
)
_NOT_DISTRICTS = word_set("urban rural large small public city many suburban great american")
_ROOM = re.compile(
    r"(?:rooms?|rm|salon|salones|aulas?|classrooms?|portable|bungalow)\b\.?[ \n]{1,3}(?:#|no\.? ?|num\.? ?)? ?"
    r"([a-z]?-?\d{1,4}-?[a-z]?(?: (?:and|y|&) [a-z]?\d{1,4}[a-z]?)?)"
    r"(?![\w%]|[:.,]\d| (?:min|percent|degrees|students|people|children|pupils|ninos|alumnos))"
)
_NOT_ROOMS = word_set("breakout escape chat zoom video game meeting")
_NUMBERED_SCHOOL = re.compile(r"\b(?:P\.\s?S\.|PS|[IM]\.\s?S\.|J\.\s?H\.\s?S\.) ?#? ?\d{1,3}\b")
_DISTRICT_LETTERS = re.compile(r"\b[A-Z]{2,5}(?:USD|ISD)\b")
_OF_A_PLACE = frozenset({"de", "del", "la", "el", "los", "las"})
_SPANISH_DISTRICT_WORDS = _OF_A_PLACE | {"escolar", "unificado", "independiente", "consolidado"}
_NUMBERED = re.compile(r" (?:no\.? |# ?)?[a-z]?-?\d{1,4}\b(?![:.]\d)")


def _name_before(reading: Reading, i: int, types: frozenset[str]) -> tuple[int, int]:
    """Going left from word `i`: where the name begins, and how many of its words are no type words."""
    first, names = i, 0
    while first > 0 and i - first < 7:
        gap, word = reading.gap(first), reading.words[first - 1]
        joined = gap in {" ", "-", "'", "\n"} or (gap == ". " and word in {"st", "dr", "jr", "mt"})
        particle = (
            word in {"de", "of", "la", "the", "del"} and first - 1 > 0 and reading.is_capital(first - 2) and first < i
        )
        fits = reading.is_name_like(first - 1) or (word in types and reading.is_capital(first - 1))
        if not joined or not (fits or particle):
            break
        first -= 1
        names += word not in types and not particle
    return first, names


def school(reading: Reading, i: int) -> Iterator[Mark]:
    """“Oakridge Elementary School”, “Eastgate High”, “St. Brendan Academy”."""
    if not reading.is_capital(i) or (reading.after(i) in m.SCHOOL_TYPES and reading.is_capital(i + 1)):
        return
    if reading.after(i) in {"district", "districts", "board", "of"}:
        return
    first, names = _name_before(reading, i, m.SCHOOL_TYPES)
    core = [word for word in reading.words[first:i] if word not in m.SCHOOL_TYPES]
    if (
        not names
        or all(word in _NOT_SCHOOLS for word in core)
        or (reading.words[i - 1] in {"high", "middle"} and i - first == 1)
    ):
        return
    if reading.words[i] in {"school", "academy"} or not reading.in_heading(i):
        yield reading.mark(first, i + 1, Kind.SCHOOL, "school", _LIKELY)


def school_by_letters(reading: Reading, i: int) -> Iterator[Mark]:
    """“Bayside MS”, “Eastgate HS”; not the standard MS-LS2."""
    if i == 0 or not reading.is_shouted(i) or reading.is_shouted(i - 1) or reading.gap(i + 1).startswith("-"):
        return
    first, names = _name_before(reading, i, m.SCHOOL_TYPES)
    if names and not reading.starts_sentence(i - 1) and not reading.in_heading(i):
        yield reading.mark(first, i + 1, Kind.SCHOOL, "school", _LIKELY)


def learning_center(reading: Reading, i: int) -> Iterator[Mark]:
    """“Sunrise Early Learning Center”."""
    if (
        i == 0
        or not reading.is_capital(i)
        or reading.words[i - 1] not in {"learning", "education", "childhood", "magnet"}
    ):
        return
    first, names = _name_before(reading, i, _CENTER_TYPES)
    if names:
        yield reading.mark(first, i + 1, Kind.SCHOOL, "school", _LIKELY)


def school_to_eight(reading: Reading, i: int) -> Iterator[Mark]:
    """“Mountain View K-8”."""
    if not reading.is_capital(i) or not re.match(
        r"k-(?:5|6|8|12)\b", reading.low[reading.starts[i] : reading.starts[i] + 5]
    ):
        return
    first, names = _name_before(reading, i, m.SCHOOL_TYPES)
    if names > 1 and not reading.in_heading(i):
        yield Mark(reading.starts[first], reading.starts[i] + 3, Kind.SCHOOL, "school", _LIKELY)


def spanish_school(reading: Reading, i: int) -> Iterator[Mark]:
    """“Escuela Secundaria Lázaro Cárdenas”, “Colegio Santa Teresa”."""
    at = i + 1
    while at < len(reading.words) and at < i + 5 and reading.near(at):
        if reading.words[at] not in m.SPANISH_SCHOOL_TYPES and reading.words[at] not in {"de", "ninos", "no"}:
            break
        at += 1
    if at >= len(reading.words) or not reading.near(at) or reading.gap(at) not in {" ", "\n"}:
        return
    end = reading.run(at, 5)
    if (
        end > at
        and reading.words[at] not in {"ciencias", "lengua", "bellas"}
        and reading.words[i] not in _spanish_types_before(reading, i)
    ):
        yield reading.mark(i, end, Kind.SCHOOL, "school", _LIKELY)


def _spanish_types_before(reading: Reading, i: int) -> frozenset[str]:
    """`primaria` after `escuela` belongs to a name that was found from there."""
    return m.SPANISH_SCHOOLS if reading.before(i) in m.SPANISH_SCHOOLS else frozenset()


def district(reading: Reading, i: int) -> Iterator[Mark]:
    """“Harlan County Public Schools”, “Garland ISD”, “Pine Valley Unified”, “School District 54”."""
    if not reading.is_capital(i):
        return
    word = reading.words[i]
    first, names = _name_before(reading, i, m.DISTRICT_TYPES)
    number = None
    if (word == "district" and i > first) or (word == "usd" and reading.is_shouted(i)):
        number = _NUMBERED.match(reading.low, reading.ends[i])
    if number:
        yield Mark(reading.starts[first], number.end(), Kind.DISTRICT, "district", _LIKELY)
        return
    core = [name for name in reading.words[first:i] if name not in m.DISTRICT_TYPES]
    if not names or all(name in _NOT_DISTRICTS for name in core):
        return
    typed = i > first and reading.words[i - 1] in m.DISTRICT_TYPES
    if word == "unified" and reading.after(i) in {"school", "district"} and reading.is_capital(i + 1):
        return
    if word in {"schools", "district"} and not typed:
        return
    yield reading.mark(first, i + 1, Kind.DISTRICT, "district", _LIKELY)


def spanish_district(reading: Reading, i: int) -> Iterator[Mark]:
    """“Distrito Escolar Unificado de Monte Alto”."""
    at = i + 1
    while at < len(reading.words) and at < i + 7 and reading.near(at) and reading.words[at] in _SPANISH_DISTRICT_WORDS:
        at += 1
    if at >= len(reading.words) or not reading.near(at) or "escolar" not in reading.words[i:at]:
        return
    end = reading.run(at, 4)
    if end > at and reading.words[at - 1] in _OF_A_PLACE:
        yield reading.mark(i, end, Kind.DISTRICT, "district", _LIKELY)


def town_before_state(reading: Reading, i: int) -> Iterator[Mark]:
    """“Marfa, Texas”, “Coos Bay, OR”."""
    if i == 0 or not reading.is_capital(i) or reading.gap(i) not in {", ", ",\n"}:
        return
    code = reading.is_shouted(i) and reading.words[i].upper() in m.STATE_CODES
    pair = (reading.words[i], reading.after(i)) in m.STATE_PAIRS
    if not (code or pair or reading.words[i] in m.STATES):
        return
    end = i + 2 if pair else i + 1
    first, names = i, 0
    while first > 0 and names < 3 and reading.is_name_like(first - 1) and len(reading.words[first - 1]) > 1:
        if names and reading.gap(first) not in {" ", "-", ". "}:
            break
        first, names = first - 1, names + 1
    town = reading.words[first:i]
    if not town or town[-1] in m.STATES or town[-1] in m.LESSON_TOWNS or town[0] in NON_NAMES:
        return
    if not (reading.starts_sentence(first) and code):
        yield reading.mark(first, end, Kind.TOWN, "town", _LIKELY)


def town_named(reading: Reading, i: int) -> Iterator[Mark]:
    """“our town of Millersburg”, “vivo en la ciudad de Mayagüez”."""
    if reading.after(i) not in {"of", "de"}:
        return
    around = reading.words[max(0, i - 6) : i]
    if not {"our", "my", "live", "lives", "vivo", "vivimos", "nuestra", "nuestro", "mi", "from", "soy", "somos"} & set(
        around
    ):
        return
    end = reading.run(i + 2) if i + 2 < len(reading.words) and reading.near(i + 2) else i + 2
    if end > i + 2:
        yield reading.mark(i + 2, end, Kind.TOWN, "town", _LIKELY)


def room(reading: Reading, i: int) -> Iterator[Mark]:
    """“Room 12”, “Rm. 204B”, “salón 15”, “Portable 3”."""
    found = _ROOM.match(reading.low, reading.starts[i])
    if not found or reading.before(i) in _NOT_ROOMS:
        return
    if reading.words[i] in {"portable", "bungalow"} and not reading.is_capital(i):
        return
    yield Mark(found.start(), found.end(1), Kind.ROOM, "room", _LIKELY)


def numbered(reading: Reading) -> Iterator[Mark]:
    """“P.S. 118”, “SAISD”: schools and districts by letters."""
    for found in _NUMBERED_SCHOOL.finditer(reading.plain):
        yield Mark(found.start(), found.end(), Kind.SCHOOL, "school", _LIKELY)
    for found in _DISTRICT_LETTERS.finditer(reading.plain):
        yield Mark(found.start(), found.end(), Kind.DISTRICT, "district", _LIKELY)


_CENTER_TYPES = m.SCHOOL_TYPES | {"early", "learning", "education", "childhood"}
_STATE_WORDS = m.STATES | {code.lower() for code in m.STATE_CODES} | {first for first, _ in m.STATE_PAIRS}
DETECTORS = (
    (m.SCHOOL_ENDS, school),
    (frozenset({"ms", "hs", "es"}), school_by_letters),
    (frozenset({"center"}), learning_center),
    (frozenset({"k"}), school_to_eight),
    (m.SPANISH_SCHOOLS, spanish_school),
    (m.DISTRICT_ENDS | {"district", "schools", "unified"}, district),
    (frozenset({"distrito"}), spanish_district),
    (_STATE_WORDS, town_before_state),
    (frozenset({"town", "village", "city", "pueblo", "ciudad", "municipio"}), town_named),
    (
        frozenset(
            {
                "room",
                "rooms",
                "rm",
                "salon",
                "salones",
                "aula",
                "aulas",
                "classroom",
                "classrooms",
                "portable",
                "bungalow",
            }
        ),
        room,
    ),
)
