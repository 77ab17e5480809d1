"""RDF Dataset Canonicalization (W3C RDFC-1.0) of credentials, in bounded time.

The algorithm itself is pyoxigraph's. It cannot be interrupted, and its time grows with the factorial of the
blank nodes that look alike and hang together ("poison graph"), so a document with many of those is refused
before it starts. At these limits the worst graphs tried took 0.1 s; one node more took ten times that.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad

from touchstone.core.openbadges.graph import TooComplex, to_dataset
from touchstone.core.openbadges.terms import Context
from touchstone.core.openbadges.vocabulary import KNOWN

MAX_TANGLED_NODES = 6
MAX_TANGLED_QUADS = 100


def canonical_nquads(document: Mapping[str, Any], contexts: Mapping[str, Context] = KNOWN) -> str:
    """The canonical N-Quads of a JSON-LD document, one statement a line, in code point order.

    Raises what `to_dataset` raises.
    """
    return canonical_dataset(to_dataset(document, contexts))


def canonical_dataset(dataset: Dataset) -> str:
    """The canonical N-Quads of a dataset, which is relabelled. Raises TooComplex."""
    _refuse_poison(dataset)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


def _refuse_poison(dataset: Dataset) -> None:
    alike = _lookalikes(dataset)
    tangled = [nodes for nodes in map(_blank_nodes, dataset) if len(nodes & alike) > 1]
    too_many = len(set().union(*tangled)) > MAX_TANGLED_NODES or len(tangled) > MAX_TANGLED_QUADS
    # Implementations disagree about named graphs (embedded proofs) that look the same.
    proofs = [quad for quad in dataset if isinstance(quad.graph_name, BlankNode)]
    if too_many or any(_blank_nodes(quad) & alike for quad in proofs):
        raise TooComplex("The badge holds too many parts that look the same to be checked.")


def _blank_nodes(quad: Quad) -> set[BlankNode]:
    parts = (quad.subject, quad.object, quad.graph_name)
    return {part for part in parts if isinstance(part, BlankNode)}


def _lookalikes(dataset: Dataset) -> set[BlankNode]:
    """Blank nodes whose first-degree hash (RDFC-1.0 section 4.6) another one shares."""
    statements: defaultdict[BlankNode, list[str]] = defaultdict(list)
    for quad in dataset:
        for node in _blank_nodes(quad):
            statements[node].append(_seen_from(node, quad))
    looks = {node: hashlib.sha256("\n".join(sorted(lines)).encode()).digest() for node, lines in statements.items()}
    count = Counter(looks.values())
    return {node for node, look in looks.items() if count[look] > 1}


def _seen_from(node: BlankNode, quad: Quad) -> str:
    parts = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    return " ".join(("_:a" if part == node else "_:z") if isinstance(part, BlankNode) else str(part) for part in parts)
