"""Badges to test with: one issuer, one micro-credential, every optional part filled."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from touchstone.core.openbadges import compose, did, facts, keys, proof, status

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
KEY = keys.KeyPair(bytes(range(32)))
OTHER_KEY = keys.KeyPair(bytes(range(1, 33)))
DID_KEY = keys.did_key(KEY.multikey)
DID_WEB = "did:web:badges.example:issuers:maple"
LIST_ID = "https://badges.example/status/1"
PLACE = 4711
PLAIN = "Asks questions that make pupils think"
WORLD = "L’élève pose des questions® 🎓 שאלות طلاب “niños”"


def badge(text: str = PLAIN, *, issuer: str = DID_KEY, **changes: Any) -> facts.Badge:
    """A badge about `text`, with any fact changed."""
    levels = (
        facts.Level("urn:example:level:1", "Not met", description=text, points="0"),
        facts.Level("urn:example:level:2", "Met", level="2", points="1"),
    )
    achievement = facts.Achievement(
        id="urn:uuid:0197b4a5-0000-4000-8000-00000000000a",
        name=text,
        description=f"{text}: over a term, with evidence.",
        criteria_narrative="Two lessons\non video, one reflection.",
        criteria_id="https://badges.example/criteria/1",
        image="https://badges.example/marks/1.png",
        image_caption=text,
        alignments=(facts.Alignment("InTASC 8", "https://example.org/intasc/8", code="8", type="CFItem"),),
        tags=("questioning", text),
        criteria=(facts.Criterion("urn:example:criterion:1", text, levels, "urn:example:level:2"),),
        credits_available=Decimal("1.5"),
        language="en",
        version="2",
    )
    usual: dict[str, Any] = {
        "id": "urn:uuid:0197b4a5-0000-4000-8000-000000000001",
        "issuer": facts.Issuer(issuer, text, url="https://badges.example", email="hello@badges.example"),
        "achievement": achievement,
        "valid_from": NOW - timedelta(days=1),
        "recipient": facts.HashedEmail("Ada@Example.org", "c2FsdA"),
        "results": (facts.CriterionResult("urn:example:criterion:1", "urn:example:level:2", "Met"),),
        "evidence": (
            facts.Evidence("https://badges.example/evidence/1", name=text, narrative=text, genre="video"),
            facts.Evidence(narrative="A reflection.", audience="teachers"),
        ),
        "awarded": NOW - timedelta(days=1),
        "valid_until": NOW + timedelta(days=365),
        "status": status.StatusEntry(LIST_ID, PLACE),
    }
    return facts.Badge(**(usual | changes))


def sign(document: dict[str, Any], key: keys.KeyPair = KEY, controller: str = DID_KEY) -> dict[str, Any]:
    method = keys.verification_method(controller, key.multikey)
    return proof.add_proof(document, sign=key.sign, verification_method=method, created=NOW)


def signed_badge(text: str = PLAIN, *, issuer: str = DID_KEY, **changes: Any) -> dict[str, Any]:
    return sign(compose.compose_credential(badge(text, issuer=issuer, **changes)), controller=issuer)


def status_list(*revoked: int, issuer: str = DID_KEY, key: keys.KeyPair = KEY, **changes: Any) -> dict[str, Any]:
    """A signed status list with these bits set."""
    bits = status.StatusList.empty().with_set(revoked)
    facts_of_list: dict[str, Any] = {"list_id": LIST_ID, "issuer_id": issuer, "valid_from": NOW - timedelta(hours=1)}
    return sign(status.compose_status_list(bits, **(facts_of_list | changes)), key, issuer)


def did_document(*multikeys: str) -> dict[str, Any]:
    return did.compose_did_document(DID_WEB, multikeys or (KEY.multikey,))


def as_bytes(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def copied(document: dict[str, Any]) -> dict[str, Any]:
    """A copy to tamper with."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    return copy
