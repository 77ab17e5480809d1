"""Finding the writer's initials (“M. G. R.”), and names written letter by letter (“R i v e r a”)."""

import re
from collections.abc import Iterator

from touchstone.core.privacy.known import KnownIdentities
from touchstone.core.privacy.known_people import KnownPeople
from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.surface import plain_surface
from touchstone.core.privacy.words import word_set
from touchstone.core.privacy.words.markers import NAME_PARTICLES

_BETWEEN_LETTERS = frozenset({" ", ".", "-", "*"})
_MOST_LETTERS = 40
_NOT_INITIALS = word_set(
    """
    ela plc iep rti sel esl ell el pbl stem ms hs am pm ta pd pe ap ib us uk ok tv
    """
)
_FEWEST_UNDOTTED = 3


class Initials:
    """Patterns of the writer's initials: all of a name's words, and the first and last of them."""

    def __init__(self, known: KnownIdentities, people: KnownPeople) -> None:
        self._people = people
        letters: set[str] = set()
        for name in (*known.own_names, *known.former_names):
            words = [word for word in Reading(plain_surface(name)).words if word not in NAME_PARTICLES]
            if len(words) > 1:
                letters |= {"".join(word[0] for word in words), words[0][0] + words[-1][0]}
        shapes = [
            r"\. ?".join(map(re.escape, group.upper())) + r"(?:\.|(?![\w'.]))"
            for group in sorted(letters, key=len)[::-1]
        ]
        self._dotted = re.compile(rf"(?<![\w.])(?:{'|'.join(shapes)})") if shapes else None
        self._pairs = letters - _NOT_INITIALS

    def find(self, reading: Reading) -> Iterator[Mark]:
        """Initials and spaced-out names in the reading."""
        if self._dotted:
            for found in self._dotted.finditer(reading.plain):
                if "." in found.group():
                    yield Mark(found.start(), found.end(), Kind.NAME, "own_initials", Certainty.KNOWN)
        if self._pairs:
            yield from self._undotted(reading)
        yield from self._spaced_out(reading)

    def _undotted(self, reading: Reading) -> Iterator[Mark]:
        """“MGR” anywhere, “MR” only as a signature."""
        for i, word in enumerate(reading.words):
            if word not in self._pairs or not reading.is_shouted(i):
                continue
            signature = reading.line_starts(i) and reading.line_ends(i + 1) and i > 0
            if signature or len(word) >= _FEWEST_UNDOTTED:
                certainty = Certainty.LIKELY if signature else Certainty.POSSIBLE
                yield reading.mark(i, i + 1, Kind.NAME, "own_initials", certainty)

    def _spaced_out(self, reading: Reading) -> Iterator[Mark]:
        """“R i v e r a”, “R-i-v-e-r-a”: single letters that make up a known name."""
        singles = [i for i, word in enumerate(reading.words) if len(word) == 1]
        run: list[int] = []
        for i in (*singles, -1):
            if run and (i != run[-1] + 1 or reading.gap(i) not in _BETWEEN_LETTERS or len(run) >= _MOST_LETTERS):
                yield from self._judge_letters(reading, run)
                run = []
            run.append(i)

    def _judge_letters(self, reading: Reading, run: list[int]) -> Iterator[Mark]:
        word = "".join(reading.words[i] for i in run)
        owners = (self._people.people.get(word) or self._people.joined.get(word)) if len(run) > 3 else None
        if owners:
            own = 0 in owners
            kind, reason = (Kind.NAME, "own_name") if own else (Kind.PUPIL, "pupil_known")
            yield reading.mark(run[0], run[-1] + 1, kind, reason, Certainty.KNOWN)
