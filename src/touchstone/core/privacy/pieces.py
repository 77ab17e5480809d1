"""What a finding is and where it can be: in a text, in a stretch of sound or video, on a page or picture.

Text is searched by `touchstone.core.privacy.finding`. Whatever looks inside files answers with the same `Finding`,
with another region. `touchstone.core.media.findings` is about what a file's metadata said; this is about its content.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Who or what would be recognised."""

    NAME = "name"
    ADULT = "adult"
    PUPIL = "pupil"
    SCHOOL = "school"
    DISTRICT = "district"
    TOWN = "town"
    ROOM = "room"
    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"
    LINK = "link"
    STUDENT_ID = "student_id"
    BIRTH_DATE = "birth_date"
    ADDRESS = "address"


class Certainty(StrEnum):
    """`known`: given to us as somebody's; `likely`: its form says so; `possible`: a person should look."""

    KNOWN = "known"
    LIKELY = "likely"
    POSSIBLE = "possible"


RANK = {Certainty.POSSIBLE: 0, Certainty.LIKELY: 1, Certainty.KNOWN: 2}


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Characters `start` to `end` (exclusive) of a text, counted in Unicode code points as Python counts them.

    `page` is the page, slide or sheet the text stands on, from 1; None for a text without pages.
    """

    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Milliseconds `begin` to `end` (exclusive) of a recording."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a picture or page: all four as shares (0 to 1) of its width and height, from the top left corner.

    `page` is the page from 1; `during` the stretch of a video in which it is seen.
    """

    left: float
    top: float
    width: float
    height: float
    page: int | None = None
    during: TimeSpan | None = None


type Region = TextSpan | TimeSpan | Rectangle


@dataclass(frozen=True, slots=True)
class Finding[R: Region]:
    """One identity and where it is.

    `matched` is the text as it stood there, None where there is no text (a face). It is personal and stays out of
    `repr`, so that no log line carries it. `reason` is a key of `touchstone.core.privacy.reasons.REASONS`.
    """

    kind: Kind
    where: R
    matched: str | None = field(repr=False)
    reason: str
    certainty: Certainty

    @property
    def start(self: "Finding[TextSpan]") -> int:
        """First character, in code points."""
        return self.where.start

    @property
    def end(self: "Finding[TextSpan]") -> int:
        """One past the last character, in code points."""
        return self.where.end


type TextFinding = Finding[TextSpan]


def utf16_offsets(text: str, findings: Iterable[TextFinding]) -> tuple[tuple[int, int], ...]:
    """Start and end of each finding in UTF-16 code units, as JavaScript counts them. Findings in order of start.

    Characters beyond U+FFFF (most emoji) count one in Python and two in JavaScript.
    """
    answer = []
    at = units = 0
    for finding in findings:
        units += _units(text[at : finding.start])
        length = _units(text[finding.start : finding.end])
        answer.append((units, units + length))
        at, units = finding.end, units + length
    return tuple(answer)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
