"""What a schema cannot say about an item or a stack: that its pieces fit together."""

from collections.abc import Iterator
from typing import Any

from touchstone.core.content.problems import Problem, pointer, repeated

Json = dict[str, Any]


def item_problems(item: Json) -> Iterator[Problem]:
    """Everything that does not fit together in an item whose shape is right."""
    yield from _repeated_keys(item["components"], "components")
    yield from _repeated_keys(item["research"], "research")
    yield from _repeated_keys(item["parts"], "parts")
    yield from _asked_twice(item["parts"])
    for place, part in enumerate(item["parts"]):
        yield from _part_problems(part, place)
    yield from _criteria_problems(item["rubric"]["criteria"], item["parts"])
    yield from _rule_problems(item["passing_rule"]["all_of"], item["rubric"]["criteria"])


def _repeated_keys(entries: list[Json], *at: str | int) -> Iterator[Problem]:
    for place, key in repeated(entry["key"] for entry in entries):
        yield Problem(pointer(*at, place, "key"), f"The key “{key}” is used twice. Choose another.")


def _asked_twice(parts: list[Json]) -> Iterator[Problem]:
    places = [
        (("parts", number, kind, place, "key"), entry["key"])
        for number, part in enumerate(parts)
        for kind in ("prompts", "artifacts")
        for place, entry in enumerate(part[kind])
    ]
    for place, key in repeated(key for _, key in places):
        sentence = f"Two prompts or artifacts share the key “{key}”. Choose another."
        yield Problem(pointer(*places[place][0]), sentence)


def _part_problems(part: Json, place: int) -> Iterator[Problem]:
    at = ("parts", place)
    if not part["prompts"] and not part["artifacts"]:
        yield Problem(pointer(*at), "This part asks for nothing. Give it a prompt or an artifact.")
    elif part["kind"] == "artifacts" and not part["artifacts"]:
        yield Problem(pointer(*at, "artifacts"), "A part of kind artifacts needs at least one artifact.")
    elif part["kind"] == "overview" and not part["prompts"]:
        yield Problem(pointer(*at, "prompts"), "An overview needs at least one prompt.")
    for number, prompt in enumerate(part["prompts"]):
        if prompt["min_words"] > prompt["max_words"]:
            yield Problem(
                pointer(*at, "prompts", number, "min_words"), "The fewest words are more than the most words."
            )
    for number, artifact in enumerate(part["artifacts"]):
        if artifact["min_items"] > artifact["max_items"]:
            yield Problem(
                pointer(*at, "artifacts", number, "min_items"),
                "The fewest items are more than the most items.",
            )


def _asked(part: Json) -> list[str]:
    return [entry["key"] for kind in ("prompts", "artifacts") for entry in part[kind]]


def _criteria_problems(criteria: list[Json], parts: list[Json]) -> Iterator[Problem]:
    yield from _repeated_keys(criteria, "rubric", "criteria")
    asked = {part["key"]: _asked(part) for part in parts}
    for place, criterion in enumerate(criteria):
        at = ("rubric", "criteria", place)
        yield from _repeated_keys(criterion["levels"], *at, "levels")
        if criterion["part"] not in asked:
            yield Problem(pointer(*at, "part"), f"There is no part “{criterion['part']}”.")
            continue
        for number, key in enumerate(criterion["covers"]):
            if key not in asked[criterion["part"]]:
                sentence = f"The part “{criterion['part']}” has no prompt or artifact “{key}”."
                yield Problem(pointer(*at, "covers", number), sentence)
    covered = {key for criterion in criteria for key in criterion["covers"]}
    for place, part in enumerate(parts):
        for key in _asked(part):
            if key not in covered:
                sentence = f"No criterion judges “{key}”. Cover it, or do not ask for it."
                yield Problem(pointer("parts", place), sentence)


def _rule_problems(needs: list[Json], criteria: list[Json]) -> Iterator[Problem]:
    levels = {criterion["key"]: [level["key"] for level in criterion["levels"]] for criterion in criteria}
    for place, key in repeated(need["criterion"] for need in needs):
        yield Problem(
            pointer("passing_rule", "all_of", place, "criterion"),
            f"The rule names “{key}” twice. Keep one line.",
        )
    for place, need in enumerate(needs):
        at = ("passing_rule", "all_of", place)
        if need["criterion"] not in levels:
            yield Problem(pointer(*at, "criterion"), f"The rubric has no criterion “{need['criterion']}”.")
        elif need["at_least"] not in levels[need["criterion"]]:
            sentence = f"“{need['at_least']}” is not a level of “{need['criterion']}”."
            yield Problem(pointer(*at, "at_least"), sentence)
