"""How much the finder finds, and how often it is wrong: `python -m tests.unit.core.privacy.measure` prints the tables.

With `--write` they are put into the guide; with `--misses` the sentences behind the figures are listed, those held
out excepted.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.unit.core.privacy.sentences import IDENTIFYING, INNOCENT, INNOCENT_TO_SOMEBODY, Sentence
from touchstone.core.privacy import Kind, TextFinding, find_identities

GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "identity-in-text.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"


@dataclass
class Tally:
    """Counts for one kind: identities written and found whole; findings given and right."""

    written: int = 0
    found: int = 0
    given: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.written

    @property
    def precision(self) -> float:
        return self.right / self.given


def tally(sentences: Iterable[Sentence]) -> dict[Kind, Tally]:
    """Counts by kind. An identity is found when every letter and digit of it lies inside findings, of whatever kind.
    A finding is right when it touches an identity."""
    counts = {kind: Tally() for kind in Kind}
    for sentence in sentences:
        findings = find_identities(sentence.text, sentence.known)
        for kind, start, end in sentence.labels:
            counts[Kind(kind)].written += 1
            counts[Kind(kind)].found += is_covered(sentence.text, start, end, findings)
        for finding in findings:
            counts[finding.kind].given += 1
            counts[finding.kind].right += is_right(finding, sentence)
    return counts


def is_covered(text: str, start: int, end: int, findings: tuple[TextFinding, ...]) -> bool:
    inside = {place for finding in findings for place in range(finding.start, finding.end)}
    return all(place in inside for place in range(start, end) if text[place].isalnum())


def is_right(finding: TextFinding, sentence: Sentence) -> bool:
    return any(finding.start < end and start < finding.end for _, start, end in sentence.labels)


def disturbed(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Innocent sentences in which something was found."""
    return [one for one in sentences if find_identities(one.text, one.known)]


def tables() -> str:
    """Markdown: recall and precision by kind, and innocent sentences disturbed."""
    tuned = tally(one for one in (*IDENTIFYING, *INNOCENT) if not one.held_out)
    held = tally(one for one in (*IDENTIFYING, *INNOCENT) if one.held_out)
    lines = [
        "| kind | found | held out: found | findings that are right | held out: right |",
        "|---|---|---|---|---|",
    ]
    for kind in Kind:
        lines.append(
            f"| {kind.value.replace('_', ' ')} | {_share(tuned[kind].found, tuned[kind].written)} "
            f"| {_share(held[kind].found, held[kind].written)} "
            f"| {_share(tuned[kind].right, tuned[kind].given)} | {_share(held[kind].right, held[kind].given)} |"
        )
    lines += ["", "| innocent sentences | something found in | held out |", "|---|---|---|"]
    for name, sentences in (
        ("read for nobody in particular", INNOCENT),
        ("read for people named Will Grant or Luz Ortega", INNOCENT_TO_SOMEBODY),
    ):
        lines.append(f"| {name} | {_disturbed(sentences, False)} | {_disturbed(sentences, True)} |")
    return "\n".join(lines) + "\n"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}"


def _disturbed(sentences: tuple[Sentence, ...], held_out: bool) -> str:
    some = [one for one in sentences if one.held_out == held_out]
    return _share(len(disturbed(some)), len(some))


def _misses() -> str:
    lines = []
    for sentence in IDENTIFYING:
        if sentence.held_out:
            continue
        findings = find_identities(sentence.text, sentence.known)
        missed = [label for label in sentence.labels if not is_covered(sentence.text, label[1], label[2], findings)]
        wrong = [finding.matched for finding in findings if not is_right(finding, sentence)]
        if missed or wrong:
            lines.append(
                f"{sentence.text!r}\n    missed {[(k, sentence.text[a:b]) for k, a, b in missed]} wrong {wrong}"
            )
    for sentence in (*INNOCENT, *INNOCENT_TO_SOMEBODY):
        findings = find_identities(sentence.text, sentence.known)
        if findings and not sentence.held_out:
            lines.append(f"{sentence.text!r}\n    innocent {[(f.kind.value, f.matched, f.reason) for f in findings]}")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    if "--misses" in arguments:
        print(_misses())
    if "--write" in arguments:
        text = GUIDE.read_text()
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        GUIDE.write_text(before + BEGIN + tables() + END + after)
    print(tables())


if __name__ == "__main__":
    main(sys.argv[1:])
