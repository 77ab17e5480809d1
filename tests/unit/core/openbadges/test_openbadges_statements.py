"""Statements and endorsements: signed credentials of their own, and what they may say inside a badge."""

import dataclasses
import itertools
import json
from typing import Any

import pytest

from tests.unit.core.openbadges.samples import DID_KEY, KEY, NOW, as_bytes, badge, sign
from touchstone.core.openbadges import facts, statements
from touchstone.core.openbadges.compose import ControlCharacter, compose_credential
from touchstone.core.openbadges.graph import NotReadable, to_dataset
from touchstone.core.openbadges.issuing import AchievementSigner, Prover, _in_full
from touchstone.core.openbadges.keys import verification_method
from touchstone.core.openbadges.proof import SignatureWrong, check_proof
from touchstone.core.openbadges.recognition import Templates
from touchstone.core.openbadges.report import Summary
from touchstone.core.openbadges.verify import verify

PROVER = Prover(KEY.sign, verification_method(DID_KEY, KEY.multikey), NOW)
DISTRICT = facts.Issuer(DID_KEY, "Maple District")


def endorsement(about: str, comment: str = "We count it.") -> dict[str, Any]:
    said = facts.Endorsement("urn:example:endorsement:1", "Endorsement", DISTRICT, about, comment, NOW)
    return sign(statements.compose_endorsement(said))


def judged(number: int, **changes: Any) -> facts.Badge:
    """A badge whose only blank node, its alignment, says the same in every badge."""
    own = f"https://badges.example/awards/{number}"
    result = facts.CriterionResult("urn:example:criterion:1", "urn:example:level:2", "Met", id=f"{own}#1")
    usual: dict[str, Any] = {"results": (result,), "recipient": facts.Identifier(f"did:example:{number}")}
    return badge(id=own, evidence=(), **(usual | changes))


def test_statement_when_signed_then_verifies_and_is_refused_once_changed() -> None:
    measure = facts.Measure("urn:example:measure:1", "Independent assessors", "IndependentAssessors")
    achievement = dataclasses.replace(badge().achievement, measures=(measure,), identifiers=(("rubricHash", "00"),))
    result = facts.CriterionResult(measure.id, value="2", id="urn:example:result:1")
    issuer = badge().issuer
    said = facts.Statement(
        "https://badges.example/statements/1", "Judged", "By two.", issuer, achievement, (result,), NOW
    )
    document = sign(statements.compose_statement(said))
    check_proof(document, KEY.public_key)
    described = document["credentialSubject"]["achievement"]["resultDescription"][-1]
    assert described["resultType"] == "ext:IndependentAssessors"
    document["credentialSubject"]["result"][0]["value"] = "3"
    with pytest.raises(SignatureWrong):
        check_proof(document, KEY.public_key)
    with pytest.raises(ControlCharacter):
        statements.compose_statement(dataclasses.replace(said, description="bell \a"))


def test_badge_when_it_carries_an_endorsement_of_itself_then_verifies_also_the_second_time() -> None:
    one = judged(1)
    text = AchievementSigner(one.issuer, one.achievement).sign(
        dataclasses.replace(one, status=None, endorsements=(json.dumps(endorsement(one.id)),)), PROVER
    )
    templates = Templates()
    for _time in range(2):
        assert verify(text.encode(), now=NOW, templates=templates).summary is Summary.VALID
    changed = text.replace("We count it.", "We count them.")
    assert verify(changed.encode(), now=NOW, templates=templates).summary is Summary.NOT_VALID


@pytest.mark.parametrize(
    "more",
    [
        {"type": ["EndorsementSubject", "VerifiableCredential"], "validUntil": "2999-01-01T00:00:00Z"},
        {"type": ["EndorsementSubject", "Profile"]},
    ],
)
def test_badge_when_an_endorsement_describes_it_again_then_not_read(more: dict[str, Any]) -> None:
    one = compose_credential(badge())
    inner = endorsement(one["id"])
    inner["credentialSubject"] |= more
    with pytest.raises(NotReadable):
        to_dataset({**one, "endorsement": [inner]})


def test_badge_when_it_names_a_context_in_a_part_then_checking_it_never_raises() -> None:
    document = compose_credential(badge(status=None))
    document["evidence"][0]["@context"] = document["@context"][0]
    signed = sign(document)
    templates = Templates()
    for _time in range(2):
        assert verify(as_bytes(signed), now=NOW, templates=templates).summary is Summary.VALID


def test_template_when_no_blank_node_differs_then_equal_to_the_full_path() -> None:
    one = judged(1)
    signer = AchievementSigner(one.issuer, one.achievement)
    ids = ("urn:x:" + "é", "https://badges.example:99/x", "https://badges.example/%41")
    for number, until in itertools.product(range(1, 12), (None, NOW)):
        each = judged(number, valid_until=until)
        assert json.loads(signer.sign(each, PROVER)) == json.loads(_in_full(each, PROVER))
    for name in ids:
        each = judged(1, recipient=facts.Identifier(name))
        assert json.loads(signer.sign(each, PROVER)) == json.loads(_in_full(each, PROVER))
