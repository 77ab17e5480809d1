"""Identity in texts: characters per second, against one plain regular expression over the same text in the same run.

The expression knows the same names, and e-mail and phone numbers in their plainest form: the least anybody would
write. It folds no accents, reads no surroundings and finds nobody it was not told about.
"""

import re
import resource
import statistics
import time
from collections.abc import Callable

from bench.table import Row, show
from tests.unit.core.privacy.sentences import IDENTIFYING, INNOCENT, MARGARET
from touchstone.core.privacy import find_identities

CHARACTERS = 1_000_000
LONG = 10_000_000
ROUNDS = 3
TEXTS = {"prose, nobody in it": INNOCENT, "somebody in every sentence": IDENTIFYING}


def measure() -> list[Row]:
    """Medians of interleaved rounds on one core, then the memory of a ten times longer text."""
    plain = _plain_expression()
    rows = []
    for name, sentences in TEXTS.items():
        text = _text([one.text for one in sentences], CHARACTERS)
        limits: list[float] = []
        ours: list[float] = []
        for _round in range(ROUNDS):
            limits.append(_seconds(lambda text=text: sum(1 for _ in plain.finditer(text))))
            ours.append(_seconds(lambda text=text: find_identities(text, MARGARET)))
        limit, seconds = statistics.median(limits), statistics.median(ours)
        figure = f"{CHARACTERS / seconds / 1e6:.2f} MB/s"
        rows.append(Row(f"identities: {name}", figure, f"{seconds / limit:.1f} × the time of one plain expression"))
    return [*rows, _memory()]


def _memory() -> Row:
    """How much the process grew while reading LONG characters, the text itself aside."""
    text = _text([one.text for one in INNOCENT], LONG)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = _seconds(lambda: find_identities(text, MARGARET))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    return Row(
        f"identities: {LONG // 1_000_000} MB of prose", f"{seconds:.1f} s", f"{grown:.0f} MB more memory at the peak"
    )


def _plain_expression() -> re.Pattern[str]:
    words = {word for name in (*MARGARET.own_names, *MARGARET.former_names, *MARGARET.pupils) for word in name.split()}
    places = (*MARGARET.schools, *MARGARET.districts, *MARGARET.towns)
    names = "|".join(map(re.escape, sorted({*words, *places})))
    return re.compile(rf"\b(?:{names})\b|[\w.+-]+@[\w-]+\.[\w.]+|\(?\d{{3}}\)?[ .-]\d{{3}}[ .-]\d{{4}}", re.IGNORECASE)


def _text(sentences: list[str], length: int) -> str:
    once = " ".join(sentences) + "\n"
    return (once * (length // len(once) + 1))[:length]


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    show(measure())
