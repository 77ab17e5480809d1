"""Putting a neutral word in the place of each finding."""

from collections.abc import Iterable
from dataclasses import dataclass

from touchstone.core.privacy.pieces import Kind, TextFinding, TextSpan

WORDS = {
    "en": {
        Kind.NAME: "[name]",
        Kind.ADULT: "[name]",
        Kind.PUPIL: "[student]",
        Kind.SCHOOL: "[school]",
        Kind.DISTRICT: "[district]",
        Kind.TOWN: "[town]",
        Kind.ROOM: "[room]",
        Kind.EMAIL: "[e-mail]",
        Kind.PHONE: "[phone]",
        Kind.HANDLE: "[account]",
        Kind.LINK: "[link]",
        Kind.STUDENT_ID: "[number]",
        Kind.BIRTH_DATE: "[date]",
        Kind.ADDRESS: "[address]",
    },
    "es": {
        Kind.NAME: "[nombre]",
        Kind.ADULT: "[nombre]",
        Kind.PUPIL: "[estudiante]",
        Kind.SCHOOL: "[escuela]",
        Kind.DISTRICT: "[distrito]",
        Kind.TOWN: "[localidad]",
        Kind.ROOM: "[salón]",
        Kind.EMAIL: "[correo]",
        Kind.PHONE: "[teléfono]",
        Kind.HANDLE: "[cuenta]",
        Kind.LINK: "[enlace]",
        Kind.STUDENT_ID: "[número]",
        Kind.BIRTH_DATE: "[fecha]",
        Kind.ADDRESS: "[dirección]",
    },
}


class FindingsDoNotFit(Exception):
    """Findings of another text, out of order, or overlapping."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One replaced finding: `before` in the original text, `after` in the redacted one; both in code points."""

    finding: TextFinding
    before: TextSpan
    after: TextSpan


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text with neutral words in it, and where each one stands in both texts."""

    text: str
    replacements: tuple[Replacement, ...]


def redact(text: str, findings: Iterable[TextFinding], *, language: str = "en") -> Redacted:
    """Replace each finding by a word in brackets, such as “[name]”, in the language given (`en` or `es`).

    The findings must be this text's, in order and apart, as `find_identities` gives them; a person may have left some
    out. Raises FindingsDoNotFit otherwise.
    """
    words = WORDS.get(language, WORDS["en"])
    parts: list[str] = []
    replacements: list[Replacement] = []
    at = out = 0
    for finding in findings:
        if not at <= finding.start < finding.end <= len(text) or text[finding.start : finding.end] != finding.matched:
            raise FindingsDoNotFit("These findings do not belong to this text. Please look through the text again.")
        word = words[finding.kind]
        parts += [text[at : finding.start], word]
        out += finding.start - at
        after = TextSpan(out, out + len(word), finding.where.page)
        replacements.append(Replacement(finding, finding.where, after))
        at, out = finding.end, out + len(word)
    parts.append(text[at:])
    return Redacted("".join(parts), tuple(replacements))
