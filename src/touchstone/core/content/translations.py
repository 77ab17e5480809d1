"""One document in several languages: what is translated, whether a translation is whole, and the document read in it.

A translation has the shape of its document's texts: objects stay objects, a list whose entries have keys becomes an
object by those keys, any other list stays a list in the same order. Keys, numbers, addresses, citations and the names
of standards are not translated.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from touchstone.core.content.problems import Problem, pointer

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _ByKey:
    """A list whose entries have keys, each with these texts."""

    texts: Json


_TEXT = None
_ITEM: Json = {
    "title": _TEXT,
    "summary": _TEXT,
    "competency": _TEXT,
    "key_method": {"name": _TEXT, "description": _TEXT},
    "components": _ByKey({"name": _TEXT, "description": _TEXT}),
    "rationale": _TEXT,
    "research": _ByKey({"finding": _TEXT}),
    "resources": [{"title": _TEXT, "description": _TEXT}],
    "who_assesses": _TEXT,
    "parts": _ByKey(
        {
            "title": _TEXT,
            "introduction": _TEXT,
            "prompts": _ByKey({"text": _TEXT, "help": _TEXT}),
            "artifacts": _ByKey({"title": _TEXT, "description": _TEXT}),
        }
    ),
    "rubric": {
        "criteria": _ByKey({"title": _TEXT, "levels": _ByKey({"name": _TEXT, "descriptor": _TEXT})}),
    },
}
_STACK: Json = {"title": _TEXT, "summary": _TEXT, "description": _TEXT}
_TOPIC: Json = {"label": _TEXT, "synonyms": _TEXT}
TEXTS: Mapping[str, Json] = {"item": _ITEM, "stack": _STACK, "topic": _TOPIC}


def base(language: str) -> str:
    """The language of a tag without its region: ``es`` of ``es-US``."""
    return language.split("-")[0].lower()


def closest(languages: Iterable[str], wanted: str) -> str | None:
    """The language among these that a reader of ``wanted`` reads best: the same tag, else the same language."""
    known = list(languages)
    same = [language for language in known if base(language) == base(wanted)]
    return wanted if wanted in known else next(iter(same), None)


def translation_problems(document: Json, kind: str, *at: str | int) -> Iterator[Problem]:
    """Everything that keeps the translations of a document whose shape is right from being whole."""
    for language, words in document.get("translations", {}).items():
        place = (*at, "translations", language)
        if language == document.get("language"):
            yield Problem(pointer(*place), "The document itself is in this language. Take the translation out.")
        yield from _differences(_texts(document, TEXTS[kind]), words, place)


def translated(document: Json, kind: str, language: str) -> Json:
    """The document with its texts in one of its translations, and without the others."""
    words = document["translations"][language]
    read: Json = _replaced(document, TEXTS[kind], words)
    del read["translations"]
    return read | {"language": language}


def texts_of(document: Json, kind: str) -> Json:
    """What a translator has before her: the texts of a document in the shape of a translation."""
    found: Json = _texts(document, TEXTS[kind])
    return found


def _texts(value: Any, shape: Any) -> Any:
    if isinstance(shape, _ByKey):
        return {entry["key"]: _texts(entry, shape.texts) for entry in value}
    if isinstance(shape, list):
        return [_texts(entry, shape[0]) for entry in value]
    if isinstance(shape, dict):
        return {name: _texts(value[name], inner) for name, inner in shape.items() if name in value}
    return value


def _replaced(value: Any, shape: Any, words: Any) -> Any:
    if isinstance(shape, _ByKey):
        return [_replaced(entry, shape.texts, words[entry["key"]]) for entry in value]
    if isinstance(shape, list):
        return [_replaced(entry, shape[0], said) for entry, said in zip(value, words, strict=True)]
    if isinstance(shape, dict):
        said = {name: _replaced(value[name], shape[name], words[name]) for name in shape.keys() & words.keys()}
        return value | said
    return words


def _differences(own: Any, words: Any, at: tuple[str | int, ...]) -> Iterator[Problem]:
    if isinstance(own, dict):
        for name in own.keys() - words.keys():
            yield Problem(pointer(*at), f"“{name}” is missing. Translate it.")
        for name in words.keys() - own.keys():
            yield Problem(pointer(*at, name), f"The document itself has no “{name}” here. Take it out.")
        for name in own.keys() & words.keys():
            yield from _differences(own[name], words[name], (*at, name))
    elif isinstance(own, list) and any(isinstance(entry, dict) for entry in (*own, *words)):
        if len(own) != len(words):
            sentence = f"There are {len(own)} of these in the document itself. Translate each of them."
            yield Problem(pointer(*at), sentence)
        for place, (entry, said) in enumerate(zip(own, words, strict=False)):
            yield from _differences(entry, said, (*at, place))
