"""Endorsements: by whom, of what, embedded where, and gone when withdrawn."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.core.openbadges.keys import decode_multikey
from touchstone.core.openbadges.proof import check_proof
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.enums import RunKind
from touchstone.credentials.models import Award, Badge, Endorsement
from touchstone.credentials.verification import verify_here
from touchstone.flows.rights.gathering import everything_about
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.models import OutgoingMail
from touchstone.people.models import Membership, Organisation

TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
WORDS = "We count it toward our coaching stipend."


def as_(membership: Membership) -> Actor:
    return b.actor(membership.person.person, membership)


def endorse(cast: Cast, about: Any, **how: Any) -> Endorsement:
    who = how.get("by", cast.administrator)
    row = actions.give_endorsement(actor=as_(who), about=about, comment=how.get("comment", WORDS), now=b.NOW)
    b.run_waiting_jobs()
    return row


def signed_anew(award: Award) -> dict[str, Any]:
    actions.sign_again(actor=b.SYSTEM, award_id=award.id, now=b.later(days=2))
    badge = Badge.objects.get(award=award)
    for text in (badge.text, badge.token):
        assert verify_here(text.encode(), now=TODAY).summary is Summary.VALID
    return badge.document


@pytest.fixture
def award(cast: Cast) -> Award:
    cast.earned()
    row = Award.objects.get()
    return actions.share_award(actor=b.actor(cast.earner), token=row.token, visibility="link", now=b.NOW)


def test_endorsements_when_badges_are_signed_then_embedded_where_they_belong_and_each_verifies(
    cast: Cast, award: Award, client: Client
) -> None:
    rows = [endorse(cast, about) for about in (cast.item, cast.issuer, award)]
    document = signed_anew(award)
    places = (document["credentialSubject"]["achievement"], document["issuer"], document)
    for row, place in zip(rows, places, strict=True):
        [embedded] = place["endorsement"]
        assert embedded == json.loads(row.text)
        assert embedded["type"] == ["VerifiableCredential", "EndorsementCredential"]
        assert embedded["credentialSubject"]["id"] == place["id"]
        assert embedded["credentialSubject"]["endorsementComment"] == WORDS
        check_proof(embedded, decode_multikey(row.key.public))
        answer = client.get(f"/endorsements/{row.token}")
        assert answer.content.decode() == row.text
    for path in ("/micro-credentials/wait-time/", "/issuers/exchange/", f"/awards/{award.token}"):
        assert WORDS in client.get(path).content.decode()


def test_endorsement_when_one_byte_is_changed_then_the_badge_does_not_verify(cast: Cast, award: Award) -> None:
    endorse(cast, award)
    text = Badge.objects.get(award=award).text
    assert WORDS in text
    changed = text.replace("coaching stipend", "coaching stipends").encode()
    assert verify_here(changed, now=TODAY).summary is Summary.NOT_VALID


def test_award_endorsement_when_given_and_withdrawn_then_the_badge_follows_at_once(cast: Cast, award: Award) -> None:
    first = Badge.objects.get(award=award).text
    row = endorse(cast, award)
    said = Badge.objects.get(award=award).document
    assert said["endorsement"][0]["id"] == json.loads(row.text)["id"]
    assert said["id"] == json.loads(first)["id"]
    assert everything_about(cast.earner.pseudonym_id, now=b.NOW)["awards"][0]["endorsements"] == [
        {"by": cast.district.name, "comment": WORDS, "given_at": b.NOW}
    ]
    with pytest.raises(NotFound):
        actions.withdraw_endorsement(actor=b.actor(cast.colleague), token=row.token, now=b.NOW)
    actions.withdraw_endorsement(actor=b.actor(cast.earner), token=row.token, now=b.NOW)  # holder's choice
    b.run_waiting_jobs()
    assert "endorsement" not in Badge.objects.get(award=award).document
    assert Client().get(f"/endorsements/{row.token}").status_code == 404
    again = endorse(cast, award)
    actions.withdraw_endorsement(actor=as_(cast.administrator), token=again.token, now=b.NOW)
    assert Endorsement.objects.filter(withdrawn_at=None).count() == 0


def test_endorsing_when_not_allowed_then_refused_by_name(cast: Cast, award: Award) -> None:
    for who in (b.actor(cast.earner), as_(cast.leader), as_(cast.assessor), as_(cast.platform), Actor()):
        with pytest.raises(NotFound):
            actions.give_endorsement(actor=who, about=cast.item, comment=WORDS, now=b.NOW)
    for about in (cast.item, cast.issuer, award):
        with pytest.raises(actions.OwnWork):
            endorse(cast, about, by=cast.staff)
    for comment in ("  ", "bell \a", "x" * 2001):
        with pytest.raises(actions.CommentMissing):
            endorse(cast, cast.item, comment=comment)
    with pytest.raises(actions.CannotEndorse):
        endorse(cast, cast.school)
    endorse(cast, cast.item)
    with pytest.raises(actions.AlreadyEndorsed):
        endorse(cast, cast.item)
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility="private", now=b.NOW)
    with pytest.raises(NotFound):
        endorse(cast, award)
    who = as_(cast.staff)
    actions.revoke_award(actor=who, token=award.token, reason="error", note="", now=b.NOW)
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility="link", now=b.NOW)
    with pytest.raises(actions.CannotEndorse):
        endorse(cast, Award.objects.get())


def test_school_and_provider_without_a_capability_cannot_endorse(cast: Cast) -> None:
    head = b.member(b.person("Amaro Fenwick"), cast.school, "administrator")
    with pytest.raises(NotFound):
        endorse(cast, cast.item, by=head)
    Organisation.objects.filter(id=cast.school.id).update(is_recognizer=True)
    assert endorse(cast, cast.item, by=head).endorser == cast.school


def test_key_when_given_up_then_endorsers_are_told_and_what_it_signed_is_replaced(cast: Cast, settings: Any) -> None:
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    cast.earned()
    award = Award.objects.get()
    endorse(cast, cast.item)
    signed_anew(award)
    actions.give_up_key(actor=b.SYSTEM, issuer=cast.issuer, now=b.later(days=3))
    b.run_waiting_jobs()
    told = OutgoingMail.objects.get(kind="key_given_up")
    assert cast.issuer.name in told.text
    assert "/author/endorsements/" in told.text
    before = Badge.objects.get().text
    actions.give_up_key(actor=b.SYSTEM, issuer=cast.district, now=TODAY)
    b.run_waiting_jobs()
    row, badge = Endorsement.objects.get(), Badge.objects.get()
    check_proof(json.loads(row.text), decode_multikey(row.key.public))
    assert row.key.compromised_at is None
    assert badge.text != before
    assert badge.document["credentialSubject"]["achievement"]["endorsement"] == [json.loads(row.text)]
    assert verify_here(badge.text.encode(), now=TODAY + dt.timedelta(days=1)).summary is Summary.VALID
    assert OutgoingMail.objects.filter(kind="badge_renewed").count() == 1  # for the issuer's own key alone


def test_run_again_when_begun_then_every_standing_badge_carries_what_is_new_and_nobody_is_mailed(
    cast: Cast, award: Award
) -> None:
    endorse(cast, cast.issuer)
    mails = OutgoingMail.objects.count()
    run = actions.begin_signing_run(actor=b.SYSTEM, issuer=cast.issuer, kind=RunKind.AGAIN, now=b.later(days=1))
    assert (run.total, run.done) == (1, 0)
    b.run_waiting_jobs()
    assert len(Badge.objects.get().document["issuer"]["endorsement"]) == 1
    assert OutgoingMail.objects.count() == mails
