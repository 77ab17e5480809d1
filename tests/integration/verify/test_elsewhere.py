"""Badges of other issuers: their keys and lists are read from real servers, carefully, or not at all."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.integration.kit.test_fetching import HERE, Names, answer, serving
from tests.unit.core.openbadges import samples
from touchstone.core.openbadges import compose, facts, status
from touchstone.core.openbadges.did import compose_did_document
from touchstone.core.openbadges.report import Report, Summary
from touchstone.credentials import elsewhere
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.verification import verify_here
from touchstone.kit import fetching

DID = "did:web:badges.test:issuers:oak"
LIST = "https://badges.test/status/9"
EVIDENCE = "https://badges.test/evidence"
pytestmark = pytest.mark.django_db


def signed(document: dict[str, Any]) -> dict[str, Any]:
    return samples.sign(document, samples.KEY, DID)


def badge() -> bytes:
    row = samples.badge(
        issuer=DID, status=status.StatusEntry(LIST, samples.PLACE), evidence=(facts.Evidence(EVIDENCE),)
    )
    return json.dumps(signed(compose.compose_credential(row)), ensure_ascii=False).encode()


def list_page(*revoked: int) -> dict[str, Any]:
    bits = status.StatusList.empty().with_set(revoked)
    return signed(status.compose_status_list(bits, list_id=LIST, issuer_id=DID, valid_from=samples.NOW))


PAGES = {
    "/issuers/oak/did.json": json.dumps(compose_did_document(DID, [samples.KEY.multikey])).encode(),
    "/status/9": json.dumps(list_page()).encode(),
    "/evidence": b"<p>A lesson</p>",
}


def verified(
    pages: dict[str, bytes], turn: Callable[[str], bytes | None] = lambda path: None
) -> tuple[Report, list[Any]]:
    """The report on the badge when its issuer's server gives these pages, and what that server was asked."""

    def reply(request: bytes) -> bytes:
        path = request.split()[1].decode()
        kind = "text/html" if path == "/evidence" else "application/json"
        body = pages.get(path)
        found = turn(path) or (answer(body, kind=kind) if body is not None else answer(status="404 Not Found"))
        return found.replace(b"{port}", str(port).encode())

    with serving(reply) as (port, got):

        def fetch(address: str, **limits: Any) -> fetching.Fetched:
            """The careful fetch itself, asking the server on this machine in place of the issuer's."""
            parts = urlsplit(address)
            there = f"http://{parts.hostname}:{port}{parts.path}"
            trusted = [f"badges.test:{port}", f"evil.test:{port}"]
            return fetching.fetch(there, resolve=Names([HERE]), trusted=trusted, **limits)

        return verify_here(badge(), now=samples.NOW, elsewhere=Elsewhere(fetch)), got


def test_badge_when_its_issuers_server_answers_then_every_step_passes() -> None:
    report, got = verified(PAGES)
    assert report.summary is Summary.VALID, report
    assert report.step("evidence").code == "evidence_answers"
    assert report.step("known_issuer").code == "issuer_not_known"
    assert len(got) == 3


def test_badge_when_its_issuer_withdrew_it_then_revoked() -> None:
    page = json.dumps(list_page(samples.PLACE)).encode()
    assert verified(PAGES | {"/status/9": page})[0].summary is Summary.REVOKED


@pytest.mark.parametrize(
    ("missing", "step"),
    [("/issuers/oak/did.json", "issuer_key"), ("/status/9", "status_list"), ("/evidence", "evidence")],
)
def test_badge_when_a_page_is_not_there_then_that_step_is_not_checked(missing: str, step: str) -> None:
    report, _got = verified({path: page for path, page in PAGES.items() if path != missing})
    assert report.step(step).result == "not_checked"
    assert report.summary is (Summary.VALID if step == "evidence" else Summary.NOT_FULLY_CHECKED)


def test_badge_when_its_key_document_comes_from_another_host_then_not_believed() -> None:
    def send_on(path: str) -> bytes | None:
        is_key = path == "/issuers/oak/did.json"
        return answer(status="302 Found", Location="//evil.test:{port}/elsewhere/did.json") if is_key else None

    report, got = verified(PAGES | {"/elsewhere/did.json": PAGES["/issuers/oak/did.json"]}, send_on)
    assert any("evil.test" in str(request) for request in got)  # it was followed, and is nobody's word
    assert report.step("issuer_key").code == "issuer_unreachable"
    assert report.summary is Summary.NOT_FULLY_CHECKED


def test_badge_when_pages_are_endless_then_not_checked_in_bounded_time() -> None:
    huge = b" " * 3_000_000
    report, got = verified(dict.fromkeys(PAGES, huge))
    assert report.summary is Summary.NOT_FULLY_CHECKED
    assert report.step("evidence").code == "evidence_answers"  # an answer, however long
    assert len(got) <= elsewhere.MOST_REQUESTS


def test_addresses_when_asked_too_often_or_by_two_at_once_then_no_more() -> None:
    asked: list[str] = []

    def fetch(address: str, **_limits: Any) -> fetching.Fetched:
        asked.append(address)
        return fetching.Fetched(address, "application/json", b"{}")

    there = Elsewhere(fetch)
    assert [there.document(f"https://a.test/{number}") for number in range(10)].count(b"{}") == elsewhere.MOST_REQUESTS
    assert there.document("https://a.test/0") == b"{}"
    assert len(asked) == elsewhere.MOST_REQUESTS


@pytest.mark.parametrize("name", ["did:ion:abc", "did:example:1"])
def test_did_when_of_another_method_then_nobody_is_asked(name: str) -> None:
    assert Elsewhere(lambda *_a, **_k: pytest.fail("asked")).did_document(name) is None


def test_verification_when_not_told_to_ask_then_nobody_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "fetch", lambda *_a, **_k: pytest.fail("asked"))
    report = verify_here(badge(), now=samples.NOW)
    assert report.summary is Summary.NOT_FULLY_CHECKED
    assert report.step("issuer_key").code == "issuer_unreachable"
    assert "evidence" not in {step.name for step in report.steps}
