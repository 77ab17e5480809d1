"""Keys and DID documents, against published vectors."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.core.openbadges.samples import DID_KEY, DID_WEB, KEY, OTHER_KEY, did_document
from touchstone.core.openbadges import did, keys


@pytest.mark.parametrize(
    ("text", "encoded"),
    [  # the base58 Internet-Draft (draft-msporny-base58-03), section 5
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
    ],
)
def test_base58_when_published_vector_then_same_text(text: bytes, encoded: str) -> None:
    assert keys.encode_base58(text) == encoded
    assert keys.decode_base58(encoded) == text


@given(st.binary(max_size=80))
def test_base58_when_encoded_then_decodes_to_the_same_bytes(data: bytes) -> None:
    assert keys.decode_base58(keys.encode_base58(data)) == data


@pytest.mark.parametrize("text", ["0OIl", "é", "1" * 300])
def test_base58_when_foreign_or_endless_then_named_error(text: str) -> None:
    with pytest.raises(keys.NotBase58):
        keys.decode_base58(text)


def signing_key(document: Any, identifier: str, method: str) -> bytes:
    return keys.decode_multikey(did.signing_method(document, identifier, method)["publicKeyMultibase"])


def test_key_pair_when_made_from_the_seed_of_rfc_8032_test_1_then_its_public_key_and_signature() -> None:
    pair = keys.KeyPair(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert pair.public_key.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert pair.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    assert "9d61" not in repr(pair)


def test_key_pair_when_generated_twice_then_different_and_signs() -> None:
    one, two = keys.KeyPair.generate(), keys.KeyPair.generate()
    assert one.multikey != two.multikey
    assert keys.signature_fits(one.public_key, one.sign(b"text"), b"text")
    assert not keys.signature_fits(two.public_key, one.sign(b"text"), b"text")
    assert not keys.signature_fits(one.public_key, b"short", b"text")


@given(st.binary(min_size=32, max_size=32))
def test_multikey_when_encoded_then_z6mk_and_decodes(key: bytes) -> None:
    assert keys.encode_multikey(key).startswith("z6Mk")
    assert keys.decode_multikey(keys.encode_multikey(key)) == key


@pytest.mark.parametrize(
    "text", ["", "z", "6Mk", "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP", "z0", KEY.multikey + "1"]
)
def test_multikey_when_not_ed25519_then_named_error(text: str) -> None:
    with pytest.raises(keys.NotAMultikey):
        keys.decode_multikey(text)


def test_multikey_when_key_has_wrong_length_then_named_error() -> None:
    with pytest.raises(keys.NotAMultikey):
        keys.encode_multikey(bytes(31))


@pytest.mark.parametrize(
    ("identifier", "address"),
    [  # the examples of the did:web method, section 2.5.2, then ours
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        (DID_WEB, "https://badges.example/issuers/maple/did.json"),
    ],
)
def test_web_address_when_did_web_then_https(identifier: str, address: str) -> None:
    assert did.web_address(identifier) == address


@pytest.mark.parametrize(
    "identifier",
    [
        "did:key:z6Mk",
        "did:web:",
        "did:web:a%2Fb",
        "did:web:a@b",
        "did:web:a:..:b",
        "did:web:a::b",
        "did:web:a:%2e",
        "did:web:a:b?c",
    ],
)
def test_web_address_when_it_could_leave_its_place_then_named_error(identifier: str) -> None:
    with pytest.raises(did.NotADid):
        did.web_address(identifier)


def test_did_document_when_keys_rotate_then_every_key_stays_in_both_lists() -> None:
    document = did_document(KEY.multikey, OTHER_KEY.multikey)
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == [
        KEY.multikey,
        OTHER_KEY.multikey,
    ]
    for pair in (KEY, OTHER_KEY):
        method = keys.verification_method(DID_WEB, pair.multikey)
        assert method in document["assertionMethod"]
        assert signing_key(document, DID_WEB, method) == pair.public_key


def test_did_document_when_it_gives_relative_or_embedded_keys_then_they_are_read() -> None:
    method = {"id": "#0", "type": "Multikey", "controller": DID_WEB, "publicKeyMultibase": KEY.multikey}
    relative = {"id": DID_WEB, "verificationMethod": [method], "assertionMethod": ["#0"]}
    embedded = {"id": DID_WEB, "assertionMethod": [method]}
    assert signing_key(relative, DID_WEB, f"{DID_WEB}#0") == KEY.public_key
    assert signing_key(embedded, DID_WEB, f"{DID_WEB}#0") == KEY.public_key


def test_did_key_when_resolved_then_holds_its_own_key() -> None:
    document = did.resolve_did_key(DID_KEY)
    assert signing_key(document, DID_KEY, f"{DID_KEY}#{KEY.multikey}") == KEY.public_key
    with pytest.raises(keys.NotAMultikey):
        did.resolve_did_key("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")
    with pytest.raises(did.NotADid):
        did.resolve_did_key(DID_WEB)


def _without_purpose(document: dict[str, object]) -> None:
    document["assertionMethod"] = []


def _of_another(document: dict[str, object]) -> None:
    document["id"] = "did:web:other.example"


def _controlled_by_another(document: dict[str, object]) -> None:
    document["verificationMethod"][0]["controller"] = "did:web:other.example"  # type: ignore[index]


def _odd(document: dict[str, object]) -> None:
    document["verificationMethod"] = [None, 3, {"id": None}]


@pytest.mark.parametrize("change", [_without_purpose, _of_another, _controlled_by_another, _odd])
def test_signing_key_when_the_document_does_not_grant_it_then_named_error(change: object) -> None:
    document = did_document()
    change(document)  # type: ignore[operator]
    with pytest.raises(did.KeyNotListed):
        signing_key(document, DID_WEB, keys.verification_method(DID_WEB, KEY.multikey))
