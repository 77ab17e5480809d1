"""What the finder finds of the labelled sentences: floors by kind, and the guide's table."""

import re

import pytest

from tests.unit.core.privacy.measure import BEGIN, END, GUIDE, disturbed, tables, tally
from tests.unit.core.privacy.sentences import IDENTIFYING, INNOCENT, INNOCENT_TO_SOMEBODY
from touchstone.core.privacy import LIMITS, Kind

FLOORS: dict[str, tuple[float, float]] = {
    "name": (0.96, 0.98),
    "adult": (0.93, 0.94),
    "pupil": (0.91, 0.98),
    "school": (0.93, 0.98),
    "district": (0.92, 0.98),
    "town": (0.86, 0.98),
    "room": (0.94, 0.94),
    "email": (0.98, 0.98),
    "phone": (0.89, 0.98),
    "handle": (0.98, 0.98),
    "link": (0.98, 0.98),
    "student_id": (0.98, 0.98),
    "birth_date": (0.93, 0.98),
    "address": (0.87, 0.98),
}
"""Kind: recall and precision over all labelled sentences, those held out included; just under the measured ones."""


@pytest.fixture(scope="module")
def counts():
    return tally((*IDENTIFYING, *INNOCENT))


def test_the_labelled_set_is_large_enough(counts) -> None:
    assert len(IDENTIFYING) >= 200
    assert len(INNOCENT) >= 200
    assert all(counts[kind].written >= 12 for kind in Kind)
    assert sum(one.held_out for one in IDENTIFYING) * 3 >= len(IDENTIFYING) - 3


@pytest.mark.parametrize("kind", list(Kind))
def test_recall_and_precision_when_measured_then_above_the_floor(kind: Kind, counts) -> None:
    recall, precision = FLOORS[kind.value]
    assert counts[kind].recall >= recall
    assert counts[kind].precision >= precision


def test_innocent_sentences_when_read_then_few_are_disturbed() -> None:
    assert len(disturbed(INNOCENT)) <= 0.02 * len(INNOCENT)
    assert len(disturbed(INNOCENT_TO_SOMEBODY)) <= 0.02 * len(INNOCENT_TO_SOMEBODY)


def test_guide_when_read_then_its_table_is_the_measured_one() -> None:
    text = GUIDE.read_text()
    assert re.search(f"{re.escape(BEGIN)}(.*?){re.escape(END)}", text, re.DOTALL)[1] == tables()


def test_guide_when_read_then_it_says_every_limit() -> None:
    text = " ".join(GUIDE.read_text().split())
    assert all(sentence in text for sentence in LIMITS)
