"""Reading JSON bytes strictly, checking text and shape, and hashing what was read."""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import rfc8785
from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from touchstone.core.content.problems import ContentInvalid, Problem, pointer

MOST_BYTES = 2_000_000
DEEPEST = 32
LONGEST_LIST = 500
# Control characters, halves of pairs, line and paragraph separators; the line feed alone is let through.
_UNWANTED = ("Cc", "Cs", "Zl", "Zp")
LONGEST_QUOTE = 60
SCHEMAS = ("item-1", "stack-1", "issuers-1", "topics-1")
_TYPES = {
    "string": "text",
    "object": "an object in braces",
    "array": "a list",
    "integer": "a whole number",
    "boolean": "true or false",
}


def read_json(raw: bytes) -> object:
    """The value of a JSON file: UTF-8, no repeated names, no NaN, at most MOST_BYTES.

    Raises ContentInvalid.
    """
    if len(raw) > MOST_BYTES:
        raise ContentInvalid([Problem("", f"The file is larger than {MOST_BYTES} bytes. Split it.")])
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_no_constant)
    except ContentInvalid:
        raise
    except UnicodeDecodeError:
        sentence = "The file is not UTF-8 text. Save it as UTF-8."
    except json.JSONDecodeError as error:
        sentence = f"This is not JSON: line {error.lineno}, column {error.colno}. Mend it there."
    except RecursionError:
        sentence = f"The document is nested deeper than {DEEPEST} levels. Make it flatter."
    except ValueError:
        sentence = "A number has too many digits. Shorten it."
    raise ContentInvalid([Problem("", sentence)])


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ContentInvalid([Problem("", f"The name “{shown(twice)}” stands twice in one object. Keep one.")])
    return value


def _no_constant(name: str) -> object:
    raise ContentInvalid([Problem("", f"{name} is not a JSON number. Write a number.")])


def content_hash(data: object) -> str:
    """SHA-256, in hex, of the document's canonical form (RFC 8785). Raises ContentInvalid."""
    try:
        return sha256(rfc8785.dumps(data)).hexdigest()  # type: ignore[arg-type]
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError, TypeError):
        raise ContentInvalid([Problem("", "The document holds a value that plain JSON cannot carry.")]) from None


@cache
def schema(name: str) -> dict[str, Any]:
    """One of SCHEMAS as published: JSON Schema 2020-12. Do not change what is returned."""
    text = files("touchstone.core.content").joinpath("schema", f"{name}.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _pattern(_: Any, pattern: str, found: object, __: Any) -> Iterator[ValidationError]:
    """`pattern` as JSON Schema means it: there `$` is the very end, in Python also before a last newline."""
    strict = re.sub(r"\$$", r"\\Z", pattern)
    if isinstance(found, str) and not re.search(strict, found):
        yield ValidationError("pattern")


def _is_integer(_: Any, found: object) -> bool:
    """Stricter than JSON Schema, for which 10.0 is an integer: values are used as Python's int."""
    return isinstance(found, int) and not isinstance(found, bool)


_Validator: type[Validator] = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer),
)


@cache
def _validator(name: str) -> Validator:
    return _Validator(schema(name))


def check_shape(data: Any, name: str) -> None:
    """Refuse text that is not clean and anything the schema does not allow. Raises ContentInvalid."""
    problems = list(_text_problems(data, ()))
    if not problems:
        errors = sorted(_validator(name).iter_errors(data), key=lambda error: [str(s) for s in error.absolute_path])
        problems = [problem for error in errors for problem in _sentences(error)]
    if problems:
        raise ContentInvalid(problems)


def _text_problems(value: object, at: tuple[str | int, ...]) -> Iterator[Problem]:
    if len(at) > DEEPEST:
        yield Problem(pointer(*at), f"The document is nested deeper than {DEEPEST} levels. Make it flatter.")
    elif isinstance(value, str):
        yield from (Problem(pointer(*at), sentence) for sentence in _unclean(value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not isinstance(name, str) or any(_unclean(name)):
                yield Problem(pointer(*at), "A name in this object is not clean text. Type it again.")
            else:
                yield from _text_problems(inner, (*at, name))
    elif isinstance(value, list) and len(value) > LONGEST_LIST:
        # No format allows more; looking for repeats in a longer list could take forever.
        yield Problem(pointer(*at), f"This list has too many entries: {len(value)}. Shorten it.")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _text_problems(inner, (*at, place))


def _unclean(text: str) -> Iterator[str]:
    bad = next((c for c in text if c != "\n" and unicodedata.category(c) in _UNWANTED), None)
    if bad is not None:
        yield f"The text holds the character U+{ord(bad):04X}, which is not allowed. Take it out."
    elif not unicodedata.is_normalized("NFC", text):
        yield "The text is not in the composed Unicode form (NFC). Save it composed."


def shown(value: object) -> str:
    """A short quotable form of a value for a sentence."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _sentences(error: ValidationError) -> Iterator[Problem]:
    at = tuple(error.absolute_path)
    keyword, wanted, found, schema = _fault(error)
    if keyword == "required":
        # jsonschema reports each missing name as its own error; the name opens its message.
        name = next(name for name in wanted if error.message.startswith(f"{name!r} "))
        yield Problem(pointer(*at), f"“{name}” is missing. Add it.")
    elif keyword == "additionalProperties":
        for name in sorted(set(found) - set(schema["properties"])):
            yield Problem(pointer(*at, name), f"“{shown(name)}” is not part of this format. Take it out.")
    else:
        yield Problem(pointer(*at), _sentence(keyword, wanted, found, schema))


def _fault(error: ValidationError) -> tuple[str, Any, Any, Any]:
    """Keyword, what it asks, the value found and the schema there; typed `Any` as JSON is."""
    return str(error.validator), error.validator_value, error.instance, error.schema


def _sentence(keyword: str, wanted: Any, found: Any, schema: Any) -> str:
    size = len(found) if isinstance(found, str | list) else 0
    sentences = {
        "type": f"This must be {_TYPES.get(str(wanted), wanted)}.",
        "const": f"This must be {shown(wanted)}.",
        "enum": f"“{shown(found)}” is not one of: {shown(wanted)}.",
        "pattern": f"“{shown(found)}” does not fit here. Expected: {schema.get('description')}",
        "minLength": "This may not be empty. Write something.",
        "maxLength": f"This is {size} characters long. Shorten it to {wanted}.",
        "minItems": f"This list has too few entries: {size}. It needs at least {wanted}.",
        "maxItems": f"This list has too many entries: {size}. It may have at most {wanted}.",
        "uniqueItems": "This list has the same entry twice. Keep one.",
        "minimum": f"{shown(found)} is too small. The smallest value is {wanted}.",
        "maximum": f"{shown(found)} is too large. The largest value is {wanted}.",
    }
    return sentences[keyword]
