"""Badges as tokens: made with ES256, read strictly, refused whenever the algorithm could be a trick."""

import base64
import hashlib
import hmac
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.verifier import OB3Verifier

from tests.unit.core.openbadges.samples import DID_WEB, KEY, LIST_ID, NOW, OTHER_KEY, PLACE, WORLD, as_bytes, badge
from tests.unit.core.openbadges.test_openbadges_bake import PNG
from touchstone.core.openbadges import bake, compose, did, key_kinds, keys, status, token
from touchstone.core.openbadges.report import Report, Summary
from touchstone.core.openbadges.verify import verify

PAIR = key_kinds.P256KeyPair(bytes(31) + b"\x07")
METHOD = keys.verification_method(DID_WEB, PAIR.multikey)
DOCUMENT = did.compose_did_document(DID_WEB, [KEY.multikey, PAIR.multikey])
CREDENTIAL = compose.compose_credential(badge(WORLD, issuer=DID_WEB))


def made(credential: dict[str, Any] = CREDENTIAL, method: str = METHOD) -> str:
    return token.make_token(credential, sign=PAIR.sign, verification_method=method)


def listed(*revoked: int) -> bytes:
    bits = status.StatusList.empty().with_set(revoked)
    return made(status.compose_status_list(bits, list_id=LIST_ID, issuer_id=DID_WEB, valid_from=NOW)).encode()


def check(text: str | bytes, document: dict[str, Any] = DOCUMENT, page: bytes | None = None) -> Report:
    data = text.encode() if isinstance(text, str) else text
    return verify(
        data,
        now=NOW,
        resolve_did={DID_WEB: document}.get,
        fetch_status_list={LIST_ID: page or listed()}.get,
        identity="ada@example.org",
    )


def part(value: object) -> str:
    data = value if isinstance(value, bytes) else as_bytes(value)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def forged(header: dict[str, Any], signature: bytes = b"", payload: dict[str, Any] | None = None) -> str:
    claims = payload or {**CREDENTIAL, "iss": DID_WEB, "jti": CREDENTIAL["id"]}
    return f"{part(header)}.{part(claims)}.{part(signature)}"


def test_token_when_made_then_valid_here_and_says_what_the_standard_asks() -> None:
    text = made()
    header, payload = jwt.get_unverified_header(text), jwt.decode(text, options={"verify_signature": False})
    assert header == {"alg": "ES256", "kid": METHOD, "typ": "JWT"}
    assert (payload["iss"], payload["jti"]) == (DID_WEB, CREDENTIAL["id"])
    assert payload["nbf"] == int(badge().valid_from.timestamp())
    assert "proof" not in payload
    report = check(text)
    assert report.summary is Summary.VALID, report
    assert report.credential == CREDENTIAL


def test_token_when_checked_by_others_then_valid_there_too() -> None:
    pem = PAIR._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    text = made()
    assert (
        jwt.decode(text, pem, algorithms=["ES256"], options={"verify_exp": False, "verify_nbf": False})["iss"]
        == DID_WEB
    )
    pages = {did.web_address(DID_WEB): as_bytes(DOCUMENT), LIST_ID: listed()}

    def download(address: str, *_: object, **__: object) -> bytes:
        return pages[address]

    verifier = OB3Verifier.for_issuer_did(DID_WEB, download)
    assert verifier.verify(text).issuer.id == DID_WEB
    with pytest.raises(LibOpenBadgesException):
        verifier.verify(text[:-6] + "AAAAAA")


def test_token_when_its_list_is_a_token_too_then_it_decides() -> None:
    assert check(made(), page=listed(PLACE)).summary is Summary.REVOKED
    assert check(made(), page=listed(PLACE + 1)).summary is Summary.VALID
    forged_list = listed()[:-4] + b"AAAA"
    assert check(made(), page=forged_list).step("status_list").code == "proof_signature_wrong"


def test_token_when_baked_then_read_from_the_picture() -> None:
    assert check(bake.bake_png(PNG, made())).summary is Summary.VALID
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{bake.NAMESPACE}">'
        f'<openbadges:credential verify="{made()}"/></svg>'
    ).encode()
    assert check(drawing).summary is Summary.VALID


@given(st.data())
def test_token_when_any_character_changes_then_never_valid(data: st.DataObject) -> None:
    text = made()
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.sampled_from("AZaz09-_.")) + text[place + 1 :]
    assert changed == text or check(changed).summary is not Summary.VALID


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "", None, "HS256", "HS512", 5, ["ES256"]])
def test_token_when_not_signed_with_a_key_then_refused(algorithm: object) -> None:
    report = check(forged({"alg": algorithm, "kid": METHOD}))
    assert (report.summary, report.step("parsed").code) == (Summary.UNREADABLE, "token_algorithm_refused")


@pytest.mark.parametrize("secret", [PAIR.multikey.encode(), as_bytes(DOCUMENT), KEY.public_key])
def test_token_when_the_public_key_is_used_as_a_secret_then_refused(secret: bytes) -> None:
    signed = forged({"alg": "HS256", "kid": METHOD}).rpartition(".")[0]
    signature = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
    assert check(f"{signed}.{part(signature)}").summary is Summary.UNREADABLE


@pytest.mark.parametrize("algorithm", ["EdDSA", "RS256"])
def test_token_when_its_algorithm_is_not_one_of_its_key_then_not_valid(algorithm: str) -> None:
    signed = forged({"alg": algorithm, "kid": METHOD}).rpartition(".")[0]
    report = check(f"{signed}.{part(PAIR.sign(signed.encode()))}")
    assert (report.summary, report.step("proof").code) == (Summary.NOT_VALID, "proof_signature_wrong")


@pytest.mark.parametrize(
    "header", [{"alg": "PS256"}, {"alg": "ES384"}, {"alg": "ES256", "crit": ["b64"], "b64": False}]
)
def test_token_when_signed_in_a_way_not_read_here_then_said_so(header: dict[str, Any]) -> None:
    assert check(forged({**header, "kid": METHOD})).step("parsed").code == "token_not_supported"


@pytest.mark.parametrize(
    ("kid", "code"),
    [
        ("", "key_of_another"),
        (5, "key_of_another"),
        ("did:web:evil.example#k", "key_of_another"),
        (f"{DID_WEB}#nothing", "key_not_listed"),
    ],
)
def test_token_when_its_key_is_not_the_issuers_then_not_valid(kid: object, code: str) -> None:
    signed = forged({"alg": "ES256", "kid": kid}).rpartition(".")[0]
    report = check(f"{signed}.{part(PAIR.sign(signed.encode()))}")
    assert (report.summary, report.step("issuer_key").code) == (Summary.NOT_VALID, code)


def test_token_when_it_brings_its_own_key_then_that_key_is_not_believed() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    headers = {"jwk": jwt.algorithms.ECAlgorithm.to_jwk(other.public_key(), as_dict=True)}
    payload = {**CREDENTIAL, "iss": DID_WEB, "jti": CREDENTIAL["id"]}
    report = check(jwt.encode(payload, other, algorithm="ES256", headers=headers))
    assert (report.summary, report.step("issuer_key").code) == (Summary.NOT_VALID, "key_of_another")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "did:web:evil.example"},
        {"jti": "urn:x:y"},
        {"nbf": 1},
        {"exp": 1},
        {"sub": "did:example:eve"},
        {"iss": None},
    ],
)
def test_token_when_claims_and_badge_differ_then_not_valid(claims: dict[str, Any]) -> None:
    payload = {**CREDENTIAL, "iss": DID_WEB, "jti": CREDENTIAL["id"]} | claims
    signed = forged({"alg": "ES256", "kid": METHOD}, payload=payload).rpartition(".")[0]
    report = check(f"{signed}.{part(PAIR.sign(signed.encode()))}")
    assert (report.summary, report.step("proof").code) == (Summary.NOT_VALID, "token_claims_differ")


@pytest.mark.parametrize(
    "text",
    [
        "eyJ",
        "eyJ.eyJ.x",
        "eyJhbGciOiJFUzI1NiJ9",
        "eyJhbGciOiJFUzI1NiJ9.e30.AA.AA",
        "eyJhbGciOiJFUzI1NiJ9=.e30.AA",
        "eyJhbGciOiJFUzI1NiJ9.e31.AA",  # bits left over
        "eyJhbGciOiJFUzI1NiJ9.é.AA",
        f"{part({'alg': 'ES256'})}.{part([1])}.AA",
        f"{part(b'{"alg": "ES256", "alg": "none"}')}.{part({})}.AA",
    ],
)
def test_token_when_not_in_three_whole_parts_then_unreadable(text: str) -> None:
    assert check(text).summary is Summary.UNREADABLE


def test_token_when_from_an_issuer_that_signs_with_rs256_then_read_from_its_jwk() -> None:
    private = rsa.generate_private_key(65537, 2048)
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    method = {"id": f"{DID_WEB}#rsa", "type": "JsonWebKey", "controller": DID_WEB, "publicKeyJwk": jwk}
    document = {"id": DID_WEB, "verificationMethod": [method], "assertionMethod": [f"{DID_WEB}#rsa"]}
    payload = {**CREDENTIAL, "iss": DID_WEB, "jti": CREDENTIAL["id"]}
    payload.pop("credentialStatus")
    assert check(jwt.encode(payload, private, "RS256", headers={"kid": "#rsa"}), document).summary is Summary.VALID
    weak = rsa.generate_private_key(65537, 1024)
    method["publicKeyJwk"] = jwt.algorithms.RSAAlgorithm.to_jwk(weak.public_key(), as_dict=True)
    report = check(jwt.encode(payload, weak, "RS256", headers={"kid": f"{DID_WEB}#rsa"}), document)
    assert report.step("issuer_key").code == "not_a_multikey"


def test_token_when_from_an_issuer_that_signs_with_eddsa_then_read() -> None:
    payload = {**CREDENTIAL, "iss": DID_WEB, "jti": CREDENTIAL["id"]}
    payload.pop("credentialStatus")
    for pair, summary in ((KEY, Summary.VALID), (OTHER_KEY, Summary.NOT_VALID)):
        method = keys.verification_method(DID_WEB, KEY.multikey)
        signed = forged({"alg": "EdDSA", "kid": method}, payload=payload).rpartition(".")[0]
        assert check(f"{signed}.{part(pair.sign(signed.encode()))}").summary is summary


def test_key_pair_when_shown_then_keeps_its_secret_and_generates_anew() -> None:
    assert "secret" not in repr(PAIR)
    assert key_kinds.P256KeyPair.generate().multikey != key_kinds.P256KeyPair.generate().multikey
    assert PAIR.multikey.startswith("zDn")
    assert json.dumps(DOCUMENT).count(PAIR.multikey) == 3


@pytest.mark.parametrize("text", ["", "z", "zDn", "zDnaXXXX", KEY.multikey[:-1], "f" + KEY.multikey[1:]])
def test_multikey_when_of_no_kind_then_named_error(text: str) -> None:
    with pytest.raises(keys.NotAMultikey):
        key_kinds.read_multikey(text)
