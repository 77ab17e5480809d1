"""A text made plain for matching, and the way back to where each character stood.

Letters lose their accents (in either Unicode form), full-width and look-alike letters become plain ones, odd spaces,
hyphens and apostrophes become common ones, and what has no width is left out. Case is kept in `plain`.

Sources: Unicode Standard Annex 15 (decomposition); Unicode Technical Standard 39 (look-alikes: the Cyrillic and
Greek letters that look Latin in common type are listed here, not its whole table).
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_LOOK_ALIKES = (
    "аеорсухіјѕһԁԛԝвкмтнАВЕКМНОРСТУХІЈЅԌαορνικυτΑΒΕΖΗΙΚΜΝΟΡΤΥΧıłŁđĐøØħĦðÐŧŦɑɡ",
    "aeopcyxijshdqwbkmthABEKMHOPCTYXIJSGaopvikutABEZHIKMNOPTYXilLdDoOhHdDtTag",
)
_APOSTROPHES = "\u2018\u2019\u201b\u02bb\u02bc\u02b9\u00b4\u2032\uff07\u055a\ua78c"
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\ufe58\ufe63\uff0d"
_QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\uff02"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\u0085\u2028\u2029"
_TWO_LETTERS = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"} | {
    sign: unicodedata.normalize("NFKD", sign) for sign in "ĳĲǆǅǄǉǈǇǌǋǊﬀﬁﬂﬃﬄﬅﬆ"
}
_NO_WIDTH = (
    r"\u00ad\u034f\u0300-\u036f\u0483-\u0487\u061c\u1ab0-\u1aff\u1dc0-\u1dff\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\u3164\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
    r"\U000e0000-\U000e0fff"
)
_ODD_BREAK = re.compile(r"[\r\v\f`]")
_ASCII_BREAKS = str.maketrans("\r\v\f`", "\n\n\n'")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_UNEVEN = re.compile(f"[{_NO_WIDTH}]+|[{''.join(_TWO_LETTERS)}]")
_LATIN = ((0x00C0, 0x0250), (0x1E00, 0x1F00), (0x2100, 0x2150), (0x24B6, 0x24EA), (0xFF01, 0xFF5F), (0x1D400, 0x1D800))


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, last in _LATIN:
        for point in range(first, last):
            bare = "".join(c for c in unicodedata.normalize("NFKD", chr(point)) if not unicodedata.combining(c))
            if len(bare) == 1 and bare.isascii():
                table[point] = bare
    table.update({ord(sign): plain for sign, plain in zip(*_LOOK_ALIKES, strict=True)})
    for signs, plain in ((_APOSTROPHES, "'"), (_HYPHENS, "-"), (_QUOTES, '"'), (_SPACES, " "), (_BREAKS, "\n")):
        table.update({ord(sign): plain for sign in signs})
    return table


_TABLE = _table()


@dataclass(frozen=True, slots=True)
class Surface:
    """`plain` is matched against, `low` is the same in lower case; both have the same length."""

    plain: str
    low: str
    breaks: tuple[int, ...]
    """Offsets in `plain` from which the distance to the original changes."""
    shifts: tuple[int, ...]
    """The distance to the original from each break on."""
    length: int
    """Characters of the original."""

    def start(self, offset: int) -> int:
        """Where the character at `offset` of `plain` stood in the original."""
        place = bisect_right(self.breaks, offset) - 1
        return offset + self.shifts[place] if place >= 0 else offset

    def end(self, offset: int) -> int:
        """One past the character before `offset`, with the widthless signs that hang on it."""
        return self.length if offset >= len(self.plain) else max(self.start(offset), self.start(offset - 1) + 1)


def plain_surface(text: str) -> Surface:
    """The surface of a text; time and memory are linear in its length."""
    if text.isascii():
        return _surface(_even_breaks(text), (), (), len(text))
    parts: list[str] = []
    breaks: list[int] = []
    shifts: list[int] = []
    at = out = 0
    for odd in _UNEVEN.finditer(text):
        parts.append(text[at : odd.start()])
        put = _TWO_LETTERS.get(odd.group(), "")
        out += odd.start() - at
        for _ in put:
            breaks.append(out)
            shifts.append(odd.start() - out)
            out += 1
        parts.append(put)
        at = odd.end()
        breaks.append(out)
        shifts.append(at - out)
    parts.append(text[at:])
    joined = _even_breaks("".join(parts))
    even = _NOT_ASCII.sub(lambda signs: signs.group().translate(_TABLE), joined)
    return _surface(even, tuple(breaks), tuple(shifts), len(text))


def _even_breaks(text: str) -> str:
    return text.translate(_ASCII_BREAKS) if _ODD_BREAK.search(text) else text


def spread_surface(name: str) -> Surface:
    """The surface of a file name: a space stands for each underscore, full stop and plus sign, and one is put in
    where small letters meet a capital (LessonPlan), or letters meet digits (Rivera4)."""
    base = plain_surface(name)
    parts: list[str] = []
    breaks, shifts = [], []
    at = out = 0
    for seam in _SEAM.finditer(base.plain):
        parts.append(base.plain[at : seam.start()] + " ")
        out += seam.start() - at + 1
        at = seam.start()
        breaks.append(out)
        shifts.append(at - out)
    parts.append(base.plain[at:])
    spread = "".join(parts)
    inner = Surface(spread, spread, tuple(breaks), tuple(shifts), len(base.plain))
    points = [base.start(inner.start(offset)) for offset in range(len(spread))]
    return _surface(spread.translate(_SEPARATORS), tuple(range(len(spread))), _distances(points), len(name))


def fold(text: str) -> str:
    """The plain text in lower case."""
    return plain_surface(text).low


_SEAM = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_SEPARATORS = str.maketrans("_.+~()[]", "        ")


def _distances(points: list[int]) -> tuple[int, ...]:
    return tuple(point - offset for offset, point in enumerate(points))


def _surface(plain: str, breaks: tuple[int, ...], shifts: tuple[int, ...], length: int) -> Surface:
    plain = plain.replace("\u0130", "I")
    return Surface(plain, plain.lower(), breaks, shifts, length)
