"""Canonical N-Quads: against the published contexts, the W3C vector, and hostile graphs."""

import json
import time
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interop.outside import reference_pages
from tests.unit.core.openbadges.samples import (
    DID_WEB,
    PLAIN,
    WORLD,
    badge,
    copied,
    did_document,
    signed_badge,
    status_list,
)
from touchstone.core.openbadges import canon, compose, graph, keys, proof
from touchstone.core.openbadges.terms import Term, context
from touchstone.core.openbadges.vocabulary import (
    BADGES,
    BADGES_3_0_1,
    BADGES_3_0_2,
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXTENSIONS,
    KNOWN,
    MULTIKEY_V1,
)

VC = "https://www.w3.org/2018/credentials#"


def everything() -> dict[str, Any]:
    """A document that uses every part of the vocabulary a signed badge can."""
    document = copied(signed_badge(WORLD))
    endorsement = copied(signed_badge("Endorsed", status=None))
    endorsement |= {"id": "urn:example:endorsement", "type": ["VerifiableCredential", "EndorsementCredential"]}
    endorsement["credentialSubject"] = {
        "id": "urn:example:x",
        "type": "EndorsementSubject",
        "endorsementComment": "Good",
    }
    achievement = document["credentialSubject"]["achievement"]
    document["endorsement"] = [endorsement]
    document["image"] = "https://badges.example/marks/1.png"
    document["evidence"][0]["name"] = {"@value": "Prueba", "@language": "es-MX"}
    document["relatedResource"] = {"id": "https://badges.example/r", "digestSRI": "sha384-x", "mediaType": "a/b"}
    document["credentialStatus"] |= {
        "statusSize": 1,
        "statusReference": "https://badges.example/s",
        "statusMessage": [{"status": "0x0", "message": "fine"}],
    }
    document["refreshService"] = {"id": "https://badges.example/refresh", "type": "1EdTechCredentialRefresh"}
    achievement["criteria"] = {}
    achievement["resultDescription"] += [
        {
            "id": "urn:example:rd",
            "type": "ResultDescription",
            "name": "Grade",
            "resultType": "LetterGrade",
            "allowedValue": ["F", "C", "A"],
            "valueMin": "F",
            "valueMax": "A",
            "requiredValue": "C",
        },
        {"type": "ResultDescription", "allowedValue": []},
        {"type": "ResultDescription", "allowedValue": "only"},
    ]
    achievement["related"] = [{"type": "Related", "id": "_:b0", "inLanguage": "es", "version": "1"}]
    achievement["creator"] = {
        "type": ["Profile"],
        "id": "_:b0",
        "official": "x",
        "dateOfBirth": "2000-01-01",
        "address": {
            "type": "Address",
            "addressCountry": "US",
            "geo": {"type": "GeoCoordinates", "latitude": 1.25, "longitude": -7e-9},
        },
        "otherIdentifier": {"type": "IdentifierEntry", "identifier": "5", "identifierType": "x"},
    }
    achievement["creditsAvailable"] = 3.0
    subject = document["credentialSubject"]
    subject |= {"activityStartDate": "2026-01-01", "creditsEarned": 0.1, "licenseNumber": 7, "term": True, "role": 1e21}
    return document


def older() -> dict[str, Any]:
    document = copied(signed_badge())
    document["@context"][1] = BADGES_3_0_2
    for holder, name in ((document, "awardedDate"), (document["credentialSubject"]["achievement"], "inLanguage")):
        del holder[name]
    return document


def multikey() -> dict[str, Any]:
    return {
        "@context": [MULTIKEY_V1, DATA_INTEGRITY_V2],
        **did_document()["verificationMethod"][0],
        "revoked": "2026-01-01T00:00:00Z",
        "proof": {
            "type": "DataIntegrityProof",
            "cryptosuite": "x",
            "proofPurpose": "authentication",
            "domain": "d",
            "previousProof": ["urn:a:b"],
            "expires": "2026-01-01T00:00:00Z",
        },
    }


EXAMPLES = {
    "plain": lambda: signed_badge(PLAIN),
    "world": lambda: signed_badge(WORLD, issuer=DID_WEB),
    "status list": status_list,
    "everything": everything,
    "context 3.0.2": older,
    "multikey": multikey,
    "single context": lambda: {
        "@context": CREDENTIALS_V2,
        "type": "VerifiableCredential",
        "name": 'x\u2028\x85\x01"\\',
    },
}


def inlined(value: Any, pages: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {
            name: [pages[url]["@context"] for url in ([part] if isinstance(part, str) else part)]
            if name == "@context"
            else inlined(part, pages)
            for name, part in value.items()
        }
    return [inlined(part, pages) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", EXAMPLES)
def test_canonical_when_published_contexts_and_other_processors_are_used_then_the_same_nquads(name: str) -> None:
    from pyld import jsonld

    document, pages = EXAMPLES[name](), reference_pages()
    ours = canon.canonical_nquads(document)
    dataset = pyoxigraph.Dataset(
        pyoxigraph.parse(json.dumps(inlined(document, pages)), format=pyoxigraph.RdfFormat.JSON_LD)
    )
    assert len(dataset) >= 2
    assert canon.canonical_dataset(dataset) == ours

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": pages[url], "tag": "static"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    if name != "single context":  # PyLD does not escape control characters as RDFC-1.0 says.
        assert jsonld.normalize(document, options) == ours


def test_vocabulary_when_compared_with_the_published_contexts_then_no_term_is_missing() -> None:
    left_out = {
        "EnvelopedVerifiableCredential",
        "EnvelopedVerifiablePresentation",
        "VerifiablePresentation",
        "JsonSchema",
        "JsonSchemaCredential",
        "...",
        "_sd",
        "_sd_alg",
        "aud",
        "cnf",
        "exp",
        "iat",
        "iss",
        "jku",
        "kid",
        "nbf",
        "sub",
        "x5u",
    }
    pages = reference_pages()

    def compare(published: dict[str, Any], ours: Any) -> None:
        names = {name for name in published if not name.startswith("@")}
        assert names - left_out == set(ours)
        for name in names - left_out - {"id", "type"}:
            inner = published[name].get("@context") if isinstance(published[name], dict) else None
            assert bool(inner) == bool(ours[name].scope)
            if inner:
                compare(inner, ours[name].scope)

    for url in (CREDENTIALS_V2, BADGES, BADGES_3_0_2, EXTENSIONS, DATA_INTEGRITY_V2, MULTIKEY_V1):
        compare(pages[url]["@context"], KNOWN[url])


def test_proof_when_w3c_vector_then_hashes_and_signature_as_published() -> None:
    """Data Integrity EdDSA Cryptosuites 1.0, appendix B.1."""
    examples = {
        **context({}),
        "alumniOf": Term("https://www.w3.org/ns/credentials/examples#alumniOf"),
        "AlumniCredential": Term("https://www.w3.org/ns/credentials/examples#AlumniCredential"),
    }
    url = "https://www.w3.org/ns/credentials/examples/v2"
    document = {
        "@context": [CREDENTIALS_V2, url],
        "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
        "type": ["VerifiableCredential", "AlumniCredential"],
        "name": "Alumni Credential",
        "description": "A minimum viable example of an Alumni Credential.",
        "issuer": "https://vc.example/issuers/5678",
        "validFrom": "2023-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
    }
    pair = keys.KeyPair(keys.decode_base58("3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq")[2:])
    known = KNOWN | {url: examples}
    method = "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    created = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
    signed = proof.add_proof(document, sign=pair.sign, verification_method=method, created=created, contexts=known)
    options = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    assert pair.multikey == "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    assert proof.signed_bytes(document, options, known).hex() == (
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )
    assert signed["proof"]["proofValue"] == (
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
    )
    proof.check_proof(signed, pair.public_key, known)


def _unsigned(**changes: Any) -> dict[str, Any]:
    return compose.compose_credential(badge()) | changes


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"favouriteColour": "red"}, graph.UndefinedTerm),
        ({"favouriteColour": None}, graph.UndefinedTerm),
        ({"favouriteColour": []}, graph.UndefinedTerm),
        ({"type": ["VerifiableCredential", "Diploma"]}, graph.UndefinedTerm),
        ({"@context": []}, graph.UndefinedTerm),
        ({"@context": [CREDENTIALS_V2, "https://example.org/context"]}, graph.UnknownContext),
        ({"@context": [CREDENTIALS_V2, {"name": "urn:x:y"}]}, graph.NotReadable),
        ({"@context": [CREDENTIALS_V2, BADGES_3_0_1]}, graph.ContextsContradict),
        ({"@context": [CREDENTIALS_V2, BADGES, BADGES_3_0_2]}, graph.ContextsContradict),
        ({"id": "not an address"}, graph.NotAnAddress),
        ({"id": "credentials/1"}, graph.NotAnAddress),
        ({"id": "https://a.example/b c"}, graph.NotAnAddress),
        ({"id": "https://a.example/%zz"}, graph.NotAnAddress),
        ({"id": 7}, graph.NotAnAddress),
        ({"image": "mark.png"}, graph.NotAnAddress),
        ({"image": 3}, graph.NotAnAddress),
        ({"validUntil": None}, graph.NotReadable),
        ({"evidence": [["nested"]]}, graph.NotReadable),
        ({VC + "validUntil": "2020-01-01T00:00:00Z"}, graph.NotReadable),
        ({"@id": "urn:x:y"}, graph.NotReadable),
        ({"@included": []}, graph.NotReadable),
        ({"name": {"@value": "x", "@direction": "rtl"}}, graph.NotReadable),
        ({"name": {"@value": "x", "@language": "e n"}}, graph.NotReadable),
        ({"validFrom": {"@value": "x", "@type": "http://www.w3.org/2001/XMLSchema#date"}}, graph.NotReadable),
        (
            {
                "refreshService": {
                    "id": badge().id,
                    "validUntil": "2020-01-01T00:00:00Z",
                    "type": "VerifiableCredential",
                }
            },
            graph.NotReadable,
        ),
    ],
)
def test_dataset_when_something_would_not_be_signed_as_read_then_named_error(
    changes: dict[str, Any], error: type
) -> None:
    with pytest.raises(error):
        graph.to_dataset(_unsigned(**changes))


def test_dataset_when_nested_too_deep_then_named_error() -> None:
    value: dict[str, Any] = {"type": "Profile"}
    for _ in range(40):
        value = {"type": "Profile", "parentOrg": value}
    with pytest.raises(graph.TooComplex):
        graph.to_dataset(_unsigned(issuer=value))


@pytest.mark.parametrize("size", [4, 12])
def test_canonical_when_graph_is_poisoned_then_refused_at_once(size: int) -> None:
    nodes = [f"_:n{number}" for number in range(size)]
    clique = [
        {"type": "Profile", "id": one, "parentOrg": [two for two in nodes if two != one] * (3 if size == 4 else 1)}
        for one in nodes
    ]
    begin = time.perf_counter()
    if size == 4:
        assert canon.canonical_nquads(_unsigned(issuer=clique))
    else:
        with pytest.raises(graph.TooComplex):
            canon.canonical_nquads(_unsigned(issuer=clique))
    assert time.perf_counter() - begin < 2


def test_canonical_when_few_nodes_share_many_edges_then_refused() -> None:
    nodes = [pyoxigraph.BlankNode() for _ in range(5)]
    dataset = pyoxigraph.Dataset(
        pyoxigraph.Quad(one, pyoxigraph.NamedNode(f"urn:p:{number}"), two)
        for (one, two), number in product(product(nodes, nodes), range(50))
    )
    with pytest.raises(graph.TooComplex):
        canon.canonical_dataset(dataset)


def test_canonical_when_lookalikes_do_not_hang_together_then_no_refusal() -> None:
    results = [{"type": "Result", "value": "Met", "id": f"_:r{number}"} for number in range(50)]
    document = _unsigned()
    document["credentialSubject"]["result"] = results
    assert canon.canonical_nquads(document).count("value") == 50


def test_canonical_when_two_embedded_proofs_are_equal_then_refused() -> None:
    document = everything()
    twin = copied(document["endorsement"][0]) | {"id": "urn:example:endorsement:2"}
    document["endorsement"].append(twin)
    with pytest.raises(graph.TooComplex):
        canon.canonical_nquads(document)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_canonical_when_any_text_then_as_an_independent_processor(text: str) -> None:
    """The processor gets the meaning of each property in expanded form, so it needs no context."""
    subject = "urn:example:1"
    ours = canon.canonical_nquads({"@context": [CREDENTIALS_V2], "id": subject, "name": text})
    expanded = [{"@id": subject, "https://schema.org/name": [{"@value": text}]}]
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(json.dumps(expanded), format=pyoxigraph.RdfFormat.JSON_LD))
    assert ours == canon.canonical_dataset(dataset)


def test_package_when_imported_then_reads_no_file_and_no_clock() -> None:
    folder = Path(graph.__file__).parent
    for module in folder.glob("*.py"):
        text = module.read_text("utf-8")
        assert not any(
            word in text for word in ("datetime.now(", "urllib.request", "import socket", "import django")
        ), module
        assert module.name == "console.py" or ".open(" not in text, module
