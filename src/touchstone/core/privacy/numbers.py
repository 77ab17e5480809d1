"""Finding numbers that stand for somebody: student numbers, dates of birth, street addresses."""

import re
from collections.abc import Iterator

from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.words import word_set

_LIKELY = Certainty.LIKELY
_OLDEST_BIRTH = 1930
"""Years before it belong to history lessons."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)"
)
_DATE = re.compile(
    rf"(?<![\w/-])(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of| de)? {_MONTH}\.?(?:,?(?: del?)? \d{{4}})?)(?!\w|[/.-]\d)"
)
_BIRTH = word_set(
    """
    bday born birthday birthdate birth dob nacio nacida nacido nacimiento cumpleanos naci nacimos
    """
)
_AFTER_BIRTH = 32
"""Characters after a word of birth in which its date begins."""

_NUMBER = r"(?P<id>[a-z]{0,4}-?\d[\d-]{2,14}|[a-z]{3,5}\d{5,8})(?!\w)"
_STUDENT_NUMBER = re.compile(
    r"(?:(?:id|identification|ssid|ssn|osis|lasid|pin)\b[ .]{0,2}"
    r"(?:(?:no|num|number|card)\b\.?|del? (?:alumno|alumna|estudiante)\b)?"
    r"|(?:student|pupil|alumno|alumna|estudiante) ?(?=#)"
    r"|(?:student|pupil|lunch|school) (?:number|no|num|code)\b\.?"
    r"|(?:numero|no|num|clave|codigo)\b\.? (?:de |del )(?:estudiante|alumno|alumna|matricula)\b"
    r"|matricula\b(?: (?:no|num)\b\.?)?)[ \n]{0,2}(?:#|:|=|is |es |was |number )?[ #:]{0,3}" + _NUMBER
)
_STUDENT_WORDS = word_set(
    """
    id identification ssid ssn osis lasid pin student pupil lunch school alumno alumna estudiante numero no
    num clave codigo matricula
    """
)
_SOCIAL_SECURITY = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")

_STREET_WORDS = word_set(
    """
    street st avenue ave road rd lane ln drive dr court ct boulevard blvd way place pl
    terrace ter circle cir parkway pkwy trail
    """
)
_STREET = re.compile(
    r"(?<![\w.])\d{1,6}[A-Za-z]? (?:[NSEW]\.? |(?:North|South|East|West) )?"
    r"(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][\w.']{0,24}(?: [A-Z][\w.']{0,24}){0,4}) (?:"
    + "|".join(sorted(word.title() for word in _STREET_WORDS))
    + r")\Z"
)
_HIGHWAY = re.compile(
    r"(?<![\w.])\d{1,6} (?:Highway|Hwy|Route|County Road) \d{1,4}(?: [NSEW]\b| (?:North|South|East|West)\b)?"
)
_APARTMENT = re.compile(
    r"\.?(?: (?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b\.?)?"
    r"(?:,? (?:Apt|Apartment|Unit|Suite|Ste|#)\.? ?#?\w{1,5})?"
)
_STREET_BEFORE = 80
_CALLE = re.compile(
    r"(?:calle|avenida|av|calzada|callejon|bulevar|boulevard|carretera|prolongacion|privada)\b\.? "
    r"(?:\d{1,2} )?(?:de |del |la |las |los )?"
    r"[^\W\d_]{2,20}(?: (?:de |del |la |las |los )?[^\W\d_]{2,20}){0,3},? (?:#|no\.? ?|num\.? ?)?\d{1,6}(?!\w)"
)
_CALLES = word_set(
    """
    calle avenida av calzada callejon bulevar boulevard carretera prolongacion privada
    """
)
_BOX = re.compile(r"(?:p\.? ?o\.? ?)(?:box|drawer) ?#?\d{1,6}(?!\w)|apartado(?: postal)? ?#?\d{1,6}(?!\w)")


def birth_date(reading: Reading, i: int) -> Iterator[Mark]:
    """“DOB: 03/14/2013”, “nació el 3 de mayo de 2014”; not “born in 1879”."""
    if reading.before(i) in {"happy", "feliz"}:
        return
    if reading.words[i] == "d" and (reading.word(i + 1), reading.word(i + 2)) != ("o", "b"):
        return
    end = reading.ends[i]
    found = _DATE.search(reading.low, end, end + _AFTER_BIRTH + 24)
    if not found or found.start() > end + _AFTER_BIRTH:
        return
    if "]" in reading.low[end : found.start()]:  # its own date was replaced before, and another's is left alone
        return
    year = re.search(r"\d{4}", found.group())
    if not year or int(year.group()) >= _OLDEST_BIRTH:
        yield Mark(found.start(), found.end(), Kind.BIRTH_DATE, "birth_date", _LIKELY)


def student_number(reading: Reading, i: int) -> Iterator[Mark]:
    """“Student ID 4402918”, “Matrícula: A01234567”, “lunch PIN 5521”."""
    found = _STUDENT_NUMBER.match(reading.low, reading.starts[i])
    if found:
        yield Mark(found.start("id"), found.end("id"), Kind.STUDENT_ID, "student_id", _LIKELY)


def social_security(reading: Reading) -> Iterator[Mark]:
    """“123-45-6789”, with or without words around."""
    for found in _SOCIAL_SECURITY.finditer(reading.low):
        yield Mark(found.start(), found.end(), Kind.STUDENT_ID, "student_id", _LIKELY)


def street(reading: Reading, i: int) -> Iterator[Mark]:
    """“1420 Willow Creek Road”, “305 West 42nd Street, Apt. 6B”."""
    if not reading.is_capital(i):
        return
    begin, end = max(0, reading.starts[i] - _STREET_BEFORE), reading.ends[i]
    found = _STREET.search(reading.plain[begin:end])
    if found:
        more = _APARTMENT.match(reading.plain, end)
        stop = more.end() if more else end
        yield Mark(begin + found.start(), stop, Kind.ADDRESS, "address", _LIKELY)


def highway(reading: Reading, i: int) -> Iterator[Mark]:
    """“4410 Highway 9 South”."""
    begin = max(0, reading.starts[i] - 16)
    found = _HIGHWAY.search(reading.plain, begin, reading.ends[i] + 16)
    if found:
        yield Mark(found.start(), found.end(), Kind.ADDRESS, "address", _LIKELY)


def calle(reading: Reading, i: int) -> Iterator[Mark]:
    """“Calle Morelos 45”, “Av. 5 de Mayo 318”."""
    found = _CALLE.match(reading.low, reading.starts[i])
    if found and reading.is_capital(i):
        yield Mark(found.start(), found.end(), Kind.ADDRESS, "address", _LIKELY)


def post_box(reading: Reading, i: int) -> Iterator[Mark]:
    """“P.O. Box 1182”, “Apartado Postal 77”."""
    begin = max(0, reading.starts[i] - 8)
    found = _BOX.search(reading.low, begin, reading.ends[i] + 16)
    if found:
        yield Mark(found.start(), found.end(), Kind.ADDRESS, "address", _LIKELY)


DETECTORS = (
    (_BIRTH | {"d"}, birth_date),
    (_STUDENT_WORDS, student_number),
    (_STREET_WORDS, street),
    (frozenset({"highway", "hwy", "route"}), highway),
    (_CALLES, calle),
    (frozenset({"box", "drawer", "apartado"}), post_box),
)
