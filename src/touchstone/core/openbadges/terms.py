"""A short notation for what the terms of a JSON-LD context mean, and its reading.

`"ob:tag @set"` is an IRI with a container; `"ob:image @id"` has addresses as values;
`"cred:validFrom ^xsd:dateTime"` has a datatype; `(iri, {…})` adds a scope, the terms that hold inside.
Source of the meaning: W3C JSON-LD 1.1, sections 4.1 to 4.3.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

type Notation = dict[str, str | tuple[str, Notation]]

PREFIXES = {
    "cred": "https://www.w3.org/2018/credentials#",
    "dct": "http://purl.org/dc/terms/",
    "jwt": "https://www.iana.org/assignments/jwt#",
    "ob": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#",
    "schema": "https://schema.org/",
    "sec": "https://w3id.org/security#",
    "status": "https://www.w3.org/ns/credentials/status#",
    "vccr": "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#",
    "vccs": "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#",
    "vcrl": "https://purl.imsglobal.org/spec/vcrl/v1p0/context.json#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    # Open Badges 3.0.3 types one term with a prefix it never defines, so that text itself is the IRI.
    "undefined-xsd": "xsd:",
    # The Open Badges context names the datatypes with https, which is another IRI.
    "xsds": "https://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Term:
    """A defined term: `iri` (or the keyword `@id`, `@type`), how its values are read, what holds inside.

    `coercion` is `@id`, `@vocab`, a datatype IRI or None; `container` is `@set`, `@list`, `@graph` or None.
    The scope of a type holds for that node alone, the scope of a property for all below it.
    """

    iri: str
    coercion: str | None = None
    container: str | None = None
    scope: "Context | None" = None


type Context = Mapping[str, Term]


def _iri(text: str) -> str:
    prefix, _, rest = text.partition(":")
    return PREFIXES[prefix] + rest


def _term(notation: str | tuple[str, Notation]) -> Term:
    text, scope = notation if isinstance(notation, tuple) else (notation, None)
    name, *marks = text.split()
    coercion = container = None
    for mark in marks:
        if mark in {"@set", "@list", "@graph"}:
            container = mark
        else:
            coercion = mark if mark.startswith("@") else _iri(mark.removeprefix("^"))
    return Term(_iri(name), coercion, container, None if scope is None else context(scope))


def context(notation: Notation) -> Context:
    """The terms of one context; `id` and `type` are in all of them."""
    terms = {name: _term(entry) for name, entry in notation.items()}
    return MappingProxyType({"id": Term("@id"), "type": Term("@type")} | terms)
