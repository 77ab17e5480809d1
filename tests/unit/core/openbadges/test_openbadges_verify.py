"""Verification in named steps: each way it can fail, and what the summary may claim."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.openbadges.samples import (
    DID_KEY,
    DID_WEB,
    KEY,
    LIST_ID,
    NOW,
    OTHER_KEY,
    PLACE,
    WORLD,
    as_bytes,
    badge,
    copied,
    did_document,
    sign,
    signed_badge,
    status_list,
)
from tests.unit.core.openbadges.test_openbadges_bake import PNG, SVG
from tests.unit.core.openbadges.test_openbadges_compose import HOSTILE
from touchstone.core.openbadges import bake, compose, facts, keys, status
from touchstone.core.openbadges.console import verify_files
from touchstone.core.openbadges.report import NAMES, Report, Result, Summary
from touchstone.core.openbadges.verify import verify

BADGE = signed_badge(WORLD)
LIST = status_list()


def check(document: dict[str, Any] | bytes = BADGE, *lists: dict[str, Any], **given_: Any) -> Report:
    data = document if isinstance(document, bytes) else as_bytes(document)
    found = {page["id"]: page for page in lists}
    return verify(data, **({"now": NOW, "fetch_status_list": found.get} | given_))


def failed(report: Report) -> dict[str, str]:
    return {step.name: step.code for step in report.steps if step.result is Result.FAILED}


def unchecked(report: Report) -> dict[str, str]:
    return {step.name: step.code for step in report.steps if step.result is Result.NOT_CHECKED}


def resigned(**changes: Any) -> dict[str, Any]:
    document = {name: part for name, part in copied(BADGE).items() if name != "proof"}
    return sign({name: part for name, part in (document | changes).items() if part is not None})


def test_badge_when_all_is_at_hand_then_valid_and_every_step_passed() -> None:
    report = check(BADGE, LIST)
    assert (report.summary, failed(report), unchecked(report)) == (Summary.VALID, {}, {})
    assert tuple(step.name for step in report.steps) == NAMES
    assert report.credential == BADGE


@pytest.mark.parametrize(
    "baked", [bake.bake_png(PNG, json.dumps(BADGE)), bake.bake_svg(SVG, json.dumps(BADGE, ensure_ascii=False))]
)
def test_badge_when_baked_then_valid(baked: bytes) -> None:
    assert check(baked, LIST).summary is Summary.VALID


def test_badge_when_it_has_no_status_then_valid_and_says_so() -> None:
    report = check(resigned(credentialStatus=None))
    assert report.summary is Summary.VALID
    assert report.step("not_revoked").code == "no_status"


def test_badge_when_the_list_cannot_be_had_then_not_fully_checked() -> None:
    def refuse(_address: str) -> None:
        raise TimeoutError

    for fetch in (None, refuse, lambda _: None, lambda _: b"<html>busy</html>"):
        report = check(BADGE, fetch_status_list=fetch)
        assert report.summary is Summary.NOT_FULLY_CHECKED
        assert unchecked(report) == {"status_list": "status_list_unavailable", "not_revoked": "not_reached"}


def test_badge_when_revoked_then_revoked_and_a_neighbour_is_not() -> None:
    assert check(BADGE, status_list(PLACE)).summary is Summary.REVOKED
    assert check(BADGE, status_list(PLACE - 1, PLACE + 1)).summary is Summary.VALID
    as_data = check(BADGE, fetch_status_list={LIST_ID: as_bytes(status_list(PLACE))}.get)
    assert failed(as_data) == {"not_revoked": "revoked"}


def test_badge_when_suspended_then_not_valid() -> None:
    entry = status.StatusEntry(LIST_ID, PLACE, "suspension")
    report = check(resigned(credentialStatus=entry.as_json()), status_list(PLACE, purpose="suspension"))
    assert (report.summary, failed(report)) == (Summary.NOT_VALID, {"not_revoked": "suspended"})


def _other_address() -> dict[str, Any]:
    return status_list(list_id="https://badges.example/status/2") | {"id": LIST_ID}


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (status_list(PLACE, key=OTHER_KEY), "key_not_listed"),
        (status_list(issuer=keys.did_key(OTHER_KEY.multikey), key=OTHER_KEY), "status_list_of_another"),
        (status_list(purpose="suspension"), "status_list_of_another"),
        (_other_address(), "proof_signature_wrong"),
        ({"id": LIST_ID, "issuer": DID_KEY}, "proof_missing"),
    ],
)
def test_badge_when_the_list_is_not_the_issuers_own_then_failed(page: dict[str, Any], code: str) -> None:
    report = check(BADGE, fetch_status_list=lambda _: page)
    assert failed(report) == {"status_list": code}
    assert report.summary is Summary.NOT_VALID


def test_badge_when_the_list_is_signed_but_bad_then_named() -> None:
    untyped = {name: part for name, part in LIST.items() if name != "proof"} | {"type": ["VerifiableCredential"]}
    assert failed(check(BADGE, sign(untyped))) == {"status_list": "status_list_of_another"}
    short = copied(LIST)
    del short["proof"]
    short["credentialSubject"]["encodedList"] = "uH4sI"
    assert failed(check(BADGE, sign(short))) == {"status_list": "status_list_malformed"}
    far = resigned(credentialStatus=status.StatusEntry(LIST_ID, 10**9).as_json())
    assert failed(check(far, LIST)) == {"not_revoked": "status_index_out_of_range"}
    old = check(BADGE, status_list(valid_until=NOW - timedelta(minutes=1)))
    assert unchecked(old) == {"status_list": "status_list_unavailable", "not_revoked": "not_reached"}


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (BADGE["credentialStatus"] | {"statusPurpose": "message"}, "status_not_supported"),
        (BADGE["credentialStatus"] | {"statusSize": 2}, "status_not_supported"),
    ],
)
def test_badge_when_its_status_is_of_another_kind_then_not_fully_checked(entry: dict[str, Any], code: str) -> None:
    report = check(resigned(credentialStatus=entry), LIST)
    assert unchecked(report)["status_list"] == code
    assert report.summary is Summary.NOT_FULLY_CHECKED


def test_badge_when_one_of_two_statuses_is_set_then_revoked_even_if_the_other_cannot_be_read() -> None:
    entries = [BADGE["credentialStatus"], {"type": "1EdTechRevocationList", "id": "https://badges.example/old"}]
    report = check(resigned(credentialStatus=entries), status_list(PLACE))
    assert report.summary is Summary.REVOKED


@pytest.mark.parametrize("index", ["-1", "x", "1e3", "", "٣"])
def test_badge_when_its_index_is_not_a_number_then_failed(index: str) -> None:
    report = check(resigned(credentialStatus=BADGE["credentialStatus"] | {"statusListIndex": index}), LIST)
    assert failed(report) == {"status_list": "status_malformed"}


def test_badge_when_too_early_or_too_late_then_not_valid_or_expired() -> None:
    early, late = (
        check(BADGE, LIST, now=NOW - timedelta(days=2)),
        check(BADGE, status_list(), now=NOW + timedelta(days=366)),
    )
    assert (early.summary, failed(early)) == (Summary.NOT_VALID, {"dates": "not_yet_valid"})
    assert (late.summary, failed(late)) == (Summary.EXPIRED, {"dates": "expired"})


def test_badge_when_changed_then_its_signature_fails_whatever_the_dates_say() -> None:
    longer = copied(BADGE) | {"validUntil": "2099-01-01T00:00:00Z"}
    report = check(longer, LIST)
    assert (report.summary, failed(report)) == (Summary.NOT_VALID, {"proof": "proof_signature_wrong"})
    for name in ("validUntil", "credentialStatus", "evidence"):
        without = {key: part for key, part in BADGE.items() if key != name}
        assert failed(check(without, LIST)) == {"proof": "proof_signature_wrong"}


def test_badge_when_an_end_date_is_hidden_in_another_spelling_then_never_valid() -> None:
    """Each has the same RDF as the signed badge, so the signature alone would hold."""
    iri = {key: part for key, part in BADGE.items() if key != "validUntil"}
    iri["https://www.w3.org/2018/credentials#validUntil"] = {
        "@value": BADGE["validUntil"],
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }
    typed = copied(BADGE)
    typed["validUntil"] = {"@value": BADGE["validUntil"], "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    for document in (iri, typed):
        report = check(document, LIST, now=NOW + timedelta(days=366))
        assert report.summary in {Summary.NOT_VALID, Summary.NOT_FULLY_CHECKED}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_badge_when_any_one_byte_changes_then_never_valid(data: st.DataObject) -> None:
    """Compact JSON has no byte without meaning, but for the letters of an escape and the form of a list."""
    whole = json.dumps(BADGE, ensure_ascii=False, separators=(",", ":")).encode()
    place = data.draw(st.integers(0, len(whole) - 1))
    new = data.draw(st.integers(0, 255).filter(lambda value: value != whole[place]))
    changed = whole[:place] + bytes([new]) + whole[place + 1 :]
    report = check(changed, LIST)
    assert report.summary is not Summary.VALID, (whole[place - 20 : place + 20], new)


@pytest.mark.parametrize(
    ("change", "step", "code"),
    [
        (lambda d: d.pop("proof"), "issuer_key", "proof_missing"),
        (lambda d: d["proof"].update(proofPurpose="authentication"), "issuer_key", "proof_malformed"),
        (lambda d: d["proof"].update(proofValue=5), "issuer_key", "proof_malformed"),
        (
            lambda d: d["proof"].update({"@context": "https://www.w3.org/ns/credentials/v2"}),
            "issuer_key",
            "proof_malformed",
        ),
        (lambda d: d["proof"].update(proofValue="mAAAA"), "proof", "proof_signature_wrong"),
        (lambda d: d["proof"].update(proofValue="z0OIl"), "proof", "proof_signature_wrong"),
        (lambda d: d["proof"].update(colour="red"), "proof", "term_undefined"),
        (lambda d: d["proof"].update(verificationMethod="did:web:evil.example#1"), "issuer_key", "key_of_another"),
        (lambda d: d["issuer"].update(id="did:web:maple.example"), "issuer_key", "key_of_another"),
        (lambda d: d.update(favouriteColour="red"), "contexts", "term_undefined"),
        (lambda d: d.update(id="credential/1"), "contexts", "address_invalid"),
        (lambda d: d["credentialSubject"].pop("achievement"), "shape", "shape_wrong"),
    ],
)
def test_badge_when_one_thing_is_wrong_then_that_step_says_so(
    change: Callable[[dict[str, Any]], object], step: str, code: str
) -> None:
    document = copied(BADGE)
    change(document)
    report = check(document, LIST)
    assert report.step(step).result is Result.FAILED
    assert report.step(step).code == code
    assert report.summary is Summary.NOT_VALID


@pytest.mark.parametrize(
    ("change", "step", "code"),
    [
        (lambda d: d["@context"].append("https://example.org/own"), "contexts", "context_unknown"),
        (lambda d: d["proof"].update(cryptosuite="ecdsa-rdfc-2019"), "issuer_key", "proof_not_supported"),
        (lambda d: d["proof"].update(type="Ed25519Signature2020"), "issuer_key", "proof_not_supported"),
        (lambda d: d.update(proof=[d["proof"], d["proof"]]), "issuer_key", "proof_not_supported"),
    ],
)
def test_badge_when_something_is_not_known_here_then_not_fully_checked(
    change: Callable[[dict[str, Any]], object], step: str, code: str
) -> None:
    document = copied(BADGE)
    change(document)
    report = check(document, LIST)
    assert unchecked(report)[step] == code
    assert report.summary is Summary.NOT_FULLY_CHECKED


def test_badge_when_its_proof_is_the_only_one_of_a_list_then_valid() -> None:
    assert check(BADGE | {"proof": [BADGE["proof"]]}, LIST).summary is Summary.VALID


@pytest.mark.parametrize(("data", "error"), HOSTILE)
def test_file_when_hostile_then_parsed_fails_with_a_sentence(data: bytes, error: Any) -> None:
    report = check(data)
    assert report.step("parsed").code == error.code
    assert report.step("parsed").sentence.endswith(".")
    assert report.summary is Summary.UNREADABLE
    assert set(unchecked(report).values()) == {"not_reached"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"eyJhbGciOiJSUzI1NiJ9.e30.x", "token_malformed"),
        (PNG, "image_without_badge"),
        (PNG[:40], "image_broken"),
        (b"<svg><script/></svg>", "image_broken"),
        (bake.bake_png(PNG, '{"a": 1, "a": 2}'), "json_duplicate_name"),
    ],
)
def test_file_when_no_badge_can_be_read_then_unreadable(data: bytes, code: str) -> None:
    report = check(data)
    assert (report.summary, report.step("parsed").code) == (Summary.UNREADABLE, code)


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*BADGE, *BADGE["proof"]]), inner),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode())
)
def test_file_when_anything_at_all_then_a_report_and_never_valid(data: bytes) -> None:
    assert check(data, LIST).summary is not Summary.VALID


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_badge_when_any_part_is_replaced_by_anything_then_a_report_and_never_valid(data: st.DataObject) -> None:
    document = copied(BADGE)
    holder: Any = document
    while True:
        place = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        if not isinstance(holder[place], dict | list) or not holder[place] or data.draw(st.booleans()):
            break
        holder = holder[place]
    before = holder[place]
    odd = st.sampled_from([None, 0, 1.5, True, "", "x", [], {}, [[]], [None], {"id": 5}, [{}], {"@value": "x"}])
    holder[place] = data.draw(odd.filter(lambda value: value != before))
    assert check(document, LIST).summary is not Summary.VALID


def test_did_web_badge_when_no_resolver_then_not_fully_checked_and_with_one_valid() -> None:
    document, page = signed_badge(issuer=DID_WEB), status_list(issuer=DID_WEB)

    def refuse(_did: str) -> None:
        raise ConnectionError

    for resolve in (None, refuse, lambda _: None):
        report = check(document, page, resolve_did=resolve)
        assert report.summary is Summary.NOT_FULLY_CHECKED
        assert unchecked(report) == {
            "issuer_key": "issuer_unreachable",
            "proof": "not_reached",
            "status_list": "issuer_unreachable",
            "not_revoked": "not_reached",
        }
    rotated = did_document(KEY.multikey, OTHER_KEY.multikey)
    assert check(document, page, resolve_did={DID_WEB: rotated}.get).summary is Summary.VALID
    lost = did_document(OTHER_KEY.multikey)
    assert failed(check(document, page, resolve_did=lambda _: lost))["issuer_key"] == "key_not_listed"


def test_badge_when_its_issuer_has_no_did_then_not_fully_checked() -> None:
    address = "https://maple.example"
    document = sign(compose.compose_credential(badge(issuer=address, status=None)), controller=address)
    report = check(document)
    assert (report.summary, unchecked(report)["issuer_key"]) == (Summary.NOT_FULLY_CHECKED, "issuer_without_did")


@pytest.mark.parametrize(
    ("identity", "code"),
    [
        ("ada@example.org", "recipient_matches"),
        (" Ada@Example.ORG ", "recipient_matches"),
        ("bob@example.org", "recipient_other"),
    ],
)
def test_recipient_when_an_address_is_given_then_compared_with_the_hash(identity: str, code: str) -> None:
    report = check(BADGE, LIST, identity=identity)
    assert report.step("recipient").code == code
    assert report.summary is (Summary.VALID if code == "recipient_matches" else Summary.NOT_VALID)


def test_recipient_when_named_by_id_or_not_at_all_then_told() -> None:
    named = sign(compose.compose_credential(badge(recipient=facts.Identifier("did:example:ada"), status=None)))
    assert check(named, identity="did:example:ada").step("recipient").result is Result.PASSED
    assert check(named, identity="did:example:bob").summary is Summary.NOT_VALID
    nobody = sign(compose.compose_credential(badge(recipient=None, status=None)))
    assert check(nobody, identity="ada@example.org").summary is Summary.NOT_FULLY_CHECKED


def test_issuer_when_known_or_not_then_told_without_changing_the_summary() -> None:
    known, unknown = check(BADGE, LIST, known_issuers={DID_KEY: "Maple District"}), check(BADGE, LIST, known_issuers={})
    assert "Maple District" in known.step("known_issuer").sentence
    assert unknown.step("known_issuer").result is Result.NOT_CHECKED
    assert (known.summary, unknown.summary) == (Summary.VALID, Summary.VALID)


def test_every_sentence_when_shown_then_short_and_ended() -> None:
    for report in (check(), check(BADGE, LIST), check(b""), check(BADGE, status_list(PLACE))):
        for text in (report.sentence, *(step.sentence for step in report.steps)):
            assert text.endswith(".")
            assert len(text) < 140


def _written(folder: Path, **files: Any) -> dict[str, Path]:
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else as_bytes(content))
    return {name: folder / name for name in files}


def test_console_when_files_are_given_then_steps_and_exit_status(tmp_path: Path) -> None:
    path = _written(
        tmp_path,
        good=BADGE,
        web=signed_badge(issuer=DID_WEB, status=None),
        bad=copied(BADGE) | {"name": "X"},
        list=LIST,
        revoked=status_list(PLACE),
        did=did_document(),
        junk=b"junk",
    )

    def run(*names: str, **more: list[Path]) -> tuple[int, str]:
        out = io.StringIO()
        return verify_files([path[name] for name in names], out, now=NOW, **more), out.getvalue()

    assert run("good", status_lists=[path["list"]])[0] == 0
    assert run("web", did_documents=[path["did"]])[0] == 0
    assert run("good")[0] == 2
    assert run("web")[0] == 2
    assert run("junk")[0] == 2
    assert run("bad", "junk", "good")[0] == 1
    assert run("good", status_lists=[path["revoked"]])[0] == 1
    assert run("good", status_lists=[path["list"], path["junk"]])[0] == 2
    assert verify_files([tmp_path / "absent"], io.StringIO(), now=NOW) == 2
    _code, text = run("good", status_lists=[path["list"]])
    assert text.count("\n") == 1 + len(NAMES)
    assert all(name in text for name in NAMES)


def test_console_when_a_file_tries_to_steer_the_terminal_then_question_marks(tmp_path: Path) -> None:
    path, out = _written(tmp_path, bad=copied(BADGE) | {"\x1b[2J\u202e": "x"})["bad"], io.StringIO()
    assert verify_files([path], out, now=NOW) == 1
    assert "?[2J?" in out.getvalue()
    assert "\x1b" not in out.getvalue()
