"""Documents made to fool, exhaust or break whoever checks them: each kind once, by name."""

import base64
import gzip
import json
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.unit.core.openbadges.samples import (
    DID_WEB,
    KEY,
    LIST_ID,
    NOW,
    OTHER_KEY,
    PLAIN,
    as_bytes,
    badge,
    copied,
    did_document,
    sign,
    signed_badge,
    status_list,
)
from tests.unit.core.openbadges.test_openbadges_bake import PNG, with_chunk
from touchstone.core.openbadges import bake, compose, keys
from touchstone.core.openbadges.report import Report, Summary
from touchstone.core.openbadges.verify import verify

SECONDS = 5
BADGE = signed_badge()
TEXT = as_bytes(BADGE).decode()


def resigned(**changes: Any) -> bytes:
    return as_bytes(sign({name: part for name, part in copied(BADGE).items() if name != "proof"} | changes))


def unsigned(**changes: Any) -> bytes:
    return as_bytes(copied(BADGE) | changes)


def check(data: bytes, pages: dict[str, Any] | None = None, dids: dict[str, Any] | None = None) -> Report:
    """A report within seconds, whatever the data."""
    lists = pages if pages is not None else {LIST_ID: status_list()}
    begin = time.monotonic()
    report = verify(data, now=NOW, fetch_status_list=lists.get, resolve_did=(dids or {}).get)
    assert time.monotonic() - begin < SECONDS
    return report


def nested(depth: int) -> dict[str, Any]:
    part: dict[str, Any] = {"type": ["Profile"], "id": "urn:x:y"}
    for _level in range(depth):
        part = {"type": ["Profile"], "id": "urn:x:y", "parentOrg": part}
    return part


def poisoned() -> bytes:
    """Blank nodes that all look alike and refer to one another (RDFC-1.0, section 7.1)."""
    nodes = [f"_:n{number}" for number in range(12)]
    related = [
        {"id": node, "type": ["Profile"], "parentOrg": [{"id": other} for other in nodes if other != node]}
        for node in nodes
    ]
    document = copied(BADGE)
    document["credentialSubject"]["achievement"]["creator"] = related[0] | {"parentOrg": related[1:]}
    return as_bytes(document)


def list_that_unpacks_to(size: int) -> dict[str, Any]:
    packed = zlib.compressobj(9, wbits=31)
    block, data = bytes(1024 * 1024), b""
    for _block in range(size // len(block)):
        data += packed.compress(block)
    data += packed.flush()
    document = {name: part for name, part in status_list().items() if name != "proof"}
    encoded = "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")
    return sign(document | {"credentialSubject": document["credentialSubject"] | {"encodedList": encoded}})


TWO_CHUNKS = b"iTXt", bake.KEYWORD + b"\0\0\0\0\0" + TEXT.encode()

FILES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "unknown context": (
        lambda: unsigned(**{"@context": [*BADGE["@context"], "https://evil.example/context"]}),
        "contexts",
        "context_unknown",
    ),
    "context written out": (
        lambda: unsigned(**{"@context": [*BADGE["@context"], {"name": "https://schema.org/url"}]}),
        "contexts",
        "form_not_supported",
    ),
    "context that names itself": (
        lambda: unsigned(**{"@context": [*BADGE["@context"], {"@import": "https://evil.example/a"}]}),
        "contexts",
        "form_not_supported",
    ),
    "deep nesting of objects": (lambda: unsigned(issuer=nested(40)), "contexts", "too_complex"),
    "deep nesting of lists": (lambda: b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "parsed", "json_too_deep"),
    "poison graph": (poisoned, "contexts", "too_complex"),
    "huge number": (lambda: TEXT.replace("1.5", "1e999").encode(), "parsed", "json_number_out_of_range"),
    "number of a million digits": (
        lambda: TEXT.replace("1.5", "9" * 1_000_000).encode(),
        "parsed",
        "json_number_out_of_range",
    ),
    "not a number": (lambda: TEXT.replace("1.5", "NaN").encode(), "parsed", "json_number_out_of_range"),
    "name given twice": (lambda: TEXT.replace("{", '{"id": "urn:x:y", ', 1).encode(), "parsed", "json_duplicate_name"),
    "wrong charset": (lambda: TEXT.replace(PLAIN, "é").encode("latin-1"), "parsed", "json_wrong_charset"),
    "UTF-16": (lambda: TEXT.encode("utf-16"), "parsed", "json_wrong_charset"),
    "half a character": (lambda: TEXT.replace(PLAIN, "\\ud800", 1).encode(), "parsed", "json_wrong_charset"),
    "image of megabytes as data:": (
        lambda: resigned(image={"id": "data:image/png;base64," + "A" * 3_000_000, "type": "Image"}),
        "parsed",
        "json_too_large",
    ),
    "PNG with two badges": (
        lambda: with_chunk(*TWO_CHUNKS)[:33] + with_chunk(*TWO_CHUNKS)[33:].replace(PNG[33:], b"") * 2 + PNG[33:],
        "parsed",
        "image_with_several_badges",
    ),
    "PNG with a badge that unpacks": (
        lambda: with_chunk(b"iTXt", bake.KEYWORD + b"\0\1\0\0\0" + zlib.compress(bytes(50_000_000))),
        "parsed",
        "image_badge_not_plain",
    ),
    "SVG with a script": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "parsed",
        "image_unsafe",
    ),
    "SVG with entities that grow": (
        lambda: b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg>&b;</svg>',
        "parsed",
        "image_unsafe",
    ),
    "token that is not signed": (lambda: b"eyJhbGciOiJub25lIn0.e30.", "parsed", "token_algorithm_refused"),
    "token of a million dots": (lambda: b"eyJ" + b"." * 1_000_000, "parsed", "token_malformed"),
    "millions of brackets": (lambda: b"[" * 2_000_000, "parsed", "json_too_deep"),
    "base58 without end": (
        lambda: as_bytes(copied(BADGE) | {"proof": BADGE["proof"] | {"proofValue": "z" + "2" * 1_000_000}}),
        "proof",
        "proof_signature_wrong",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_file_when_hostile_then_the_step_says_so_at_once_and_it_is_never_valid(name: str) -> None:
    make, step, code = FILES[name]
    report = check(make())
    assert report.step(step).code == code, report
    assert report.summary is not Summary.VALID
    assert report.sentence


def test_text_when_not_composed_then_checked_letter_for_letter() -> None:
    """Unicode has two ways to write é; a signature covers the one that was signed, and no checker may mend it."""
    document = sign({name: part for name, part in copied(BADGE).items() if name != "proof"} | {"name": "e\u0301"})
    assert check(as_bytes(document)).summary is Summary.VALID
    mended = copied(document) | {"name": "\u00e9"}
    assert check(as_bytes(mended)).summary is Summary.NOT_VALID


LYING = {
    "says it is another's": did_document() | {"id": "did:web:evil.example"},
    "lists a key it does not control": {
        **did_document(),
        "verificationMethod": [did_document()["verificationMethod"][0] | {"controller": "did:web:evil.example"}],
    },
    "lists the key for signing in only": did_document() | {"assertionMethod": [], "authentication": ["#x"]},
    "gives another key under the name": {
        **did_document(),
        "verificationMethod": [did_document()["verificationMethod"][0] | {"publicKeyMultibase": OTHER_KEY.multikey}],
    },
    "is full of wrong kinds": {"id": DID_WEB, "verificationMethod": {"a": 1}, "assertionMethod": 5},
    "is empty": {},
}


@pytest.mark.parametrize("name", LYING)
def test_did_document_when_it_lies_then_not_valid(name: str) -> None:
    document = as_bytes(signed_badge(issuer=DID_WEB, status=None))
    assert check(document, dids={DID_WEB: did_document()}).summary is Summary.VALID
    assert check(document, dids={DID_WEB: LYING[name]}).summary is Summary.NOT_VALID


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (lambda: list_that_unpacks_to(64 * 1024 * 1024), "status_list_malformed"),
        (lambda: as_bytes(list_that_unpacks_to(512 * 1024 * 1024)), "status_list_malformed"),
        (lambda: b"{" * 100_000, "status_list_unavailable"),
        (lambda: gzip.compress(as_bytes(status_list())), "status_list_unavailable"),
        (lambda: b"eyJhbGciOiJub25lIn0.e30.", "token_algorithm_refused"),
        (lambda: sign({n: p for n, p in status_list().items() if n != "proof"}, OTHER_KEY), "key_not_listed"),
    ],
)
def test_status_list_when_hostile_then_said_so_and_never_valid(page: Callable[[], Any], code: str) -> None:
    report = check(as_bytes(BADGE), {LIST_ID: page()})
    assert report.step("status_list").code == code
    assert report.summary is not Summary.VALID


def test_badge_when_its_recipient_hides_a_second_meaning_then_not_read() -> None:
    credential = compose.compose_credential(badge(status=None))
    credential["credentialSubject"]["https://purl.imsglobal.org/spec/vc/ob/vocab.html#role"] = "principal"
    method = keys.verification_method(BADGE["issuer"]["id"], KEY.multikey)
    document = credential | {"proof": BADGE["proof"] | {"verificationMethod": method}}
    assert check(json.dumps(document).encode()).step("contexts").code == "form_not_supported"
