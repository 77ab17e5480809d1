"""Content documents: what is accepted, what is refused and with which sentence, and the whole catalogue."""

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from touchstone.core import rubric
from touchstone.core.content import (
    SCHEMAS,
    ContentInvalid,
    content_hash,
    parse_issuers,
    parse_item,
    parse_stack,
    parse_topics,
    read_json,
    schema,
)

CONTENT = Path(__file__).parents[3] / "content"


def levels(*keys: str) -> list[dict[str, str]]:
    return [{"key": key, "name": key, "descriptor": f"Work at {key}."} for key in keys]


def small_item() -> dict[str, Any]:
    return {
        "schema": 1,
        "slug": "small-item",
        "issuer": "somebody",
        "language": "en",
        "title": "A small item",
        "summary": "One sentence.",
        "topics": ["science"],
        "competency": "The educator does something.",
        "key_method": {"name": "Method", "description": "First.\n\nSecond."},
        "components": [{"key": "one", "name": "One", "description": "It."}],
        "rationale": "Because.",
        "research": [{"key": "r1", "citation": "A (2020).", "url": "https://example.org/a", "finding": "It helped."}],
        "resources": [],
        "grain": "small",
        "estimated_hours": "2.5",
        "who_assesses": "One assessor.",
        "turnaround": 10,
        "alignments": [],
        "parts": [
            {
                "key": "overview",
                "kind": "overview",
                "title": "Overview",
                "introduction": "Tell.",
                "prompts": [{"key": "context", "text": "Who?", "min_words": 10, "max_words": 50}],
                "artifacts": [],
            },
            {
                "key": "work",
                "kind": "artifacts",
                "title": "Work",
                "introduction": "Show.",
                "prompts": [],
                "artifacts": [
                    {
                        "key": "plan",
                        "title": "Plan",
                        "description": "A plan.",
                        "accepts": ["document"],
                        "min_items": 1,
                        "max_items": 2,
                        "needs_release": False,
                    }
                ],
            },
        ],
        "rubric": {
            "criteria": [
                {
                    "key": "c1",
                    "part": "overview",
                    "title": "Context",
                    "covers": ["context"],
                    "levels": levels("not-yet", "passing"),
                },
                {
                    "key": "c2",
                    "part": "work",
                    "title": "Plan",
                    "covers": ["plan"],
                    "levels": levels("developing", "basic", "proficient"),
                },
            ]
        },
        "passing_rule": {
            "schema": 1,
            "all_of": [
                {"criterion": "c1", "at_least": "passing"},
                {"criterion": "c2", "at_least": "proficient"},
            ],
        },
    }


def small_stack() -> dict[str, Any]:
    return {
        "schema": 1,
        "slug": "pair",
        "issuer": "somebody",
        "title": "Pair",
        "summary": "Two.",
        "description": "Two items.",
        "language": "en",
        "rule": {"schema": 1, "all_of": ["a", {"n_of": {"n": 1, "items": ["b", "c"]}}]},
    }


def at(document: Any, path: str) -> tuple[Any, Any]:
    """The container and the last step of a JSON Pointer."""
    *steps, last = [int(s) if s.isdigit() else s for s in path.strip("/").split("/")]
    for step in steps:
        document = document[step]
    return document, last


def changed(document: Any, path: str, value: Any) -> Any:
    document = copy.deepcopy(document)
    container, last = at(document, path)
    container[last] = value
    return document


def problems(parse: Callable[[object], object], document: object) -> list[tuple[str, str]]:
    with pytest.raises(ContentInvalid) as caught:
        parse(document)
    assert caught.value.problems
    return [(problem.path, problem.sentence) for problem in caught.value.problems]


def test_parse_item_when_complete_then_frozen_values() -> None:
    item = parse_item(small_item(), issuers={"somebody"}, topics={"science"})
    assert item.estimated_hours == Decimal("2.5")
    assert item.parts[1].artifacts[0].accepts == ("document",)
    assert item.parts[0].prompts[0].help is None
    outcome = rubric.decide({"c1": "passing", "c2": "basic"}, item.rubric, item.passing_rule)
    assert (outcome.result, rubric.open_criteria(outcome)) == ("not_yet", ("c2",))
    hash(item)


BROKEN = [
    ("/schema", 2, "/schema", "must be 1"),
    ("/title", "", "/title", "does not fit"),
    ("/title", "two\nlines", "/title", "does not fit"),
    ("/title", "x" * 121, "/title", "121 characters"),
    ("/slug", "small-item\n", "/slug", "does not fit"),
    ("/slug", "Small Item", "/slug", "does not fit"),
    ("/language", "english!", "/language", "does not fit"),
    ("/estimated_hours", 2.5, "/estimated_hours", "must be text"),
    ("/estimated_hours", "0.00", "/estimated_hours", "does not fit"),
    ("/estimated_hours", "-1", "/estimated_hours", "does not fit"),
    ("/estimated_hours", "1e3", "/estimated_hours", "does not fit"),
    ("/turnaround", 0, "/turnaround", "too small"),
    ("/turnaround", 10.5, "/turnaround", "whole number"),
    ("/turnaround", True, "/turnaround", "whole number"),
    ("/turnaround", 10.0, "/turnaround", "whole number"),
    ("/topics", [{"n": n} for n in range(50_000)], "/topics", "too many entries: 50000"),
    ("/grain", "tiny", "/grain", "small, medium, large"),
    ("/topics", ["science", "science"], "/topics", "twice"),
    ("/research", [], "/research", "at least 1"),
    ("/research/0/url", "javascript:alert(1)", "/research/0/url", "does not fit"),
    ("/parts/1/artifacts/0/accepts", ["program"], "/parts/1/artifacts/0/accepts/0", "not one of"),
    ("/rationale", "ring\u0007", "/rationale", "U+0007"),
    ("/rationale", "half \ud800 pair", "/rationale", "U+D800"),
    ("/title", "two\u2028lines", "/title", "U+2028"),
    ("/rationale", "tab\there", "/rationale", "U+0009"),
    ("/rationale", "cafe\u0301", "/rationale", "NFC"),
    ("/surprise", 1, "/surprise", "not part of this format"),
    ("/parts/0/prompts/0/min_words", 60, "/parts/0/prompts/0/min_words", "more than the most words"),
    ("/parts/1/artifacts/0/min_items", 3, "/parts/1/artifacts/0/min_items", "more than the most items"),
    ("/parts/1/key", "overview", "/parts/1/key", "used twice"),
    ("/parts/1/artifacts/0/key", "context", "/parts/1/artifacts/0/key", "share the key"),
    ("/parts/0/kind", "artifacts", "/parts/0/artifacts", "needs at least one artifact"),
    ("/parts/1/kind", "overview", "/parts/1/prompts", "at least one prompt"),
    ("/parts/0/prompts", [], "/parts/0", "asks for nothing"),
    ("/rubric/criteria/1/key", "c1", "/rubric/criteria/1/key", "used twice"),
    ("/rubric/criteria/1/part", "nowhere", "/rubric/criteria/1/part", "no part"),
    ("/rubric/criteria/1/covers", ["context"], "/rubric/criteria/1/covers/0", "no prompt or artifact"),
    ("/rubric/criteria/1/covers", ["context"], "/parts/1", "No criterion judges “plan”"),
    ("/rubric/criteria/1/levels/1/key", "developing", "/rubric/criteria/1/levels/1/key", "used twice"),
    ("/passing_rule/all_of/1/criterion", "c9", "/passing_rule/all_of/1/criterion", "no criterion"),
    ("/passing_rule/all_of/1/criterion", "c1", "/passing_rule/all_of/1/criterion", "twice"),
    ("/passing_rule/all_of/1/at_least", "passing", "/passing_rule/all_of/1/at_least", "not a level"),
    ("/passing_rule/all_of", [], "/passing_rule/all_of", "at least 1"),
    ("/passing_rule/schema", 2, "/passing_rule/schema", "must be 1"),
]


@pytest.mark.parametrize(("path", "value", "where", "says"), BROKEN)
def test_parse_item_when_one_thing_is_wrong_then_place_and_sentence(
    path: str, value: object, where: str, says: str
) -> None:
    found = problems(parse_item, changed(small_item(), path, value))
    assert any(place == where and says in sentence for place, sentence in found), found


@pytest.mark.parametrize("name", sorted(small_item()))
def test_parse_item_when_a_field_is_missing_then_named(name: str) -> None:
    document = small_item()
    del document[name]
    assert (("", f"“{name}” is missing. Add it.")) in problems(parse_item, document)


@pytest.mark.parametrize("document", [None, [], "item", 3, {"schema": 1}, {1: 2}])
def test_parse_item_when_it_is_no_item_then_content_invalid(document: object) -> None:
    problems(parse_item, document)


def test_parse_item_when_issuer_or_topic_is_unknown_then_named() -> None:
    found = problems(lambda data: parse_item(data, issuers=["other"], topics=["art"]), small_item())
    assert [place for place, _ in found] == ["/issuer", "/topics/0"]


def test_parse_item_when_everything_is_wrong_then_all_told_up_to_a_limit() -> None:
    document = small_item() | {f"extra-{n}": n for n in range(500)}
    assert len(problems(parse_item, document)) == 100
    assert {place for place, _ in problems(parse_item, small_item() | {"a": 1, "b/c~d": 2})} == {
        "/a",
        "/b~1c~0d",
    }


def test_parse_item_when_nested_without_end_then_refused() -> None:
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]
    assert "nested" in problems(parse_item, small_item() | {"title": deep})[0][1]


def test_parse_stack_when_members_exist_then_rule_with_groups() -> None:
    stack = parse_stack(small_stack(), items={"a", "b", "c"}, issuers={"somebody"})
    assert stack.rule.required == ("a",)
    assert stack.rule.groups[0].items == ("b", "c")


@pytest.mark.parametrize(
    ("members", "where", "says"),
    [
        (["a", "nowhere"], "/rule/all_of/1", "not known"),
        (["a", {"n_of": {"n": 1, "items": ["nowhere"]}}], "/rule/all_of/1/n_of/items/0", "not known"),
        (["a", "a"], "/rule/all_of", "twice"),
        ([], "/rule/all_of", "at least 1"),
        ([3], "/rule/all_of/0", "must be an object"),
        ([{"n_of": {"n": 3, "items": ["a", "b"]}}], "/rule/all_of", "cannot ask for 3"),
        (["a", {"n_of": {"n": 1, "items": ["a"]}}], "/rule/all_of", "Nobody could"),
        ([{"any_of": ["a"]}], "/rule/all_of/0/any_of", "not part of this format"),
    ],
)
def test_parse_stack_when_the_rule_is_wrong_then_place_and_sentence(
    members: list[object], where: str, says: str
) -> None:
    document = changed(small_stack(), "/rule/all_of", members)
    found = problems(lambda data: parse_stack(data, items={"a", "b", "c"}), document)
    assert any(place == where and says in sentence for place, sentence in found), found


def test_parse_issuers_when_zone_is_unknown_or_slug_repeats_then_named() -> None:
    document = json.loads((CONTENT / "issuers.json").read_text("utf-8"))
    document["issuers"][0]["time_zone"] = "America/Atlantis"
    document["issuers"][1]["slug"] = document["issuers"][0]["slug"]
    assert {place for place, _ in problems(parse_issuers, document)} == {
        "/issuers/0/time_zone",
        "/issuers/1/slug",
    }


def test_parse_topics_when_a_key_repeats_then_named() -> None:
    topic = {"key": "a", "label": "A", "synonyms": []}
    assert problems(parse_topics, {"schema": 1, "topics": [topic, topic]})[0][0] == "/topics/1/key"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b'{"a": 1, "a": 2}', "stands twice"),
        (b'{"a": NaN}', "not a JSON number"),
        (b"[" * 200_000, "nested deeper"),
        (b"9" * 10_000, "too many digits"),
        (b" " * 2_000_001, "larger than"),
    ],
)
def test_read_json_when_hostile_then_a_sentence(raw: bytes, says: str) -> None:
    with pytest.raises(ContentInvalid, match=says):
        read_json(raw)


def test_content_hash_when_the_order_of_names_changes_then_the_same() -> None:
    item = small_item()
    turned = dict(reversed(item.items()))
    assert content_hash(item) == content_hash(turned) == content_hash(read_json(json.dumps(turned).encode()))
    assert content_hash(changed(item, "/title", "Other")) != content_hash(item)
    # SHA-256 of the six bytes {"a":1}, worked out with another tool.
    assert content_hash({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


@pytest.mark.parametrize("value", [{"a": 2**60}, {"a": float("nan")}, {"a": "\ud800"}, {"a": object()}])
def test_content_hash_when_json_cannot_carry_it_then_refused(value: object) -> None:
    with pytest.raises(ContentInvalid):
        content_hash(value)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_when_published_then_valid_strict_and_described(name: str) -> None:
    published = schema(name)
    Draft202012Validator.check_schema(published)

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["description"]
                if "propertyNames" in node:  # by key or by language: any name of that kind
                    assert isinstance(node["additionalProperties"], dict)
                else:
                    assert node["additionalProperties"] is False
                    assert set(node["required"]) <= set(node["properties"])
            for inner in node.values():
                walk(inner)
        elif isinstance(node, list):
            for inner in node:
                walk(inner)

    walk(published)


pointers = [
    "/schema", "/slug", "/topics", "/topics/0", "/key_method", "/components/0", "/research/0/url", "/parts",
    "/parts/0", "/parts/0/prompts/0", "/parts/0/prompts/0/max_words", "/parts/1/artifacts", "/rubric",
    "/rubric/criteria/0/covers", "/rubric/criteria/0/levels", "/passing_rule/all_of/0", "/alignments",
]  # fmt: skip
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(path=st.sampled_from(pointers), value=anything)
def test_parse_item_when_any_value_stands_anywhere_then_item_or_content_invalid(path: str, value: object) -> None:
    document = changed(small_item(), path, value)
    try:
        parse_item(document)
    except ContentInvalid as invalid:
        for problem in invalid.problems:
            assert problem.sentence.endswith((".", "!"))
            assert problem.path == "" or problem.path.startswith("/")


# ------------------------------------------------------------------ the catalogue in content/


def documents(folder: str) -> dict[str, object]:
    return {path.stem: read_json(path.read_bytes()) for path in sorted((CONTENT / folder).glob("*.json"))}


def catalogue() -> tuple[dict[str, Any], dict[str, Any]]:
    issuers = parse_issuers(read_json((CONTENT / "issuers.json").read_bytes()))
    topics = parse_topics(read_json((CONTENT / "topics.json").read_bytes()))
    slugs, keys = {issuer.slug for issuer in issuers}, {topic.key for topic in topics}
    items = {name: parse_item(data, issuers=slugs, topics=keys) for name, data in documents("items").items()}
    stacks = {name: parse_stack(data, items=items, issuers=slugs) for name, data in documents("stacks").items()}
    return items, stacks


def test_catalogue_when_loaded_then_every_file_parses_under_its_own_name() -> None:
    items, stacks = catalogue()
    assert len(items) >= 4
    assert len(stacks) >= 1
    assert all(name == item.slug for name, item in items.items())
    assert all(name == stack.slug for name, stack in stacks.items())
    assert {item.grain for item in items.values()} == {"small", "medium", "large"}


def test_catalogue_when_read_by_an_earner_then_every_item_has_its_three_parts_and_full_rubric() -> None:
    items, _ = catalogue()
    for item in items.values():
        assert [part.kind for part in item.parts] == ["overview", "artifacts", "reflection"]
        assert 3 <= len(item.components) <= 5
        assert 2 <= len(item.research) <= 5
        assert 2 <= len(item.parts[1].artifacts) <= 4
        assert {need.criterion for need in item.passing_rule.all_of} == {c.key for c in item.rubric.criteria}
        best = {c.key: c.levels[-1].key for c in item.rubric.criteria}
        assert rubric.decide(best, item.rubric, item.passing_rule).result == "earned"
        assert {need.criterion: need.at_least for need in item.passing_rule.all_of} == best
        for criterion in item.rubric.criteria:
            expected = ("developing", "basic", "proficient") if criterion.part == "work" else ("not-yet", "passing")
            assert tuple(level.key for level in criterion.levels) == expected
            assert all(len(level.descriptor) >= 80 for level in criterion.levels)
            assert len({level.descriptor for level in criterion.levels}) == len(criterion.levels)


def test_catalogue_when_somebody_may_be_seen_or_heard_then_a_release_is_asked_for() -> None:
    items, _ = catalogue()
    for item in items.values():
        for slot in (slot for part in item.parts for slot in part.artifacts):
            if {"video", "audio"} & set(slot.accepts):
                assert slot.needs_release, (item.slug, slot.key)


def test_catalogue_when_research_is_cited_then_the_sources_say_what_was_read() -> None:
    items, _ = catalogue()
    rows = [row for row in (CONTENT / "SOURCES.md").read_text("utf-8").splitlines() if row.startswith("|")]
    for item in items.values():
        for source in item.research:
            author = source.citation.split(",")[0].split(" and ")[0].split(". SEP5")[0]
            assert any(row.startswith(f"| {author}") and f"| {item.slug} |" in row for row in rows), source.key


def test_catalogue_when_issuers_are_shown_then_all_are_marked_invented_with_example_addresses() -> None:
    for issuer in parse_issuers(read_json((CONTENT / "issuers.json").read_bytes())):
        assert issuer.invented
        assert "invented" in issuer.description
        assert (urlsplit(issuer.url).hostname or "").endswith(".example.org")
