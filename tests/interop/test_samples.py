"""The sample badge that everybody may drop into a verifier: it is as it was signed, for us and for others."""

import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from tests.interop.outside import outside_verdicts
from touchstone.core.openbadges.bake import unbake_png, unbake_svg
from touchstone.core.openbadges.console import verify_files

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TEXT = (SAMPLES / "wait-time.json").read_text("utf-8")
SIGNED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_samples_when_verified_offline_then_all_three_files_are_genuine() -> None:
    said = StringIO()
    files = [SAMPLES / f"wait-time.{ending}" for ending in ("json", "png", "svg")]
    assert verify_files(files, said, now=SIGNED) == 0
    assert said.getvalue().count("The badge is genuine") == 3


def test_samples_when_baked_then_the_pictures_carry_the_very_text() -> None:
    assert unbake_png((SAMPLES / "wait-time.png").read_bytes()) == TEXT
    assert unbake_svg((SAMPLES / "wait-time.svg").read_bytes()) == TEXT


@pytest.mark.parametrize("change", [("Three Seconds", "Three Seconds"), ("Three Seconds", "Four Seconds")])
def test_sample_when_given_to_verifiers_by_others_then_they_agree(change: tuple[str, str]) -> None:
    verdicts = outside_verdicts(json.loads(TEXT.replace(*change)), {}, {})
    assert set(verdicts.values()) == {change[0] == change[1]}, verdicts
