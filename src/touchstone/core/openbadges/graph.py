"""JSON-LD to RDF for the contexts we know, refusing whatever a signature would silently not cover.

The part of W3C JSON-LD 1.1 (API, sections 5.1 and 7) that credentials use: named contexts, type and property
scopes, containers, coercion. A general processor drops undefined terms and broken addresses without a word;
here each is a named error ("safe mode"). Other spellings of the same graph (a property written as its IRI,
`@id` for `id`, the credential described again deeper down) are refused too, because later checks read the
JSON: what they read must be what was signed.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from pyoxigraph import BlankNode, Dataset, DefaultGraph, Literal, NamedNode, Quad

from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError
from touchstone.core.openbadges.terms import Context, Term
from touchstone.core.openbadges.vocabulary import CONTRADICTORY, KNOWN

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ENDORSED = frozenset({"id", "type", "endorsementComment"})
MAX_DEPTH = 32
MAX_QUADS = 20_000

type Node = NamedNode | BlankNode
type Graph = NamedNode | BlankNode | DefaultGraph


class UnknownContext(CannotCheck):
    """A document names a context whose meaning is not stated here; it is never fetched."""

    code = "context_unknown"


class ContextsContradict(OpenBadgesError):
    """Two contexts of a document define one term differently."""

    code = "contexts_contradict"


class UndefinedTerm(OpenBadgesError):
    """A property or type that no context of the document defines."""

    code = "term_undefined"


class NotAnAddress(OpenBadgesError):
    """A value that must be an absolute address (IRI) is not one."""

    code = "address_invalid"


class NotReadable(CannotCheck):
    """JSON-LD that has a meaning but is written in a way this reader does not take."""

    code = "form_not_supported"


class TooComplex(CannotCheck):
    """A document too deep, too long or too tangled to be read in bounded time."""

    code = "too_complex"


def to_dataset(document: Mapping[str, Any], contexts: Mapping[str, Context] = KNOWN) -> Dataset:
    """The RDF dataset of a JSON document (parsed, one object).

    Raises UnknownContext, ContextsContradict, UndefinedTerm, NotAnAddress, NotReadable, TooComplex.
    """
    reader = _Reader(contexts)
    reader.node(document, {}, DefaultGraph(), depth=0)
    root = document.get("id")
    if isinstance(root, str) and reader.described[root] > 1:
        raise NotReadable("The badge describes itself a second time inside itself.")
    return Dataset(reader.quads)


class _Reader:
    def __init__(self, contexts: Mapping[str, Context]) -> None:
        self.contexts = contexts
        self.quads: list[Quad] = []
        self.labels: dict[str, BlankNode] = {}
        self.described: Counter[str] = Counter()

    def node(self, value: Mapping[str, Any], active: Context, graph: Graph, depth: int) -> Node:
        """Add the statements of one JSON object, give its subject."""
        if depth > MAX_DEPTH or len(self.quads) > MAX_QUADS:
            raise TooComplex("The badge is nested too deeply or says too much to be checked.")
        if "@context" in value:
            active = self._with_named(active, value["@context"])
        types = _texts(value.get("type", []), "type")
        inside = _with_scopes(active, types)
        subject = self._subject(value.get("id"), has_more=len(value) > 1 and not _is_endorsed(value))
        for name in types:
            self._add(subject, NamedNode(RDF + "type"), NamedNode(_type_iri(name, active)), graph)
        for name, item in value.items():
            if name not in {"@context", "id", "type"}:
                self._property(subject, name, item, (active, inside), graph, depth)
            elif name != "@context" and name not in active:
                raise UndefinedTerm("The badge names no context.", term=name)
        return subject

    def _add(self, subject: Node, predicate: NamedNode, value: Node | Literal, graph: Graph) -> None:
        self.quads.append(Quad(subject, predicate, value, graph))

    def _property(
        self, subject: Node, name: str, item: object, scopes: tuple[Context, Context], graph: Graph, depth: int
    ) -> None:
        active, inside = scopes
        term = _defined(name, inside)
        below = {**active, **term.scope} if term.scope else active
        predicate = NamedNode(term.iri)
        items = item if isinstance(item, list) else [item]
        values = [self._value(entry, name, term, below, graph, depth + 1) for entry in items]
        if term.container == "@list":
            values = [self._list(values, graph)]
        for value in values:
            self._add(subject, predicate, value, graph)

    def _value(self, item: object, name: str, term: Term, below: Context, graph: Graph, depth: int) -> Node | Literal:
        if isinstance(item, dict):
            if "@value" in item:
                return _language_text(item)
            inner = BlankNode() if term.container == "@graph" else graph
            node = self.node(item, below, inner, depth)
            return inner if isinstance(inner, BlankNode) and inner is not graph else node
        if item is None or isinstance(item, list):
            raise NotReadable(f"“{name[:100]}” holds an empty value or a list inside a list.", term=name[:100])
        if term.coercion in {"@id", "@vocab"}:
            return self._reference(item, name, term, below)
        return _literal(item, term.coercion)

    def _reference(self, item: object, name: str, term: Term, below: Context) -> Node:
        if not isinstance(item, str):
            raise NotAnAddress(f"“{name}” must be an address.", term=name)
        if term.coercion == "@vocab" and item in below:
            return iri(below[item].iri)
        return self._named(item)

    def _subject(self, identifier: object, *, has_more: bool) -> Node:
        if identifier is None:
            return BlankNode()
        if not isinstance(identifier, str):
            raise NotAnAddress("An id must be one address.", term="id")
        self.described[identifier] += has_more
        return self._named(identifier)

    def _named(self, identifier: str) -> Node:
        if identifier.startswith("_:"):
            return self.labels.setdefault(identifier, BlankNode())
        return iri(identifier)

    def _list(self, values: list[Node | Literal], graph: Graph) -> Node:
        rest: Node = NamedNode(RDF + "nil")
        for value in reversed(values):
            cell = BlankNode()
            self._add(cell, NamedNode(RDF + "first"), value, graph)
            self._add(cell, NamedNode(RDF + "rest"), rest, graph)
            rest = cell
        return rest

    def _with_named(self, active: Context, names: object) -> Context:
        for name in _texts(names, "@context"):
            if name in CONTRADICTORY:
                raise ContextsContradict(
                    "The badge uses Open Badges context 3.0.1, which contradicts the credentials context.",
                    context=name,
                )
            if name not in self.contexts:
                raise UnknownContext(
                    f"The badge uses words from “{name[:200]}”, which is not known here.", context=name[:200]
                )
            active = _merge(active, self.contexts[name])
        return active


def _is_endorsed(value: Mapping[str, Any]) -> bool:
    """Whether this names the thing endorsed and says no more of it than a comment, which no check reads."""
    return value.get("type") in (["EndorsementSubject"], "EndorsementSubject") and value.keys() <= _ENDORSED


def _texts(value: object, name: str) -> list[str]:
    items: list[object] = value if isinstance(value, list) else [value]
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) < len(items):
        raise NotReadable(f"“{name}” holds something other than plain names.", term=name)
    return texts


def _merge(active: Context, more: Context) -> Context:
    for name in active.keys() & more.keys():
        if active[name] != more[name]:
            raise ContextsContradict(f"The badge's contexts define “{name}” in two ways.", context=name)
    return {**active, **more}


def _with_scopes(active: Context, types: list[str]) -> Context:
    """What holds inside a node of these types; nodes below go back to `active`."""
    inside = active
    for name in sorted(types):
        scope = active[name].scope if name in active else None
        inside = _merge(inside, scope) if scope else inside
    return inside


def _defined(name: str, context: Context) -> Term:
    if name.startswith("@") or (name not in context and ":" in name):
        raise NotReadable(f"“{name[:100]}” is written in a form of JSON-LD that is not read here.", term=name[:100])
    if name not in context:
        raise UndefinedTerm(
            f"The badge uses the word “{name[:100]}”, which its contexts do not define.", term=name[:100]
        )
    return context[name]


def _type_iri(name: str, active: Context) -> str:
    return _defined(name, active).iri


def iri(text: str) -> NamedNode:
    """An absolute IRI as it may stand in a signed graph. Raises NotAnAddress."""
    try:
        if ABSOLUTE_IRI.fullmatch(text):
            return NamedNode(text)
    except ValueError:
        pass
    raise NotAnAddress(f"“{text[:100]}” is not a complete web address or identifier.", address=text[:100])


def _language_text(item: Mapping[str, object]) -> Literal:
    text, language = item["@value"], item.get("@language")
    if item.keys() != {"@value", "@language"} or not isinstance(text, str) or not isinstance(language, str):
        raise NotReadable("A text is written in a form of JSON-LD that is not read here.", term="@value")
    if not LANGUAGE.fullmatch(language):
        raise NotReadable(f"“{language[:40]}” is not a language.", term="@language")
    return Literal(text, language=language)


def _literal(item: object, datatype: str | None) -> Literal:
    """Numbers as JSON-LD 1.1 API section 8.6 says: whole ones as integers, others as canonical doubles."""
    if isinstance(item, str):
        return Literal(item, datatype=NamedNode(datatype) if datatype else None)
    if isinstance(item, bool):
        return Literal(str(item).lower(), datatype=NamedNode(datatype or XSD + "boolean"))
    if not isinstance(item, int | float):
        raise NotReadable("A value is neither text, number nor yes/no.", term="")
    if item == int(item) and abs(item) < 10**21:
        return Literal(str(int(item)), datatype=NamedNode(datatype or XSD + "integer"))
    return Literal(_canonical_double(item), datatype=NamedNode(datatype or XSD + "double"))


def _canonical_double(number: float) -> str:
    digits, exponent = f"{number:.15E}".split("E")
    whole, fraction = digits.split(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}E{int(exponent)}"
