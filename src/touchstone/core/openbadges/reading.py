"""Reading JSON from strangers: one object, one meaning, bounded size (RFC 8259, RFC 7493)."""

import json
from typing import Any, NoReturn

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.graph import MAX_DEPTH

MAX_BYTES = 2 * 1024 * 1024
MAX_INTEGER = 2**53 - 1


class Unreadable(OpenBadgesError):
    """Bytes that are not one JSON object with one meaning."""

    code = "json_unreadable"


class TooLarge(Unreadable):
    """More bytes than a badge can need."""

    code = "json_too_large"


class WrongCharset(Unreadable):
    """Bytes that are not UTF-8, or text with half of a character."""

    code = "json_wrong_charset"


class DuplicateName(Unreadable):
    """An object that gives one name twice, so that two readers may see two values."""

    code = "json_duplicate_name"


class NumberOutOfRange(Unreadable):
    """A number that not every reader can hold exactly."""

    code = "json_number_out_of_range"


class TooDeep(Unreadable):
    """Objects nested deeper than any badge."""

    code = "json_too_deep"


def read_json(data: bytes) -> dict[str, Any]:
    """The JSON object in these bytes.

    Raises TooLarge, WrongCharset, DuplicateName, NumberOutOfRange, TooDeep, Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("The file is too large for a badge (more than 2 MB of text).")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongCharset("The file is not written in UTF-8, so its letters cannot be read safely.") from None
    try:
        document = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_out_of_range,
        )
    except RecursionError:
        raise TooDeep("The file is nested too deeply to be a badge.") from None
    except json.JSONDecodeError:
        raise Unreadable("The file is not readable JSON. It may be cut off or not be a badge at all.") from None
    if not isinstance(document, dict):
        raise Unreadable("The file holds JSON, but not one badge.")
    _check_texts(document)
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        raise DuplicateName("The file gives the same property twice, so its meaning is not clear.")
    return document


def _out_of_range(_digits: str) -> NoReturn:
    raise NumberOutOfRange("The file holds a number that is too large to be read safely.")


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        _out_of_range(digits)
    return int(digits)


def _decimal(digits: str) -> float:
    if len(digits) > 40 or abs(number := float(digits)) > MAX_INTEGER:
        _out_of_range(digits)
    return number


def _check_texts(document: dict[str, Any]) -> None:
    """Refuse halves of surrogate pairs and deep nesting, without recursion."""
    waiting: list[tuple[Any, int]] = [(document, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > 2 * MAX_DEPTH:
            raise TooDeep("The file is nested too deeply to be a badge.")
        if isinstance(value, dict):
            waiting += [(part, depth + 1) for part in (*value.keys(), *value.values())]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        elif isinstance(value, str):
            _check_text(value)


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WrongCharset("The file holds broken characters, so its letters cannot be read safely.") from None
