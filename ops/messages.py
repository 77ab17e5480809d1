"""The words of the interface in other languages: collected from the code, kept in ``.po`` files, compiled to ``.mo``.

``make messages`` brings every catalogue up to date: new strings come in without a translation, strings nobody uses go,
and what stands is compiled. It prints what is still to be translated. Needs Babel, no program beside Python.
"""

import ast
import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "touchstone"
LANGUAGES = ("es",)
# Of the core, which knows no translation: modules whose sentences doors put through gettext as they stand.
CORE = ("core/assignment/words.py", "core/media/", "core/privacy/reasons.py", "core/retention.py")
_SENTENCE = re.compile(r"[A-Z0-9{].* ")
_PLURAL = (1, 2)
_CONTEXT = ((1, "c"), 2)
_FUNCTIONS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (*_CONTEXT, 3)),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
type Key = tuple[str | None, str]


def main() -> int:
    found = extracted()
    for language in LANGUAGES:
        catalog = updated(language, found)
        with po_file(language).open("wb") as file:
            write_po(file, catalog, width=110, include_lineno=False, ignore_obsolete=True)
        mo_file(language).write_bytes(compiled(catalog))
        open_ones = list(untranslated(catalog))
        for message in open_ones:
            print(f"{language}: {', '.join(places(message))}: {_texts(message)[-1]!r}")
        for sentence in misplaced(catalog):
            print(f"{language}: {sentence}")
        print(f"{language}: {len(catalog)} strings, {len(open_ones)} of them without a translation")
    return 0


def po_file(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def mo_file(language: str) -> Path:
    return po_file(language).with_suffix(".mo")


def extracted() -> Catalog:
    """Every string of the program, from Python and from templates, with the files it stands in."""
    catalog = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*")):
        source = _python_of(path)
        if source is None:
            continue
        for line, message, _comments, context in extract(
            "python", io.BytesIO(source.encode()), keywords=_FUNCTIONS, options={"encoding": "utf-8"}
        ):
            catalog.add(message, locations=[(str(path.relative_to(PACKAGE)), line)], context=context)
        if str(path.relative_to(PACKAGE)).startswith(CORE):
            for line, sentence in _sentences(source):
                catalog.add(sentence, locations=[(str(path.relative_to(PACKAGE)), line)])
    return catalog


def _sentences(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every constant that reads like a sentence, leaving out docstrings and f-strings."""
    nodes = list(ast.walk(ast.parse(source)))
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    pieces = {id(piece) for node in nodes if isinstance(node, ast.JoinedStr) for piece in node.values}
    left_out = docstrings | pieces
    for node in nodes:
        said = node.value if isinstance(node, ast.Constant) and id(node) not in left_out else None
        if isinstance(node, ast.Constant) and isinstance(said, str) and _SENTENCE.match(said):
            yield node.lineno, said


def _python_of(path: Path) -> str | None:
    """A source as Python, as Babel reads it; a template's strings become calls, as in Django's own makemessages."""
    if path.suffix == ".py":
        return path.read_text("utf-8")
    if "templates" in path.parts and path.suffix in (".html", ".txt", ".svg"):
        if not settings.configured:
            settings.configure()
        lines = templatize(path.read_text("utf-8"), origin=str(path)).split("\n")
        return "\n".join(line.strip() for line in lines)  # the indentation of HTML is none of Python's
    return None


def read(language: str) -> Catalog:
    """The catalogue as it stands, or an empty one."""
    path = po_file(language)
    if not path.exists():
        comment = "# Touchstone in other words. `make messages` writes this file; only msgstr is written by hand."
        header = {
            "project": "Touchstone",
            "version": "1",
            "msgid_bugs_address": "",
            "last_translator": "Touchstone",
            "language_team": language,
        }
        return Catalog(locale=language, header_comment=comment, charset="utf-8", fuzzy=False, **header)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, found: Catalog) -> Catalog:
    """The catalogue with the strings found: those that stand keep their translation, the others have none yet."""
    catalog = read(language)
    found.creation_date = catalog.creation_date
    catalog.update(found, no_fuzzy_matching=True)
    return catalog


def compiled(catalog: Catalog) -> bytes:
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def keys(catalog: Catalog) -> set[Key]:
    """What each string is found by: its context and its text."""
    return {(message.context, _texts(message)[0]) for message in catalog if message.id}


def untranslated(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id and not all(_said(message)))


def misplaced(catalog: Catalog) -> Iterator[str]:
    """Translations whose placeholders are not those of the string."""
    for message in catalog:
        asked = [Counter(_PLACEHOLDER.findall(text)) for text in _texts(message)]
        for text in filter(None, _said(message) if message.id else ()):
            if Counter(_PLACEHOLDER.findall(text)) not in asked:
                yield f"{', '.join(places(message))}: the placeholders of {text!r} are not those of the string"


def places(message: Message) -> list[str]:
    """The files a string stands in."""
    return sorted({path for path, _line in message.locations})


def _texts(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _said(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


if __name__ == "__main__":
    sys.exit(main())
