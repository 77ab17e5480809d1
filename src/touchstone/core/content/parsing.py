"""From a JSON value to frozen documents, or to a list of everything that is wrong with it."""

from collections.abc import Collection
from dataclasses import fields
from decimal import Decimal
from typing import Any

from touchstone.core import deadlines
from touchstone.core.content.checks import item_problems
from touchstone.core.content.documents import (
    Alignment,
    ArtifactSlot,
    Component,
    Issuer,
    Item,
    KeyMethod,
    Part,
    Prompt,
    Research,
    Resource,
    Scoring,
    Stack,
    Topic,
)
from touchstone.core.content.problems import ContentInvalid, Problem, pointer, repeated
from touchstone.core.content.reading import check_shape
from touchstone.core.content.translations import translated, translation_problems
from touchstone.core.pathways import NOf, PathwayError, StackRule, progress
from touchstone.core.rubric import Criterion, Level, Need, PassingRule, Rubric

Json = dict[str, Any]


def parse_item(data: object, *, issuers: Collection[str] | None = None, topics: Collection[str] | None = None) -> Item:
    """A micro-credential from its document, format item-1.

    `issuers` and `topics`, when given, are the slugs and keys it may name. Raises ContentInvalid.
    """
    document = _shaped(data, "item-1")
    problems = [*item_problems(document), *translation_problems(document, "item")]
    problems += _unknown(document["issuer"], issuers, "issuer")
    for place, topic in enumerate(document["topics"]):
        problems += _unknown(topic, topics, "topics", place)
    if problems:
        raise ContentInvalid(problems)
    return _item(document, _languages(document))


def parse_stack(data: object, *, items: Collection[str] | None = None, issuers: Collection[str] | None = None) -> Stack:
    """A stack from its document, format stack-1.

    `items` and `issuers`, when given, are the slugs it may name. Raises ContentInvalid, also when
    the rule could not be met by somebody who holds every item it names.
    """
    document = _shaped(data, "stack-1")
    problems = [*translation_problems(document, "stack"), *_unknown(document["issuer"], issuers, "issuer")]
    for place, member in enumerate(document["rule"]["all_of"]):
        at: tuple[str | int, ...] = ("rule", "all_of", place)
        if isinstance(member, str):
            problems += _unknown(member, items, *at)
        else:
            for number, slug in enumerate(member["n_of"]["items"]):
                problems += _unknown(slug, items, *at, "n_of", "items", number)
    if problems:
        raise ContentInvalid(problems)
    return _stack(document, _stack_rule(document["rule"]["all_of"]), _languages(document))


def parse_issuers(data: object) -> tuple[Issuer, ...]:
    """Issuers from their document, format issuers-1. Raises ContentInvalid."""
    entries = _shaped(data, "issuers-1")["issuers"]
    problems = _twice([entry["slug"] for entry in entries], "issuers", "slug")
    for place, entry in enumerate(entries):
        try:
            deadlines.zone(entry["time_zone"])
        except deadlines.UnknownTimeZone as error:
            problems.append(Problem(pointer("issuers", place, "time_zone"), str(error)))
    if problems:
        raise ContentInvalid(problems)
    return tuple(Issuer(**entry) for entry in entries)


def parse_topics(data: object) -> tuple[Topic, ...]:
    """Topics from their document, format topics-1. Raises ContentInvalid."""
    entries = _shaped(data, "topics-1")["topics"]
    problems = _twice([entry["key"] for entry in entries], "topics", "key")
    for place, entry in enumerate(entries):
        problems += translation_problems(entry, "topic", "topics", place)
    if problems:
        raise ContentInvalid(problems)
    return tuple(_topic(entry) for entry in entries)


def _shaped(data: object, schema: str) -> Json:
    check_shape(data, schema)
    if not isinstance(data, dict):  # the schema has just said so; this tells the type checker
        raise TypeError(schema)
    return data


def _unknown(name: str, known: Collection[str] | None, *at: str | int) -> list[Problem]:
    if known is None or name in known:
        return []
    return [Problem(pointer(*at), f"“{name}” is not known here. Add it first, or correct the name.")]


def _twice(keys: list[str], listing: str, field: str) -> list[Problem]:
    return [
        Problem(pointer(listing, place, field), f"“{key}” is used twice. Choose another.")
        for place, key in repeated(keys)
    ]


def _stack_rule(members: list[Any]) -> StackRule:
    try:
        rule = StackRule(
            all_of=tuple(
                member if isinstance(member, str) else NOf(n=member["n_of"]["n"], items=tuple(member["n_of"]["items"]))
                for member in members
            )
        )
    except PathwayError as error:
        raise ContentInvalid([Problem("/rule/all_of", str(error))]) from None
    if not progress(rule, rule.items).complete:
        sentence = "Nobody could ever complete this: each item counts once, and the groups share too few."
        raise ContentInvalid([Problem("/rule/all_of", sentence)])
    return rule


def _topic(entry: Json) -> Topic:
    others = {language: _topic({"key": entry["key"], **words}) for language, words in _translations(entry).items()}
    return Topic(key=entry["key"], label=entry["label"], synonyms=tuple(entry["synonyms"]), translations=others)


def _translations(document: Json) -> Json:
    words: Json = document.get("translations", {})
    return words


def _languages(document: Json) -> tuple[str, ...]:
    return (document["language"], *_translations(document))


def _stack(document: Json, rule: StackRule, languages: tuple[str, ...]) -> Stack:
    plain = {name: document[name] for name in ("slug", "issuer", "language", "title", "summary", "description")}
    others = [_stack(translated(document, "stack", language), rule, languages) for language in _translations(document)]
    return Stack(**plain, rule=rule, languages=languages, translations=tuple(others))


def _item(document: Json, languages: tuple[str, ...]) -> Item:
    others = [_item(translated(document, "item", language), languages) for language in _translations(document)]
    built: Json = {
        "languages": languages,
        "translations": tuple(others),
        "key_method": KeyMethod(**document["key_method"]),
        "topics": tuple(document["topics"]),
        "components": tuple(Component(**entry) for entry in document["components"]),
        "research": tuple(Research(**entry) for entry in document["research"]),
        "resources": tuple(Resource(**{"url": None, **entry}) for entry in document["resources"]),
        "estimated_hours": Decimal(document["estimated_hours"]),
        "alignments": tuple(Alignment(**{"url": None, **entry}) for entry in document["alignments"]),
        "parts": tuple(_part(entry) for entry in document["parts"]),
        "rubric": Rubric(criteria=tuple(_criterion(entry) for entry in document["rubric"]["criteria"])),
        "passing_rule": PassingRule(all_of=tuple(Need(**line) for line in document["passing_rule"]["all_of"])),
        "scoring": _scoring(document.get("scoring", {})),
        "valid_for_months": document.get("valid_for_months"),
    }
    plain = {field.name: document[field.name] for field in fields(Item) if field.name not in built}
    return Item(**plain, **built)


def _scoring(entry: Json) -> Scoring:
    share = {"second_reads": Decimal(entry["second_reads"])} if "second_reads" in entry else {}
    return Scoring(**{**entry, **share})


def _part(entry: Json) -> Part:
    return Part(
        key=entry["key"],
        kind=entry["kind"],
        title=entry["title"],
        introduction=entry["introduction"],
        prompts=tuple(Prompt(**{"help": None, **prompt}) for prompt in entry["prompts"]),
        artifacts=tuple(ArtifactSlot(**{**slot, "accepts": tuple(slot["accepts"])}) for slot in entry["artifacts"]),
    )


def _criterion(entry: Json) -> Criterion:
    return Criterion(
        key=entry["key"],
        part=entry["part"],
        title=entry["title"],
        covers=tuple(entry["covers"]),
        levels=tuple(Level(**level) for level in entry["levels"]),
    )
