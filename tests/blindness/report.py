"""What a crawl saw and what it found."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

COLUMNS = ("pages", "forms", "files", "mails", "tried")


@dataclass(frozen=True)
class Leak:
    """Something a face met that the table withholds from it. ``place`` is the part of the answer it stood in."""

    face: str
    address: str
    place: str
    kind: str
    of: str
    value: str

    def __str__(self) -> str:
        return f"{self.face} at {self.address}, in the {self.place}: {self.kind} of {self.of} ({self.value})"


@dataclass
class Report:
    """``seen`` counts per face what was opened; ``broken`` names answers that could not be read."""

    seen: dict[str, Counter[str]] = field(default_factory=dict)
    withheld: dict[str, int] = field(default_factory=dict)
    leaks: set[Leak] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def count(self, face: str, what: str) -> None:
        self.seen.setdefault(face, Counter())[what] += 1

    def total(self, what: str) -> int:
        return sum(row[what] for row in self.seen.values())

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{'who, acting as what':42}{'withheld':>9}" + "".join(f"{name:>7}" for name in COLUMNS) + f"{'leaks':>7}"
        for face, row in self.seen.items():
            leaks = sum(leak.face == face for leak in self.leaks)
            counts = "".join(f"{row[name]:>7}" for name in COLUMNS)
            yield f"{face:42}{self.withheld.get(face, 0):>9}{counts}{leaks:>7}"
        totals = "".join(f"{self.total(name):>7}" for name in COLUMNS)
        yield f"{f'{len(self.seen)} faces':42}{sum(self.withheld.values()):>9}{totals}{len(self.leaks):>7}"
        yield from (f"LEAK   {leak}" for leak in sorted(self.leaks, key=str))
        yield from (f"BROKEN {line}" for line in self.broken)
        yield "withheld: values looked for; forms: posted and undone; tried: addresses of others asked for in vain"
