"""Templates keep the content security policy, compile, and say the same as the modules beside them."""

import re
from pathlib import Path

import pytest
from django.template import engines

import touchstone.web
from touchstone.core.words import WORD_PATTERN

WEB = Path(touchstone.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.relative_to(WEB / "templates").parts]
SCRIPTS = sorted((WEB / "static" / "js").glob("*.js"))
FORBIDDEN = {
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\b(?:src|type=\"application/json\"))", re.IGNORECASE),
    "style element": re.compile(r"<style", re.IGNORECASE),
    "other host": re.compile(r"(?:src|<link[^>]*href)\s*=\s*[\"']https?:", re.IGNORECASE),
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_pages_when_read_then_nothing_the_policy_forbids(kind: str) -> None:
    found = [str(path.relative_to(WEB)) for path in PAGES if FORBIDDEN[kind].search(path.read_text())]
    assert found == []


def test_forbidden_when_given_each_offence_then_each_is_seen() -> None:
    offences = {
        "style attribute": '<p style="color:red">',
        "inline handler": '<p onclick="x()">',
        "inline script": "<script>x()</script>",
        "style element": "<style>p{}</style>",
        "other host": '<script src="https://cdn.example/x.js"></script>',
    }
    assert {kind for kind, text in offences.items() if FORBIDDEN[kind].search(text)} == set(FORBIDDEN)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))
def test_template_when_loaded_then_compiles(path: Path) -> None:
    engines["django"].get_template(str(path.relative_to(WEB / "templates")))


def test_words_module_when_compared_then_same_rule_as_the_server() -> None:
    text = (WEB / "static" / "js" / "words.js").read_text()
    found = re.search(r"String\.raw`(.*)`", text)
    assert found
    assert found[1] == WORD_PATTERN


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_when_read_then_nothing_evaluated_and_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\beval\(|new Function|https?://|document\.write|\.style\b", text)


def test_first_view_when_styles_and_shell_are_added_then_well_under_the_limit() -> None:
    names = ("tokens", "base", "components", "pages", "print")
    files = [WEB / f"static/css/{name}.css" for name in names]
    files += [WEB / f"static/js/{name}.js" for name in ("shell", "drafts")]
    assert sum(path.stat().st_size for path in files) < 40_000
