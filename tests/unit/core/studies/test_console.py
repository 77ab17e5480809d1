"""`touchstone reliability`: any table of ratings, and what is said about one that cannot be read."""

import json
import os
from pathlib import Path

import pytest

from touchstone.config.command import main

ROWS = "work,assessor,criterion,level,on\n" + "".join(
    f"w{number},{who},clear,{(number + place * (number % 5 == 0)) % 3},2026-03-{1 + number % 28:02}\n"
    for number in range(36)
    for place, who in enumerate("xy")
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def _run(*asked: object) -> int:
    return main(["reliability", *map(str, asked)])


def test_a_table_then_its_figures_in_words(table: Path, capsys):
    assert _run(table, "--replications", 0) == 0
    said = capsys.readouterr().out
    assert "72 ratings of 36 works by 2 assessors; 36 works were read twice." in said
    assert "agreement.exact" in said


def test_asked_for_json_then_json_and_the_decision_under_the_rule(table: Path, capsys):
    assert _run(table, "--json", "--replications", 0, "--needed", "clear=1") == 0
    found = json.loads(capsys.readouterr().out)
    exact = next(row for row in found["report"]["criteria"][0]["figures"] if row["key"] == "agreement.exact")
    assert (exact["value"], exact["n"]) == (pytest.approx(28 / 36), 36)
    assert found["report"]["decision"]["name"] == "decision"


def test_other_names_and_words_for_levels_then_read_as_told(tmp_path: Path, capsys):
    path = tmp_path / "other.csv"
    path.write_text(
        "\ufeffpaper,rater,score\n" + "".join(f"{n},{r},{'good' if n % 2 else 'bad'}\n" for n in range(4) for r in "ab")
    )
    columns = ("--work", "paper", "--assessor", "rater", "--level", "score")
    assert _run(path, *columns, "--levels", "bad,good", "--replications", 0) == 0
    assert "100.0 %" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ("", (), "no column “work”"),
        ("a,b\n1,2\n", (), "--work COLUMN"),
        ("work,assessor,level\n", (), "no ratings"),
        ("work,assessor,level\n1,x,\n", (), "Line 2 has no level"),
        ("work,assessor,level\n1,x,good\n1,y,bad\n", (), "--levels LOWEST,…,HIGHEST"),
        ("work,assessor,level\n1,x,good\n", ("--levels", "low,high"), "not among those named"),
        ("work,assessor,level\n1,x,good\n", ("--levels", "low,low"), "named twice"),
        ("work,assessor,level\n1,x,2\n1,y,2\n", (), "Only one level"),
        ("work,assessor,level\n1,x,2\n1,y,002\n", (), "in one way"),
        ("work,assessor,level\n1,x,2\n1,y,2000\n", (), "not levels"),
        ("work,assessor,level,on\n1,x,2,soon\n1,y,1,soon\n", (), "YYYY-MM-DD"),
        ("work,assessor,level\n1,x,2\n1,x,1\n", (), "more than once"),
        ("work,assessor,level\n1,x,2\n1,y,1\n", ("--needed", "level"), "CRITERION=LEVEL"),
        ("work,assessor,level\n1,x,2\n1,y,1\n", ("--needed", "other=1"), "No rating is on the criterion"),
        ("work,assessor,level\n1,x,2\n1,y,1\n", ("--needed", "level=9"), "has no level “9”"),
    ],
)
def test_a_table_that_cannot_be_read_then_a_sentence_says_what_to_change(tmp_path, capsys, content, options, said):
    path = tmp_path / "ratings.csv"
    path.write_text(content, encoding="utf-8")
    assert _run(path, *options) == 1
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_then_told(tmp_path: Path, capsys):
    assert _run(tmp_path / "none.csv") == 1
    assert "No such file" in capsys.readouterr().err


def test_not_utf_8_then_told(tmp_path: Path, capsys):
    path = tmp_path / "old.csv"
    path.write_bytes(b"work,assessor,level\n\xe9,x,1\n")
    assert _run(path) == 1
    assert "UTF-8" in capsys.readouterr().err


def test_real_ratings_then_measured(capsys):
    folder = os.environ.get("TOUCHSTONE_REFERENCE")
    if not folder:
        pytest.skip("TOUCHSTONE_REFERENCE names no folder with the real ratings")
    path = Path(folder) / "data" / "writing_ratings_7_raters.csv"
    columns = ("--work", "idstud", "--assessor", "rater", "--level", "k1")
    assert _run(path, *columns, "--replications", 0) == 0
    assert "Severity of assessors" in capsys.readouterr().out
