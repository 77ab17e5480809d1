"""How work was judged: stated when the award is made, signed, public, and never changed."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue.models import Version
from touchstone.core.content import content_hash
from touchstone.core.openbadges.keys import decode_multikey
from touchstone.core.openbadges.proof import check_proof
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.judging import Agreement, Judged
from touchstone.credentials.models import Award, Badge, Statement
from touchstone.credentials.verification import verify_here
from touchstone.insights.models import Measurement
from touchstone.kit.models import JournalEntry

TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
JSON = "application/vc+ld+json"


def measured(version: Version, *, twice: int = 47) -> None:
    """What a night's measuring left of a version that many were read twice of."""
    figures = [{"key": "agreement.exact", "value": 0.8723}, {"key": "kappa.quadratic", "value": 0.7149}]
    none = [{"key": "agreement.exact", "value": 1.0}, {"key": "kappa.quadratic", "value": None}]
    report = {
        "works_read_twice": twice,
        "criteria": [
            {"name": "overview", "figures": figures},
            {"name": "recording", "figures": figures},
            {"name": "reflection", "figures": none},
        ],
    }
    facts = {"established": twice >= 30, "report": report, "own": {}, "promise": {"works": 60, "broken": 0}}
    Measurement.objects.create(version=version, measured_at=b.NOW, figures=facts, export=b"")


def results_of(document: dict[str, Any]) -> dict[str, str]:
    """Value by the part of the result description's id behind the dash: assessors, read-twice, …"""
    rows = document["credentialSubject"]["result"]
    return {row["resultDescription"].partition("#measure-")[2]: row["value"] for row in rows if "value" in row}


def test_award_when_agreement_is_established_then_statement_and_badge_say_how_it_was_judged(
    cast: Cast, client: Client
) -> None:
    measured(cast.item)
    cast.earned()
    award = Award.objects.get()
    assert award.statement
    assert award.statement.text
    document = json.loads(award.statement.text)
    key = award.statement.key
    check_proof(document, decode_multikey(key.public))
    expected = {
        "assessors": "1",
        "read-twice": "at least 40",
        "exact-overview": "0.87",
        "kappa-overview": "0.71",
        "exact-recording": "0.87",
        "kappa-recording": "0.71",
        "exact-reflection": "1.00",
    }
    assert results_of(document) == expected
    identifiers = document["credentialSubject"]["achievement"]["otherIdentifier"]
    rubric = content_hash(cast.item.document["rubric"])
    assert {
        "type": "IdentifierEntry",
        "identifier": f"sha256:{rubric}",
        "identifierType": "ext:rubricHash",
    } in identifiers
    assert document["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    badge = Badge.objects.get().document
    assert verify_here(json.dumps(badge).encode(), now=TODAY).summary is Summary.VALID
    assert results_of(badge) == expected
    described = badge["credentialSubject"]["achievement"]["resultDescription"]
    kinds = {row["resultType"] for row in described}
    assert {"ext:IndependentAssessors", "ext:ExactAgreement", "ext:QuadraticWeightedKappa"} < kinds
    [evidence] = badge["evidence"]
    assert evidence["genre"] == "assessment statement"
    assert evidence["id"] == document["id"]
    path = evidence["id"].partition("8000")[2] or f"/statements/{award.statement.token}"
    answer = client.get(path, headers={"accept": JSON})
    assert answer.headers["Content-Type"] == JSON
    assert answer.content.decode() == award.statement.text
    assert client.get(f"{path}/statement.json").content.decode() == award.statement.text
    page = client.get(path).content.decode()
    assert "quadratic weighted kappa 0.71" in page
    assert rubric in page
    assert client.get("/statements/nothing").status_code == 404


def test_award_when_few_were_read_twice_then_not_yet_established(cast: Cast) -> None:
    measured(cast.item, twice=29)
    cast.earned()
    badge = Badge.objects.get().document
    assert results_of(badge) == {"assessors": "1", "read-twice": "not yet established"}
    page = cast.client("earner").get(f"/awards/{Award.objects.get().token}").content.decode()
    assert "was not yet established then" in page
    assert "/statements/" in page


def test_statement_when_work_is_judged_alike_then_shared_and_when_figures_change_kept(cast: Cast) -> None:
    cast.earned()
    first = Statement.objects.get()
    submission = b.submitted(cast.colleague, cast.item)
    assignment = cast.assignment(submission)
    b.score(assignment, cast.membership_of(assignment))
    assert Statement.objects.count() == 1
    measured(cast.item)
    submission = b.submitted(cast.outsider, cast.item)
    assignment = cast.assignment(submission)
    b.score(assignment, cast.membership_of(assignment))
    assert Statement.objects.count() == 2
    assert Statement.objects.get(id=first.id).text == first.text
    assert Award.objects.filter(statement=first).count() == 2


def test_statement_when_its_key_is_given_up_then_signed_anew_with_the_same_words(cast: Cast, settings: Any) -> None:
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    cast.earned()
    before = Statement.objects.get()
    actions.give_up_key(actor=b.SYSTEM, issuer=cast.issuer, now=b.later(days=1))
    after = Statement.objects.get()
    check_proof(json.loads(after.text), decode_multikey(after.key.public))
    assert after.key != before.key
    old, new = json.loads(before.text), json.loads(after.text)
    assert old.pop("proof") != new.pop("proof")
    assert old == new


def test_award_when_made_again_with_other_findings_then_the_first_statement_stays(cast: Cast) -> None:
    cast.earned()
    award = Award.objects.get()
    other = Judged(2, b.NOW.date(), 90, (Agreement("overview", "0.99", "0.98"),))
    attempt = award.attempt
    assert attempt
    again = actions.award_version(actor=b.SYSTEM, attempt=attempt, levels=award.levels, judged=other, now=b.NOW)
    assert again.statement == award.statement
    assert Statement.objects.count() == 1
    assert JournalEntry.objects.filter(verb="award.made").count() == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_statement_page_when_read_then_says_who_read_the_work(cast: Cast, language: str) -> None:
    cast.earned()
    path = f"/statements/{Statement.objects.get().token}"
    page = Client().get(path, headers={"accept-language": language})
    assert page.status_code == 200
