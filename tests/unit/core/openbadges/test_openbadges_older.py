"""Badges and lists of before: what could be checked is said, and nothing more."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.unit.core.openbadges.samples import DID_KEY, NOW, PLAIN, as_bytes, badge, copied, sign, signed_badge
from tests.unit.core.openbadges.test_openbadges_bake import with_chunk
from touchstone.core.openbadges import compose
from touchstone.core.openbadges.older import Gone
from touchstone.core.openbadges.report import Report, Result, Summary
from touchstone.core.openbadges.said import said
from touchstone.core.openbadges.verify import verify

HOST = "https://old.example"
ISSUER = {"id": f"{HOST}/issuer", "type": "Issuer", "name": "Old school", "url": HOST, "email": "a@old.example"}
CLASS = {"id": f"{HOST}/class", "type": "BadgeClass", "name": "Questions", "issuer": f"{HOST}/issuer"}
ASSERTION = {
    "@context": "https://w3id.org/openbadges/v2",
    "id": f"{HOST}/badge/1",
    "type": "Assertion",
    "recipient": {
        "type": "email",
        "hashed": True,
        "salt": "salt",
        "identity": compose.hash_identity("ada@example.org", "salt"),
    },
    "badge": CLASS["id"],
    "verification": {"type": "HostedBadge"},
    "issuedOn": "2020-05-01T00:00:00Z",
}
PAGES: dict[str, dict[str, Any]] = {page["id"]: page for page in (ISSUER, CLASS, ASSERTION)}
RSA = rsa.generate_private_key(65537, 2048)
PEM = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def check(data: object = ASSERTION, pages: dict[str, Any] = PAGES, **given: Any) -> Report:
    content = data if isinstance(data, bytes) else as_bytes(data)
    return verify(content, **({"now": NOW, "fetch_status_list": pages.get} | given))


def results(report: Report) -> dict[str, str]:
    return {step.name: step.code for step in report.steps if step.result is not Result.PASSED}


def test_hosted_badge_when_its_address_says_the_same_then_all_but_its_words_is_checked() -> None:
    report = check(identity="Ada@example.org")
    assert report.summary is Summary.NOT_FULLY_CHECKED
    assert results(report) == {"contexts": "older_words"}
    assert report.step("parsed").code == "older_form"
    assert "2.0" in report.step("parsed").sentence
    assert results(check(identity="eva@example.org"))["recipient"] == "recipient_other"


def test_hosted_badge_when_baked_then_read_from_the_picture() -> None:
    image = with_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + as_bytes(ASSERTION))
    assert results(check(image)) == {"contexts": "older_words"}
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org">'
        f'<o:assertion verify="{ASSERTION["id"]}"><![CDATA[{json.dumps(ASSERTION)}]]></o:assertion></svg>'
    )
    assert results(check(drawing.encode())) == {"contexts": "older_words"}


def test_hosted_badge_when_nothing_can_be_fetched_then_not_checked() -> None:
    report = check(fetch_status_list=None)
    assert report.summary is Summary.NOT_FULLY_CHECKED
    assert set(results(report)) == {"contexts", "issuer_key", "proof", "status_list", "not_revoked"}


def forged() -> dict[str, Any]:
    """An assertion at another place that names the issuer's class."""
    return {**ASSERTION, "id": "https://evil.example/badge/1"}


@pytest.mark.parametrize(
    ("change", "pages", "summary", "step", "code"),
    [
        ({"issuedOn": "2020-05-02T00:00:00Z"}, {}, Summary.NOT_VALID, "proof", "hosted_differs"),
        ({}, {ASSERTION["id"]: {"revoked": True}}, Summary.REVOKED, "not_revoked", "revoked"),
        (forged(), {forged()["id"]: forged()}, Summary.NOT_VALID, "issuer_key", "hosted_elsewhere"),
        ({"expires": "2021-01-01T00:00:00Z"}, None, Summary.EXPIRED, "dates", "expired"),
        ({"issuedOn": "2030-01-01T00:00:00Z"}, None, Summary.NOT_VALID, "dates", "not_yet_valid"),
        ({"issuedOn": "once"}, None, Summary.NOT_VALID, "dates", "not_a_moment"),
        ({"recipient": "ada@example.org"}, {}, Summary.NOT_VALID, "shape", "shape_wrong"),
        ({"badge": None}, {}, Summary.NOT_VALID, "shape", "shape_wrong"),
    ],
)
def test_hosted_badge_when_something_is_wrong_then_that_step_says_so(
    change: dict[str, Any], pages: dict[str, Any] | None, summary: Summary, step: str, code: str
) -> None:
    document = ASSERTION | change
    report = check(document, PAGES | ({document["id"]: document} if pages is None else pages))
    assert (report.summary, report.step(step).code) == (summary, code)


def signed(owner: str = ISSUER["id"], listed: bool = True, **changes: Any) -> tuple[bytes, dict[str, Any]]:
    key = {"id": f"{HOST}/key", "type": "CryptographicKey", "owner": owner, "publicKeyPem": PEM}
    issuer = ISSUER | {"publicKey": key["id"] if listed else [], "revocationList": f"{HOST}/revoked"}
    verification = {"type": "SignedBadge", "creator": key["id"]}
    token = jwt.encode({**ASSERTION, "verification": verification} | changes, RSA, "RS256")
    return token.encode(), PAGES | {page["id"]: page for page in (key, issuer)} | {
        f"{HOST}/revoked": {"revokedAssertions": [{"id": "urn:another"}]}
    }


def test_signed_badge_when_its_issuer_names_the_key_then_all_but_its_words_is_checked() -> None:
    token, pages = signed()
    report = check(token, pages)
    assert report.summary is Summary.NOT_FULLY_CHECKED
    assert results(report) == {"contexts": "older_words"}
    pages[f"{HOST}/revoked"] = {"revokedAssertions": ["urn:another", ASSERTION["id"]]}
    assert check(token, pages).summary is Summary.REVOKED


@pytest.mark.parametrize(
    ("make", "step", "code"),
    [
        (lambda: signed(owner="https://evil.example/issuer"), "issuer_key", "key_of_another"),
        (lambda: signed(listed=False), "issuer_key", "key_of_another"),
        (lambda: (signed()[0][:-8] + b"AAAAAAAA", signed()[1]), "proof", "proof_signature_wrong"),
    ],
)
def test_signed_badge_when_its_key_or_signature_is_not_the_issuers_then_not_valid(
    make: Callable[[], tuple[bytes, dict[str, Any]]], step: str, code: str
) -> None:
    report = check(*make())
    assert (report.summary, report.step(step).code) == (Summary.NOT_VALID, code)


def test_hosted_badge_when_its_address_is_gone_for_good_then_withdrawn() -> None:
    def fetch(address: str) -> Any:
        if address == ASSERTION["id"]:
            raise Gone(address)
        return PAGES.get(address)

    report = check(fetch_status_list=fetch)
    assert (report.summary, report.step("not_revoked").code) == (Summary.REVOKED, "revoked")
    assert report.step("proof").code == "hosted_no_more"


def test_badge_of_either_form_says_who_issued_what_and_when() -> None:
    older = said(ASSERTION, PAGES.get)
    assert (older.badge, older.issuer, older.issuer_name) == (ASSERTION["id"], ISSUER["id"], "Old school")
    assert (older.achievement, older.name, older.valid_until) == (CLASS["id"], "Questions", None)
    alone = said(ASSERTION)
    assert (alone.issuer, alone.name) == (CLASS["id"], "")
    newer = said(signed_badge())
    assert (newer.name, newer.issuer, newer.valid_from) == (PLAIN, DID_KEY, NOW - timedelta(days=1))
    assert newer.valid_until == NOW + timedelta(days=365)
    bare = said({**signed_badge(), "issuer": DID_KEY, "validUntil": "some day"})
    assert (bare.issuer, bare.issuer_name, bare.valid_until) == (DID_KEY, "", None)


# -- the list of withdrawn badges that Open Badges 3.0 used before -----------------------------------------------------

OLD_LIST = "https://badges.example/revoked"
NEWER = compose.compose_credential(badge(status=None))
WITH_OLD_LIST = sign({**NEWER, "credentialStatus": {"id": OLD_LIST, "type": "1EdTechRevocationList"}})


def old_list(*revoked: object, issuer: object = NEWER["issuer"]["id"]) -> dict[str, Any]:
    return {OLD_LIST: {"id": OLD_LIST, "issuer": issuer, "revokedCredential": list(revoked)}}


@pytest.mark.parametrize(
    ("pages", "summary", "codes"),
    [
        (old_list(), Summary.NOT_FULLY_CHECKED, ("status_list_unsigned", "not_on_older_list")),
        (old_list({"id": "urn:another", "revoked": True}), Summary.NOT_FULLY_CHECKED, ("status_list_unsigned",)),
        (old_list({"id": NEWER["id"], "revoked": True}), Summary.REVOKED, ("status_list_unsigned", "revoked")),
        (old_list({"id": NEWER["id"]}), Summary.REVOKED, ("status_list_unsigned", "revoked")),
        (old_list({"id": NEWER["id"], "revoked": False}), Summary.NOT_FULLY_CHECKED, ("status_list_unsigned",)),
        (old_list(issuer="did:web:evil.example"), Summary.NOT_VALID, ("status_list_of_another", "not_reached")),
        (old_list(5, None, [], issuer={"id": 5}), Summary.NOT_VALID, ("status_list_of_another",)),
        ({}, Summary.NOT_FULLY_CHECKED, ("status_list_unavailable", "not_reached")),
    ],
)
def test_badge_when_it_names_the_older_kind_of_list_then_it_can_only_speak_against(
    pages: dict[str, Any], summary: Summary, codes: tuple[str, ...]
) -> None:
    report = check(copied(WITH_OLD_LIST), pages)
    assert report.summary is summary
    assert (report.step("status_list").code, report.step("not_revoked").code)[: len(codes)] == codes


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_badge_when_its_evidence_is_tried_then_told_without_changing_the_summary() -> None:
    document = as_bytes(sign(compose.compose_credential(badge(status=None))))
    answers = verify(document, now=NOW, reach=lambda address: True)
    silent = verify(document, now=NOW, reach=lambda address: False)
    assert (answers.step("evidence").result, silent.step("evidence").result) == (Result.PASSED, Result.NOT_CHECKED)
    assert answers.summary is silent.summary is Summary.VALID
    bare = as_bytes(sign(compose.compose_credential(badge(status=None, evidence=()))))
    assert "evidence" not in {step.name for step in verify(bare, now=NOW, reach=lambda address: True).steps}
