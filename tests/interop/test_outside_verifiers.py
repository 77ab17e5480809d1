"""Badges of ours in the hands of verifiers by others."""

import dataclasses
import json
from typing import Any

import pytest

from tests.interop.outside import explained, outside_verdicts
from tests.unit.core.openbadges.samples import (
    DID_KEY,
    DID_WEB,
    KEY,
    LIST_ID,
    NOW,
    OTHER_KEY,
    PLACE,
    PLAIN,
    WORLD,
    badge,
    copied,
    did_document,
    sign,
    signed_badge,
    status_list,
)
from touchstone.core.openbadges import compose, facts, statements
from touchstone.core.openbadges.issuing import AchievementSigner, Prover
from touchstone.core.openbadges.key_kinds import P256KeyPair
from touchstone.core.openbadges.keys import verification_method
from touchstone.core.openbadges.report import Summary
from touchstone.core.openbadges.verify import verify

NPM = ("digitalbazaar", "verifier-core")
ENGINES = (*NPM, "openbadgeslib")


def ours(document: dict[str, Any], lists: dict[str, Any], documents: dict[str, Any] | None = None) -> Summary:
    from tests.unit.core.openbadges.samples import as_bytes

    dids = documents or {}
    report = verify(as_bytes(document), now=NOW, resolve_did=dids.get, fetch_status_list=lists.get)
    return report.summary


@pytest.mark.parametrize("text", [PLAIN, WORLD, "It's 100% “fine” & <b>bold</b> \\ tab\there"])
def test_badge_when_issued_with_did_key_then_every_engine_accepts(text: str) -> None:
    document, lists = signed_badge(text), {LIST_ID: status_list()}
    verdicts = explained(document, {}, lists)
    assert {engine: verdict["valid"] for engine, verdict in verdicts.items()} == dict.fromkeys(ENGINES, True), verdicts
    assert ours(document, lists) is Summary.VALID


def test_badge_when_issued_with_did_web_and_a_newer_key_then_every_engine_accepts() -> None:
    for_tokens = P256KeyPair(bytes(31) + b"\x07").multikey
    old_and_new = {DID_WEB: did_document(KEY.multikey, for_tokens, OTHER_KEY.multikey)}
    document = signed_badge(WORLD, issuer=DID_WEB)
    lists = {LIST_ID: status_list(issuer=DID_WEB, key=OTHER_KEY)}
    assert outside_verdicts(document, old_and_new, lists) == dict.fromkeys(ENGINES, True)
    assert ours(document, lists, old_and_new) is Summary.VALID


@pytest.mark.parametrize("text", [WORLD, "It's 100% \u201cfine\u201d & <b>bold</b> \\ tab\there"])
def test_badge_when_signed_by_template_then_every_engine_accepts(text: str) -> None:
    signer = AchievementSigner(badge(text).issuer, badge(text).achievement)
    prover = Prover(KEY.sign, verification_method(DID_KEY, KEY.multikey), NOW)
    signer.sign(badge(text), prover)
    document = json.loads(signer.sign(badge(text, id="urn:uuid:0197b4a5-0000-4000-8000-0000000000fe"), prover))
    assert outside_verdicts(document, {}, {LIST_ID: status_list()}) == dict.fromkeys(ENGINES, True)


def test_badge_when_it_says_only_what_must_be_said_then_every_engine_accepts() -> None:
    bare = facts.Achievement("urn:example:a", "A", "B", criteria_narrative="C")
    changes: dict[str, Any] = {"achievement": bare, "results": (), "evidence": (), "status": None, "awarded": None}
    document = sign(compose.compose_credential(badge(recipient=facts.Identifier(DID_KEY), **changes)))
    assert outside_verdicts(document, {}, {}) == dict.fromkeys(ENGINES, True)
    assert ours(document, {}) is Summary.VALID


def test_badge_when_it_says_how_it_was_judged_and_who_endorses_it_then_every_engine_accepts() -> None:
    subject = badge(WORLD)
    measure = facts.Measure("urn:example:measure:1", "Exact agreement", "ExactAgreement")

    def endorsed(about: str, number: int) -> str:
        endorser = facts.Issuer(DID_KEY, f"District {number}")
        said = facts.Endorsement(f"urn:example:endorsement:{number}", "Endorsement", endorser, about, WORLD, NOW)
        return json.dumps(sign(statements.compose_endorsement(said)))

    achievement = dataclasses.replace(
        subject.achievement,
        measures=(measure,),
        identifiers=(("rubricHash", "sha256:00"),),
        endorsements=(endorsed(subject.achievement.id, 1), endorsed(subject.achievement.id, 2)),
    )
    judged = facts.CriterionResult(measure.id, value="0.87", id=f"{subject.id}#judged-1")
    full = dataclasses.replace(
        subject,
        achievement=achievement,
        issuer=dataclasses.replace(subject.issuer, endorsements=(endorsed(DID_KEY, 3),)),
        results=(*subject.results, judged),
        endorsements=(endorsed(subject.id, 4),),
    )
    without = dataclasses.replace(full, endorsements=())
    prover = Prover(KEY.sign, verification_method(DID_KEY, KEY.multikey), NOW)
    signer, lists = AchievementSigner(full.issuer, full.achievement), {LIST_ID: status_list()}
    signer.sign(without, prover)
    for one in (full, without):  # the latter is filled into the form of the one before
        document = json.loads(signer.sign(one, prover))
        verdicts = {engine: row["valid"] for engine, row in explained(document, {}, lists).items()}
        # openbadgeslib lets no endorsement inside a badge name that badge, as the standard has it.
        assert verdicts == dict.fromkeys(ENGINES, True) | ({"openbadgeslib": False} if one is full else {})
        assert ours(document, lists) is Summary.VALID


@pytest.mark.parametrize("place", ["name", "narrative", "salt", "proofValue", "created"])
def test_badge_when_one_character_changes_then_every_engine_rejects(place: str) -> None:
    document = copied(signed_badge())
    holder = {
        "name": document,
        "narrative": document["credentialSubject"]["achievement"]["criteria"],
        "salt": document["credentialSubject"]["identifier"][0],
        "proofValue": document["proof"],
        "created": document["proof"],
    }[place]
    before = holder[place]
    holder[place] = before.replace("30:00Z", "30:01Z") if place == "created" else before[:-1] + other(before[-1])
    assert holder[place] != before
    lists = {LIST_ID: status_list()}
    assert outside_verdicts(document, {}, lists) == dict.fromkeys(ENGINES, False)
    assert ours(document, lists) is Summary.NOT_VALID


def other(character: str) -> str:
    return "A" if character != "A" else "B"


def test_badge_when_signed_with_another_key_then_every_engine_rejects() -> None:
    document = copied(signed_badge())
    foreign = sign({name: part for name, part in document.items() if name != "proof"}, OTHER_KEY)
    lists = {LIST_ID: status_list()}
    assert outside_verdicts(foreign, {}, lists) == dict.fromkeys(ENGINES, False)
    assert ours(foreign, lists) is Summary.NOT_VALID


def test_badge_when_revoked_then_the_engines_that_read_status_lists_say_so() -> None:
    document, lists = signed_badge(), {LIST_ID: status_list(PLACE)}
    verdicts = outside_verdicts(document, {}, lists)
    assert [verdicts[engine] for engine in NPM] == [False, False]
    assert ours(document, lists) is Summary.REVOKED
    neighbour = {LIST_ID: status_list(PLACE - 1, PLACE + 1)}
    assert outside_verdicts(document, {}, neighbour) == dict.fromkeys(ENGINES, True)
