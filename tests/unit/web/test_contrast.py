"""Every pair of colours that meet on a page keeps the WCAG 2.2 AA contrast, in light and in dark."""

import re
from pathlib import Path

import pytest

import touchstone.web

TOKENS = (Path(touchstone.web.__file__).parent / "static" / "css" / "tokens.css").read_text()
GROUNDS = ("paper", "surface", "sunk")
WASHES = ("accent-wash", "good-wash", "warn-wash", "bad-wash")
INKS = ("ink", "accent", "accent-strong")
TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "ink-soft", "accent", "accent-strong", "good", "warn", "bad")
        for ground in GROUNDS
    ],
    *[(ink, wash) for ink in ("ink", "accent", "accent-strong") for wash in WASHES],
    ("ink-soft", "accent-wash"),
    ("good", "good-wash"),
    ("warn", "warn-wash"),
    ("bad", "bad-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-bad", "bad"),
]
MARKS = [("edge", ground) for ground in GROUNDS]


def schemes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    found = {
        name: dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))
        for name, text in (("light", light), ("dark", dark))
    }
    return {"light": found["light"], "dark": found["light"] | found["dark"]}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2, section “relative luminance”."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_when_black_on_white_then_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_tokens_when_dark_then_every_colour_is_restated() -> None:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    assert set(re.findall(r"--([\w-]+): #", light)) == set(re.findall(r"--([\w-]+): #", dark))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (MARKS, 3.0)], ids=["text", "marks"])
def test_pairs_when_they_meet_then_contrast_is_enough(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = schemes()[scheme]
    ratios = {f"{ink} on {ground}": contrast(colours[ink], colours[ground]) for ink, ground in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least} == {}
