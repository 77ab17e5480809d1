"""Transcripts: badges inside, one signature around them, and what other processors make of it."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.interop.outside import explained, reference_pages
from tests.unit.core.openbadges.samples import (
    DID_KEY,
    DID_WEB,
    KEY,
    NOW,
    WORLD,
    copied,
    did_document,
    signed_badge,
)
from touchstone.core.openbadges import canon, keys, transcript
from touchstone.core.openbadges.report import Result, Summary


def made(*badges: dict[str, Any], issuer: str = DID_KEY) -> dict[str, Any]:
    """A signed transcript of these badges."""
    facts = transcript.Transcript(
        id="urn:uuid:0197b4a5-0000-4000-8000-0000000000ff",
        name="Micro-credentials of a learner",
        issuer_id=issuer,
        issuer_name="Touchstone",
        issuer_url="https://badges.example",
        made=NOW,
        recipient=badges[0]["credentialSubject"]["identifier"],
        badges=badges,
    )
    method = keys.verification_method(issuer, KEY.multikey)
    unsigned = transcript.compose_transcript(facts)
    return transcript.sign_transcript(unsigned, sign=KEY.sign, verification_method=method, created=NOW)


def two() -> list[dict[str, Any]]:
    return [
        signed_badge(text, id=f"urn:example:{place}", status=None) for place, text in enumerate(("Wait time", WORLD))
    ]


def published() -> dict[str, Any]:
    """The published contexts, that of transcripts included."""
    pages = reference_pages()
    name = Path(os.environ["TOUCHSTONE_REFERENCE"]) / "open-badges" / "contexts" / "clr_context_2.0.1.json"
    return {**pages, transcript.CLR: json.loads(name.read_text("utf-8"))}


def codes(document: dict[str, Any], **given: Any) -> dict[str, str]:
    report = transcript.verify_transcript(document, now=NOW, **({"resolve_did": None} | given))
    return {step.name: step.code for step in report.steps if step.result is not Result.PASSED}


def test_transcript_when_made_then_it_verifies_and_its_badges_are_as_they_were_issued() -> None:
    badges = two()
    document = json.loads(json.dumps(made(*badges)))
    assert transcript.verify_transcript(document, now=NOW, resolve_did=None).summary is Summary.VALID
    assert transcript.badges_in(document) == badges
    web = made(*badges, issuer=DID_WEB)
    assert codes(web, resolve_did={DID_WEB: did_document()}.get) == {}
    assert codes(web)["issuer_key"] == "issuer_unreachable"


def test_transcript_when_read_with_the_published_contexts_then_the_same_nquads() -> None:
    from pyld import jsonld

    document, pages = made(*two()), published()

    def load(url: str, _options: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": pages[url], "tag": "static"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    assert jsonld.normalize(document, options) == canon.canonical_nquads(document, transcript.KNOWN_TO_TRANSCRIPTS)


def test_vocabulary_when_compared_with_the_published_context_then_every_term_is_the_same() -> None:
    stated = transcript.KNOWN_TO_TRANSCRIPTS[transcript.CLR]
    context = published()[transcript.CLR]["@context"]
    assert context.keys() == stated.keys()
    for name in context.keys() - {"id", "type"}:
        assert (stated[name].iri, stated[name].scope is not None) == (context[name]["@id"], "@context" in context[name])
        inner = {term: part for term, part in context[name]["@context"].items() if term not in {"id", "type"}}
        scope = stated[name].scope or {}
        for term in scope.keys() - {"id", "type"}:
            assert scope[term].iri == inner[term]["@id"], term
        assert inner.keys() - {"cred", "obi"} == scope.keys() - {"id", "type"}


def test_transcript_when_judged_by_an_engine_of_others_then_it_accepts_the_whole() -> None:
    """The official schema of transcripts is not at hand; one that takes everything stands in its place."""
    pages = {transcript.CLR: published()[transcript.CLR], transcript.SCHEMA: {}}
    verdict = explained(made(*two()), {}, pages)["digitalbazaar"]
    assert verdict["valid"], verdict


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda row: row["credentialSubject"]["verifiableCredential"].pop(), {"proof": "proof_signature_wrong"}),
        (lambda row: row.update(name="Another"), {"proof": "proof_signature_wrong"}),
        (lambda row: row.update(favourite="red"), {"contexts": "term_undefined", "proof": "term_undefined"}),
        (lambda row: row.pop("proof"), {"issuer_key": "proof_missing", "proof": "not_reached"}),
        (lambda row: row.update(type=["VerifiableCredential"]), {"shape": "not_a_transcript"}),
        (lambda row: row["credentialSubject"].update(verifiableCredential=["x"]), {"shape": "not_a_transcript"}),
        (lambda row: row.update(credentialSubject=[5]), {"shape": "not_a_transcript"}),
        (lambda row: row.update(validFrom="today"), {"shape": "shape_wrong"}),
    ],
)
def test_transcript_when_something_is_wrong_then_that_step_says_so(change: Any, expected: dict[str, str]) -> None:
    document = copied(made(*two()))
    change(document)
    assert expected.items() <= codes(document).items()
