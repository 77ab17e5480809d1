"""Facts to credentials, and the reading of hostile JSON."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interop.outside import reference_pages
from tests.unit.core.openbadges.samples import DID_KEY, LIST_ID, NOW, PLACE, WORLD, as_bytes, badge, copied, sign
from touchstone.core.openbadges import compose, facts, proof, reading, shape, times


def test_credential_when_composed_then_meets_the_official_schema_and_our_shape() -> None:
    schema = reference_pages()[compose.SCHEMA]
    document = sign(compose.compose_credential(badge(WORLD)))
    jsonschema.Draft201909Validator(schema).validate(document)
    shape.check_shape(document)


@pytest.mark.parametrize(
    "path",
    [
        "id",
        "type",
        "issuer",
        "validFrom",
        "credentialSubject",
        "credentialSubject.type",
        "credentialSubject.achievement",
        "credentialSubject.achievement.id",
        "credentialSubject.achievement.name",
        "credentialSubject.achievement.criteria",
        "credentialSubject.achievement.description",
        "issuer.id",
        "issuer.type",
        "credentialSubject.identifier.0.identityHash",
        "credentialSubject.achievement.resultDescription.0.resultType",
        "credentialSubject.achievement.alignment.0.targetUrl",
        "credentialSubject.achievement.resultDescription.0.rubricCriterionLevel.0.id",
        "evidence.0.type",
        "@context",
        "credentialSubject.result.0.type",
        "credentialSubject.achievement.image.id",
    ],
)
def test_shape_when_a_required_property_is_missing_then_refused_as_by_the_official_schema(path: str) -> None:
    document = copied(sign(compose.compose_credential(badge())))
    *way, last = path.split(".")
    holder: Any = document
    for name in way:
        holder = holder[int(name)] if isinstance(holder, list) else holder[name]
    del holder[last]
    assert not jsonschema.Draft201909Validator(reference_pages()[compose.SCHEMA]).is_valid(document)
    with pytest.raises(shape.ShapeWrong):
        shape.check_shape(document)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "VerifiableCredential"},
        {"type": ["OpenBadgeCredential"]},
        {"validFrom": "yesterday"},
        {"id": ["a", "b"]},
        {"validUntil": "2026-02-30T00:00:00Z"},
        {"awardedDate": "2026-01-01"},
        {"issuer": [DID_KEY, DID_KEY]},
        {"issuer": {"id": DID_KEY, "type": "Person"}},
        {"credentialStatus": f"{LIST_ID}#7"},
        {"credentialSubject": "urn:x:y"},
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"image": {"id": "https://a.b/c", "type": "Image", "alt": "x"}},
        {"credentialSubject": [{"type": "AchievementSubject"}, {}]},
        {"issuer": 5},
        {"evidence": [7]},
    ],
)
def test_shape_when_wrong_then_named_error(changes: dict[str, Any]) -> None:
    with pytest.raises(shape.ShapeWrong):
        shape.check_shape(compose.compose_credential(badge()) | changes)


def test_credential_when_composed_then_order_status_and_amounts_as_required() -> None:
    document = compose.compose_credential(badge())
    assert [url.rsplit("/", 1)[1] for url in document["@context"]] == ["v2", "context-3.0.3.json", "extensions.json"]
    assert document["credentialStatus"] == {
        "id": f"{LIST_ID}#{PLACE}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(PLACE),
        "statusListCredential": LIST_ID,
    }
    assert document["credentialSubject"]["achievement"]["creditsAvailable"] == 1.5
    assert document["awardedDate"] == "2026-11-22T09:30:00Z"
    whole = facts.Achievement("urn:a:b", "A", "B", credits_available=Decimal("2.0"))
    amount = compose.compose_credential(badge(achievement=whole))["credentialSubject"]["achievement"][
        "creditsAvailable"
    ]
    assert (amount, type(amount)) == (2, int)
    assert "None" not in json.dumps(document)


def test_recipient_when_hashed_then_only_the_salted_hash_of_the_lower_case_address() -> None:
    document = compose.compose_credential(badge())
    identifier = document["credentialSubject"]["identifier"][0]
    assert identifier["identityHash"] == "sha256$" + hashlib.sha256(b"ada@example.orgc2FsdA").hexdigest()
    assert "ada@" not in json.dumps(document).lower()
    assert "id" not in document["credentialSubject"]
    with pytest.raises(compose.UnsaltedHash):
        compose.compose_credential(badge(recipient=facts.HashedEmail("a@b.c", "")))


def test_recipient_when_an_id_or_none_then_so_written() -> None:
    named = compose.compose_credential(badge(recipient=facts.Identifier("did:example:ada")))
    assert named["credentialSubject"]["id"] == "did:example:ada"
    nobody = compose.compose_credential(badge(recipient=None))["credentialSubject"]
    assert {"id", "identifier"}.isdisjoint(nobody)


def test_text_when_decomposed_then_written_composed() -> None:
    document = compose.compose_credential(badge("Le\u0301ger"))
    assert document["name"] == "L\u00e9ger"


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\ud800"])
def test_text_when_it_holds_a_control_character_then_named_error(character: str) -> None:
    with pytest.raises(compose.ControlCharacter) as caught:
        compose.compose_credential(badge(f"a{character}b"))
    assert caught.value.details["field"] == "name"


def test_moment_when_without_time_zone_then_named_error() -> None:
    with pytest.raises(times.NotAMoment):
        compose.compose_credential(badge(valid_from=datetime(2026, 1, 1)))


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30))
def test_credential_when_any_text_is_signed_and_sent_as_json_then_the_signature_holds(text: str) -> None:
    from tests.unit.core.openbadges.samples import KEY

    document = sign(compose.compose_credential(badge(text, evidence=())))
    proof.check_proof(reading.read_json(as_bytes(document)), KEY.public_key)
    proof.check_proof(reading.read_json(json.dumps(document).encode()), KEY.public_key)


def test_document_when_signed_twice_then_named_error() -> None:
    with pytest.raises(proof.AlreadySigned):
        sign(sign(compose.compose_credential(badge())))


HOSTILE = [
    (b'{"a": 1, "a": 2}', reading.DuplicateName),
    (b'{"a": {"b": [], "\\u0062": []}}', reading.DuplicateName),
    ('{"name": "é"}'.encode("latin-1"), reading.WrongCharset),
    ('{"name": "é"}'.encode("utf-16"), reading.WrongCharset),
    (b'{"name": "\\ud800"}', reading.WrongCharset),
    (b'{"\\udc00": 1}', reading.WrongCharset),
    (b'{"n": 1e400}', reading.NumberOutOfRange),
    (b'{"n": 9007199254740993}', reading.NumberOutOfRange),
    (b'{"n": ' + b"9" * 5000 + b"}", reading.NumberOutOfRange),
    (b'{"n": 1.' + b"0" * 5000 + b"}", reading.NumberOutOfRange),
    (b'{"n": NaN}', reading.NumberOutOfRange),
    (b'{"n": -Infinity}', reading.NumberOutOfRange),
    (b'{"a":' * 70 + b"1" + b"}" * 70, reading.TooDeep),
    (b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}", reading.TooDeep),
    (b'{"a": "' + b"a" * reading.MAX_BYTES + b'"}', reading.TooLarge),
    (b"", reading.Unreadable),
    (b"[]", reading.Unreadable),
    (b'"text"', reading.Unreadable),
    (b'{"a": 1', reading.Unreadable),
    (b'{"a": 1} {"b": 2}', reading.Unreadable),
    (b"{'a': 1}", reading.Unreadable),
]


@pytest.mark.parametrize(("data", "error"), HOSTILE)
def test_json_when_hostile_then_named_error(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        reading.read_json(data)


def test_json_when_it_starts_with_a_byte_order_mark_then_read() -> None:
    assert reading.read_json(b'\xef\xbb\xbf{"a": [1, 2.5, true, null]}') == {"a": [1, 2.5, True, None]}


@pytest.mark.parametrize(
    "text", ["2026-01-01T00:00:00", "2026-01-01", "", None, 5, "2026-01-01T25:00:00Z", "١٢٣٤-01-01T00:00:00Z"]
)
def test_timestamp_when_not_a_moment_then_named_error(text: object) -> None:
    with pytest.raises(times.NotAMoment):
        times.read_timestamp(text)


@pytest.mark.parametrize("text", ["2026-11-23T09:30:00Z", "2026-11-23T04:30:00-05:00", "2026-11-23T09:30:00.000000Z"])
def test_timestamp_when_written_in_any_zone_then_the_moment(text: str) -> None:
    assert times.read_timestamp(text) == NOW
