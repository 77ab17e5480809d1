"""Who would be recognised in what an earner wrote: told to her while she writes, taken out of what assessors read.

What is sure is replaced for assessors in any case; of the rest she may say that it tells nobody who she is. What she
said so about is kept as a fingerprint, never as the words themselves.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from touchstone.core.folding import fold
from touchstone.core.media.findings import Finding
from touchstone.core.privacy import (
    REASONS,
    Certainty,
    KnownIdentities,
    TextFinding,
    find_identities,
    redact,
)

MOST_READ = 5_000_000  # bytes of a text file that are looked through; longer ones are data, not writing


@dataclass(frozen=True)
class Remark:
    """Something in a text that could tell who somebody is. ``word`` would stand there instead.

    ``replaced``: assessors get the word already. ``may_keep``: the earner may say that it tells nothing.
    """

    mark: str
    matched: str
    word: str
    why: str
    replaced: bool
    may_keep: bool


def remarks_on(text: str, known: KnownIdentities, kept: Collection[str], *, language: str) -> list[Remark]:
    """What the earner should look at in a text, each once, in the order of the text."""
    findings = _open(find_identities(text, known, language=language), kept)
    redacted = redact(text, findings, language=language)
    found: dict[str, Remark] = {}
    for row in redacted.replacements:
        finding, mark = row.finding, mark_of(row.finding)
        found.setdefault(
            mark,
            Remark(
                mark,
                matched=" ".join(str(finding.matched).split()),
                word=redacted.text[row.after.start : row.after.end],
                why=_(REASONS[finding.reason]),
                replaced=is_replaced(finding),
                may_keep=finding.certainty is not Certainty.KNOWN,
            ),
        )
    return list(found.values())


def blind(text: str, known: KnownIdentities, kept: Collection[str], *, language: str) -> str:
    """The text as an assessor reads it."""
    findings = _open(find_identities(text, known, language=language), kept)
    return redact(text, [row for row in findings if is_replaced(row)], language=language).text


def without(text: str, mark: str, known: KnownIdentities, *, language: str) -> str:
    """The text with a neutral word wherever this mark's finding stands."""
    findings = find_identities(text, known, language=language)
    return redact(text, [row for row in findings if mark_of(row) == mark], language=language).text


def is_replaced(finding: TextFinding) -> bool:
    """Sure by what we know or by its form; what is merely possible is the earner's to judge."""
    return finding.certainty is not Certainty.POSSIBLE


def mark_of(finding: TextFinding) -> str:
    """A fingerprint of what was found, the same wherever the same words stand."""
    words = " ".join(fold(str(finding.matched)).split())
    return sha256(f"{finding.kind} {words}".encode()).hexdigest()[:16]


def blind_file(path: Path, known: KnownIdentities, *, language: str) -> Finding | None:
    """Replace in a text file what tells who somebody is; what to tell the earner of it, or None."""
    if path.stat().st_size > MOST_READ:
        return None
    text = path.read_text(encoding="utf-8", errors="replace")
    findings = [row for row in find_identities(text, known, language=language) if is_replaced(row)]
    if not findings:
        return None
    path.write_text(redact(text, findings, language=language).text, encoding="utf-8")
    what = gettext_noop("Words that tell who somebody is were replaced")
    return Finding("identity_in_text", what, str(findings[0].matched), len(findings))


def _open(findings: Iterable[TextFinding], kept: Collection[str]) -> list[TextFinding]:
    """Those the earner has not put aside. What is known to be hers cannot be put aside."""
    return [row for row in findings if row.certainty is Certainty.KNOWN or mark_of(row) not in kept]
