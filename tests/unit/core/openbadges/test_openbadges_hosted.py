"""Badges composed in the older form: our own reader of that form takes them, and reads a withdrawal."""

import json
from typing import Any

import pytest

from tests.unit.core.openbadges.samples import DID_WEB, NOW, signed_badge
from touchstone.core.openbadges import hosted
from touchstone.core.openbadges.facts import Achievement
from touchstone.core.openbadges.report import Result, Summary
from touchstone.core.openbadges.verify import verify

HOST = "https://badges.example"
AT = hosted.Addresses(f"{HOST}/1/assertion.json", f"{HOST}/1/class.json", f"{HOST}/1/issuer.json", f"{HOST}/1.png")


def pages(**changes: Any) -> dict[str, dict[str, Any]]:
    document = signed_badge(**changes)
    return {
        AT.assertion: hosted.compose_assertion(AT, document),
        AT.badge_class: hosted.compose_badge_class(AT, document),
        AT.issuer: hosted.compose_issuer(AT, document, url=HOST, email="help@badges.example"),
    }


def test_hosted_badge_when_composed_then_everything_the_older_form_can_prove_holds() -> None:
    parts = pages()
    report = verify(
        json.dumps(parts[AT.assertion]).encode(), now=NOW, fetch_status_list=parts.get, identity="ada@example.org"
    )
    assert {step.name: step.code for step in report.steps if step.result is not Result.PASSED} == {
        "contexts": "older_words"
    }
    assert report.summary is Summary.NOT_FULLY_CHECKED


def test_hosted_badge_when_withdrawn_then_read_as_revoked() -> None:
    parts = pages()
    assertion = parts[AT.assertion]
    parts[AT.assertion] = hosted.compose_revoked(AT, "Issued in error")
    report = verify(json.dumps(assertion).encode(), now=NOW, fetch_status_list=parts.get)
    assert report.summary is Summary.REVOKED


@pytest.mark.parametrize("part", ["assertion", "badge_class", "issuer"])
def test_hosted_badge_when_composed_then_holds_what_the_older_form_requires(part: str) -> None:
    required = {
        "assertion": {"@context", "id", "type", "recipient", "badge", "verification", "issuedOn"},
        "badge_class": {"@context", "id", "type", "name", "description", "image", "criteria", "issuer"},
        "issuer": {"@context", "id", "type", "name", "url", "email"},
    }
    document = pages()[getattr(AT, part)]
    assert required[part] <= document.keys()
    assert all(document[name] for name in required[part])


def test_hosted_badge_when_the_badge_says_little_then_it_is_still_whole() -> None:
    bare = Achievement("urn:example:a", "A", "B", criteria_id=f"{HOST}/a")
    parts = pages(achievement=bare, issuer=DID_WEB, valid_until=None)
    assert parts[AT.badge_class]["image"] == AT.image
    assert "expires" not in parts[AT.assertion]
    with pytest.raises(hosted.NoRecipientNamed):
        pages(recipient=None)
