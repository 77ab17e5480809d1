"""Documents in several languages: whole or refused, part of the hash, and the same item whatever the language."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from touchstone.core.content import ContentInvalid, content_hash, parse_item, parse_stack, parse_topics, texts_of

CONTENT = Path(__file__).parents[4] / "content"
Json = dict[str, Any]


def stored(path: str) -> Json:
    document: Json = json.loads((CONTENT / path).read_text("utf-8"))
    return document


@pytest.fixture
def item() -> Json:
    return stored("items/wait-time.json")


def problems(parse: Callable[[object], object], document: object) -> dict[str, str]:
    with pytest.raises(ContentInvalid) as caught:
        parse(document)
    return {problem.path: problem.sentence for problem in caught.value.problems}


def leaves(tree: Any, *at: str | int) -> Iterator[tuple[str | int, ...]]:
    """Where every text of a translation stands."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for name, inner in entries:
        yield from leaves(inner, *at, name)
    if isinstance(tree, str):
        yield at


def container(document: Any, steps: tuple[str | int, ...]) -> Any:
    for step in steps:
        document = document[step]
    return document


def test_parse_item_when_translated_then_reads_in_both_languages_with_the_same_keys_and_numbers(item: Json) -> None:
    own = parse_item(item)
    spanish = own.read_in("es")
    assert own.languages == spanish.languages == ("en", "es")
    assert (spanish.language, spanish.title) == ("es", item["translations"]["es"]["title"])
    assert own.read_in("es-US") is spanish
    assert own.read_in("en-GB") is own.read_in("fr") is own.read_in("") is own
    assert [row.citation for row in spanish.research] == [row.citation for row in own.research]
    assert spanish.alignments == own.alignments
    assert spanish.passing_rule == own.passing_rule
    assert [(row.key, row.covers, [level.key for level in row.levels]) for row in spanish.rubric.criteria] == [
        (row.key, row.covers, [level.key for level in row.levels]) for row in own.rubric.criteria
    ]


def test_parse_item_when_any_one_text_is_missing_then_refused_with_its_place(item: Json) -> None:
    whole = item["translations"]["es"]
    places = list(leaves(whole))
    assert len(places) > 60
    for place in places:
        words = copy.deepcopy(whole)
        *to, name = place
        if isinstance(name, str):
            del container(words, tuple(to))[name]
            found = problems(parse_item, item | {"translations": {"es": words}})
            at = "".join(f"/{step}" for step in ("translations", "es", *to))
            assert "is missing" in found[at], place  # by the format or by the document


def test_parse_item_when_a_keyed_piece_is_missing_or_not_in_the_document_then_refused(item: Json) -> None:
    words = copy.deepcopy(item["translations"]["es"])
    words["components"]["made-up"] = words["components"].pop("first-pause")
    words["rubric"]["criteria"]["clip"]["levels"]["perfect"] = {"name": "Perfecto", "descriptor": "Todo."}
    words["parts"]["overview"]["prompts"]["plan"]["help"] = "Nada."
    words["resources"].pop()
    words["citation"] = "Stahl"
    at = "/translations/es"
    assert problems(parse_item, item | {"translations": {"es": words}}) == {
        f"{at}/citation": "“citation” is not part of this format. Take it out."
    }
    del words["citation"]
    assert problems(parse_item, item | {"translations": {"es": words}}) == {
        f"{at}/components": "“first-pause” is missing. Translate it.",
        f"{at}/components/made-up": "The document itself has no “made-up” here. Take it out.",
        f"{at}/rubric/criteria/clip/levels/perfect": "The document itself has no “perfect” here. Take it out.",
        f"{at}/parts/overview/prompts/plan/help": "The document itself has no “help” here. Take it out.",
        f"{at}/resources": "There are 4 of these in the document itself. Translate each of them.",
    }


@pytest.mark.parametrize("language", ["en", "not a tag", ""])
def test_parse_item_when_the_language_is_its_own_or_none_then_refused(item: Json, language: str) -> None:
    assert problems(parse_item, item | {"translations": {language: item["translations"]["es"]}})


def test_parse_item_when_resources_are_translated_that_are_not_there_then_refused(item: Json) -> None:
    found = problems(parse_item, item | {"resources": []})
    assert list(found) == ["/translations/es/resources"]


def test_content_hash_when_a_translation_changes_then_another_edition(item: Json) -> None:
    changed = copy.deepcopy(item)
    changed["translations"]["es"]["title"] += "."
    assert content_hash(changed) != content_hash(item)


def test_texts_of_when_a_translator_begins_then_every_text_and_nothing_else(item: Json) -> None:
    empty = texts_of(item, "item")
    assert set(leaves(empty)) == set(leaves(item["translations"]["es"]))
    assert not [place for place in leaves(empty) if {"key", "url", "citation", "slug"} & set(place)]


def test_parse_stack_and_topics_when_translated_then_read_in_both_languages() -> None:
    stack = parse_stack(stored("stacks/checking-for-understanding.json"))
    assert stack.read_in("es").title != stack.title
    assert stack.read_in("es").rule == stack.rule
    topics = parse_topics(stored("topics.json"))
    assert all(topic.translations["es"].label and topic.translations["es"].key == topic.key for topic in topics)
    document = stored("topics.json")
    del document["topics"][0]["translations"]["es"]["label"]
    assert problems(parse_topics, document) == {"/topics/0/translations/es": "“label” is missing. Add it."}
