"""The canonical form of one kind of badge, worked out once; afterwards only what differs is filled in.

Reading JSON-LD and canonicalizing it is nearly all of the cost of a signature. Badges of one achievement differ in a
few texts (id, dates, recipient, levels, place on the status list), and how those stand in the canonical form does not
depend on what they say. So a sample goes through the full path once, with marks in the places of these texts. What
RDFC-1.0 does for blank nodes that can be told apart by their own statements alone (section 4.4.3, steps 3 and 4) is
repeated for every badge, as their order depends on the texts. Wherever a text could make a difference beyond its own
place, `fill` gives None and the full path decides.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, Quad

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.graph import iri, to_dataset

FIXED = frozenset({"@context", "type", "name", "issuer", "credentialSchema", "proof"})
"""Parts of a credential that are the same for all badges of one issuer and achievement."""
_OF_THE_FORM = frozenset({"@context", "type", "hashed", "identityType", "proofPurpose", "statusPurpose"})
_KEPT_NODES = 256
_USUAL_IRI = re.compile(
    r"(?:https://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[A-Za-z0-9._~-]+)*/?|urn:[a-z0-9]+:[A-Za-z0-9:._~-]+"
    r"|did:[a-z0-9]+:[A-Za-z0-9:._-]+)(?:#[A-Za-z0-9._~-]*)?",
    re.ASCII,
)

type Form = tuple[object, ...]
type Values = list[str]
type _Pick = Callable[[Sequence[str]], tuple[str, ...]]


def moving(part: Mapping[str, Any]) -> tuple[Form, Values]:
    """The form of the parts that differ between badges, and the texts in them, in order of the document.

    `part` is what `moving_parts` gives. Absent parts (None, empty lists) count as not being there.
    """
    names: list[object] = []
    values: Values = []
    _flatten(part, names, values)
    return tuple(names), values


def _flatten(part: Mapping[str, Any], names: list[object], values: Values) -> None:
    for name, value in part.items():
        if isinstance(value, str) and name not in _OF_THE_FORM:
            names.append(name)
            values.append(value)
        elif isinstance(value, dict):
            names.append(name)
            _flatten(value, names, values)
        elif value is None or value == []:
            continue
        elif _are_objects(value):
            names.append(name)
            for item in value:
                _flatten(item, names, values)
        else:
            names += (name, repr(value))
    names.append(None)


def _are_objects(value: object) -> bool:
    return isinstance(value, list) and not [item for item in value if not isinstance(item, dict)]


def moving_parts(credential: Mapping[str, Any]) -> dict[str, Any]:
    """What may differ between badges of one issuer and achievement."""
    parts = {name: value for name, value in credential.items() if name not in FIXED}
    subject = parts.get("credentialSubject")
    if isinstance(subject, dict):
        parts["credentialSubject"] = {name: value for name, value in subject.items() if name != "achievement"}
    return parts


def is_plain(text: str) -> bool:
    """Whether a text stands in N-Quads and in JSON as it is."""
    return text.isprintable() and '"' not in text and "\\" not in text


@dataclass(frozen=True)
class _Line:
    """One statement: a format for `%` and what goes into it, as places among terms and then labels."""

    format: str
    places: tuple[int, ...]


@dataclass(frozen=True)
class _Node:
    """A blank node: what its first-degree hash (RDFC-1.0 section 4.6) is made from."""

    format: str
    pick: _Pick
    known: dict[tuple[str, ...], bytes]

    def look(self, terms: Sequence[str]) -> bytes:
        said = self.pick(terms)
        look = self.known.get(said)
        if look is None:
            lines = sorted((self.format % said).split("\n"))
            look = hashlib.sha256(("\n".join(lines) + "\n").encode()).digest()
            if len(self.known) < _KEPT_NODES:
                self.known[said] = look
        return look


class Template:
    """One kind of badge: `form` (see `moving`), its JSON text and its canonical form, with places to fill."""

    def __init__(self, credential: Mapping[str, Any]) -> None:
        """From an unsigned credential of this kind. Raises what `to_dataset` raises."""
        parts = moving_parts(credential)
        self.form, values = moving(parts)
        text = json.dumps(credential, ensure_ascii=False)
        mark = "urn:place:"
        while mark in text:
            mark += "x:"
        marks = [f"{mark}{number}:" for number in range(len(values))]
        marked = _merged(credential, _marked(parts, iter(marks)))
        written = json.dumps(marked, ensure_ascii=False).removesuffix("}")
        self._segments = re.split("|".join(f'"{mark}"' for mark in marks) or r"(?!)", written)
        self._openings = [segment + '"' for segment in self._segments[:-1]]
        self._text = "%s".join(segment.replace("%", "%%") for segment in self._segments)
        self._plain_text = '"%s"'.join(segment.replace("%", "%%") for segment in self._segments)
        self._read(marked, marks)

    def text(self, values: Values, *, plain: bool = False) -> str:
        """The unsigned credential as JSON, up to its last brace (a proof may follow). `plain`: see `is_plain`."""
        return self._plain_text % tuple(values) if plain else self._text % tuple(map(encode_basestring, values))

    def fill(self, values: Values, *, plain: bool = False) -> bytes | None:
        """The canonical N-Quads with these texts; None where the full path must decide."""
        try:
            terms = self._terms_of(values, plain=plain)
        except OpenBadgesError:
            return None
        labels = self._labels_among(terms)
        if labels is None:
            return None
        lines = (self._moving % self._pick(terms + labels)).split("\n")
        told_apart = len(set(lines)) == len(lines) and self._steady_set.isdisjoint(lines)
        if not told_apart or not self._own_id(values):
            return None
        lines += self._steady
        lines.sort()
        lines.append("")
        return "\n".join(lines).encode()

    def _labels_among(self, terms: Sequence[str]) -> list[str] | None:
        """The labels of the blank nodes by their looks; None where two look alike."""
        looks = [node.look(terms) for node in self._nodes]
        if len(set(looks)) < len(looks):
            return None
        rank = {look: number for number, look in enumerate(sorted(looks))}
        return [f"_:c14n{rank[look]}" for look in looks]

    def _terms_of(self, values: Values, *, plain: bool) -> list[str]:
        """The texts as terms of N-Quads. Raises NotAnAddress."""
        if plain:
            return [_plain_iri(values[place]) if is_iri else f'"{values[place]}"' for is_iri, place in self._terms]
        return [str(iri(values[place]) if is_iri else Literal(values[place])) for is_iri, place in self._terms]

    def values_in(self, text: str) -> tuple[Values, int] | None:
        """The texts in a JSON text of exactly this kind, and where they end; None if it is another or not plain."""
        said: list[str] = []
        place = 0
        for segment in self._openings:
            if not text.startswith(segment, place):
                return None
            begin = place + len(segment)
            place = text.find('"', begin)
            said.append(text[begin:place])
            place += 1
        if not text.startswith(self._segments[-1], place) or not all(said) or not is_plain("".join(said)):
            return None
        return said, place + len(self._segments[-1])

    def _own_id(self, values: Values) -> bool:
        """Whether the badge's id, always the first text, is nothing else's."""
        return values[0] not in self._ids and values.count(values[0]) == 1

    def _read(self, marked: Mapping[str, Any], marks: list[str]) -> None:
        """Sort the statements of the marked sample by what in them can differ."""
        quads = list(to_dataset(marked))
        nodes = list(dict.fromkeys(node for quad in quads for node in _blank_nodes(quad)))
        written = "\n".join(map(str, quads))
        self._terms: list[tuple[bool, int]] = []
        terms: dict[str, int] = {}
        for number, mark in enumerate(marks):
            for term, is_iri in ((f"<{mark}>", True), (f'"{mark}"', False)):
                if term in written:
                    terms[term] = len(self._terms)
                    self._terms.append((is_iri, number))
        found = re.compile("|".join(map(re.escape, terms)) or r"(?!)")
        self._ids = set(re.findall(r"<([^>]*)>", written))

        def line(quad: Quad, label: Callable[[BlankNode], str | int]) -> _Line:
            return _line(quad, label, found, terms)

        about = [[line(quad, _seen_from(node)) for quad in quads if node in _blank_nodes(quad)] for node in nodes]
        self._nodes = [_Node(*_joined(rows), {}) for rows in about]
        label: dict[BlankNode, str | int] = {node: len(terms) + number for number, node in enumerate(nodes)}
        if not any(row.places for rows in about for row in rows):
            # No text that differs is said of any blank node, so their labels are the same for every badge.
            labels = self._labels_among([""] * len(terms))
            if labels is not None:
                label, self._nodes = dict(zip(nodes, labels, strict=True)), []
        lines = [line(quad, label.__getitem__) for quad in quads]
        self._steady = sorted(row.format % () for row in lines if not row.places)
        self._steady_set = frozenset(self._steady)
        changing = [row for row in lines if row.places]
        self._moving, self._pick = _joined(changing)


def _plain_iri(text: str) -> str:
    """As `iri`, told from the text alone where it has one of the usual forms. Raises NotAnAddress."""
    return f"<{text}>" if _USUAL_IRI.fullmatch(text) else str(iri(text))


def _seen_from(node: BlankNode) -> Callable[[BlankNode], str]:
    return lambda other: "_:a" if other == node else "_:z"


def _blank_nodes(quad: Quad) -> set[BlankNode]:
    return {part for part in (quad.subject, quad.object, quad.graph_name) if isinstance(part, BlankNode)}


def _line(
    quad: Quad, label: Callable[[BlankNode], str | int], found: re.Pattern[str], terms: Mapping[str, int]
) -> _Line:
    formats: list[str] = []
    places: list[int] = []
    for part in (quad.subject, quad.predicate, quad.object, quad.graph_name):
        if isinstance(part, DefaultGraph):
            continue
        named = label(part) if isinstance(part, BlankNode) else str(part)
        if isinstance(named, int):
            formats.append("%s")
            places.append(named)
            continue
        if hit := found.search(named):
            places.append(terms[hit[0]])
        formats.append(found.sub("\0", named).replace("%", "%%").replace("\0", "%s"))
    return _Line(" ".join([*formats, "."]), tuple(places))


def _joined(lines: list[_Line]) -> tuple[str, _Pick]:
    return "\n".join(line.format for line in lines), _picker([place for line in lines for place in line.places])


def _picker(places: list[int]) -> _Pick:
    """As itemgetter, but always giving a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


def _marked(part: Mapping[str, Any], marks: Iterator[str]) -> dict[str, Any]:
    """A copy with a mark for every text that `moving` finds, in the same order."""
    copy: dict[str, Any] = {}
    for name, value in part.items():
        if isinstance(value, str) and name not in _OF_THE_FORM:
            copy[name] = next(marks)
        elif isinstance(value, dict):
            copy[name] = _marked(value, marks)
        elif _are_objects(value):
            copy[name] = [_marked(item, marks) for item in value]
        else:
            copy[name] = value
    return copy


def _merged(credential: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """The credential with these moving parts in place of its own, everything in its old order."""
    merged = {name: parts.get(name, value) for name, value in credential.items()}
    subject = credential.get("credentialSubject")
    if isinstance(subject, dict):
        inner = parts["credentialSubject"]
        merged["credentialSubject"] = {name: inner.get(name, value) for name, value in subject.items()}
    return merged
