"""The reference ratings, read where they lie; tests that need them skip where they are not."""

import csv
import os
from pathlib import Path

import pytest

from touchstone.core.reliability.ratings import Rating, Ratings, collect


def reference(name: str) -> Path:
    """The path of a reference file; skips the test, saying so, where the folder is absent."""
    path = Path(os.environ.get("TOUCHSTONE_REFERENCE", "")) / "data" / name
    if "TOUCHSTONE_REFERENCE" not in os.environ or not path.is_file():
        pytest.skip(f"TOUCHSTONE_REFERENCE holds no data/{name}")
    return path


def long_ratings(name: str, work: str, criteria: dict[str, int]) -> Ratings:
    """A long file, one row per work and assessor, with a column for each criterion."""
    with reference(name).open(encoding="utf-8") as lines:
        rows = [
            Rating(row[work], row["rater"], criterion, int(row[criterion]))
            for row in csv.DictReader(lines)
            for criterion in criteria
            if row[criterion]
        ]
    return collect(rows, criteria)


def writing() -> Ratings:
    """135 scripts, seven assessors, five criteria."""
    return long_ratings("writing_ratings_7_raters.csv", "idstud", dict.fromkeys(("k1", "k2", "k3", "k4", "k5"), 4))


def ten_raters() -> Ratings:
    """209 scripts, ten assessors, three criteria."""
    return long_ratings("ten_raters_forty_scripts.csv", "idstud", dict.fromkeys(("crit2", "crit3", "crit4"), 4))


def nine_raters() -> Ratings:
    """6,877 scripts, nine assessors, two criteria with six levels."""
    return long_ratings("nine_raters_conquest.csv", "pid", {"OP": 6, "TF": 6})


def diagnoses() -> Ratings:
    """30 patients, six physicians, five diagnoses (Fleiss 1971)."""
    with reference("fleiss_1971_diagnoses.csv").open(encoding="utf-8") as lines:
        rows = [
            Rating(f"{patient:02}", assessor, "diagnosis", int(diagnosis[0]) - 1)
            for patient, row in enumerate(csv.DictReader(lines))
            for assessor, diagnosis in row.items()
        ]
    return collect(rows, {"diagnosis": 5})
