"""Finding people nobody told us about in the names of files: JSmith_lesson, Smith-Jane, plan_AshleyJohnson."""

from collections.abc import Iterator

from touchstone.core.privacy.pieces import Certainty, Kind
from touchstone.core.privacy.reading import Mark, Reading
from touchstone.core.privacy.words.curriculum import FAMOUS_FULL, FAMOUS_SURNAMES
from touchstone.core.privacy.words.given import GIVEN_NAMES
from touchstone.core.privacy.words.ordinary import COMMON_WORDS, FUNCTION_WORDS, MONTHS, PLACES
from touchstone.core.privacy.words.surnames import SURNAMES

_WORDS_TOO = COMMON_WORDS | FUNCTION_WORDS | MONTHS | PLACES | FAMOUS_SURNAMES


def find(reading: Reading) -> Iterator[Mark]:
    """An initial beside a surname, a first name beside a surname, or a surname that is no word."""
    for i, word in enumerate(reading.words):
        if word not in SURNAMES:
            continue
        before, after = reading.before(i), reading.after(i)
        if f"{before}+{word}" in FAMOUS_FULL:
            continue
        if before in GIVEN_NAMES or (len(before) == 1 and before not in {"a", "y"}):
            yield reading.mark(i - 1, i + 1, Kind.NAME, "file_name", Certainty.LIKELY)
        elif after in GIVEN_NAMES and after not in _WORDS_TOO and word not in _WORDS_TOO:
            yield reading.mark(i, i + 2, Kind.NAME, "file_name", Certainty.LIKELY)
        elif word not in _WORDS_TOO and len(word) > 3 and reading.is_capital(i):
            yield reading.mark(i, i + 1, Kind.NAME, "file_name", Certainty.POSSIBLE)
