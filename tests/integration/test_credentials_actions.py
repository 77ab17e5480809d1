"""Awards, badges, sharing, revocation: made once, seen by whom the holder chose, true after a change."""

import datetime as dt
import json

import pytest

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue import actions as catalogue
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions, keys, queries, rules
from touchstone.credentials.actions import keeping
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Badge, SigningKey, StatusList
from touchstone.credentials.verification import did_document, verify_here
from touchstone.kit.actor import ANYONE, Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import queries as people
from touchstone.people.models import Membership, Person

TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


@pytest.fixture
def award(cast: Cast) -> Award:
    cast.earned()
    return Award.objects.get()


def _as(membership: Membership) -> Actor:
    return people.actor_of(membership.person_id, membership)


def _bytes(award: Award) -> bytes:
    return json.dumps(Badge.objects.get(award=award).document).encode()


def test_an_earned_decision_makes_one_award_and_one_signed_badge(cast: Cast, award: Award):
    assert award.holder == cast.earner.pseudonym
    assert award.visibility == Visibility.PRIVATE
    assert award.levels == b.PASSING
    report = verify_here(_bytes(award), now=TODAY, identity="rosa.marchetti@maple.example.org")
    assert report.summary is Summary.VALID, report
    assert OutgoingMail.objects.filter(kind="award_ready").count() == 1


def test_the_badge_does_not_hold_the_address_in_the_clear(award: Award):
    assert b"rosa" not in _bytes(award).lower()


def test_awarding_and_signing_again_change_nothing(cast: Cast, award: Award):
    before = Badge.objects.get(award=award).document
    attempt = award.attempt
    again = actions.award_version(actor=b.SYSTEM, attempt=attempt, levels=award.levels, now=b.later(days=3))
    actions.sign_badge(actor=b.SYSTEM, award_id=award.id, now=b.later(days=3))
    assert again == award
    assert Badge.objects.get(award=award).document == before
    assert JournalEntry.objects.filter(verb="award.made").count() == 1


def test_the_award_date_is_the_issuers_day(cast: Cast):
    midnight = dt.datetime(2026, 7, 1, 2, 0, tzinfo=dt.UTC)  # still 30 June in Delaware
    submission = b.submitted(cast.earner, cast.item, now=midnight)
    assignment = cast.assignment(submission)
    b.score(assignment, cast.membership_of(assignment), now=midnight)
    assert Award.objects.get().awarded_on == dt.date(2026, 6, 30)


def test_one_changed_byte_is_noticed(award: Award):
    document = _bytes(award)
    changed = document.replace(b"Wait time", b"Wait tine", 1)
    assert verify_here(changed, now=TODAY).summary is Summary.NOT_VALID


def test_under_another_key_it_is_not_genuine(cast: Cast, award: Award):
    other = keeping.key_in_use(cast.district, b.NOW)
    document = json.loads(_bytes(award))
    document["proof"]["verificationMethod"] = f"did:key:{other.public}#{other.public}"
    assert verify_here(json.dumps(document).encode(), now=TODAY).summary is Summary.NOT_VALID


def test_revoking_publishes_the_status_and_keeps_the_note_private(cast: Cast, award: Award):
    for stranger in (_as(cast.outside_staff), _as(cast.leader), b.actor(cast.earner), ANYONE):
        with pytest.raises(NotFound):
            actions.revoke_award(actor=stranger, token=award.token, reason="error", note="", now=b.NOW)
    with pytest.raises(actions.UnknownReason):
        actions.revoke_award(actor=_as(cast.staff), token=award.token, reason="spite", note="", now=b.NOW)
    for _time in range(2):
        actions.revoke_award(
            actor=_as(cast.staff), token=award.token, reason="error", note="Wrong person.", now=b.later(days=2)
        )
        b.run_waiting_jobs()
    report = verify_here(_bytes(award), now=TODAY)
    assert report.summary is Summary.REVOKED
    assert "Wrong person" not in StatusList.objects.get().text
    assert JournalEntry.objects.filter(verb="award.revoked").count() == 1
    assert OutgoingMail.objects.filter(kind="award_revoked").count() == 1


def test_nobody_revokes_an_award_of_her_own(cast: Cast):
    Person.objects.filter(pseudonym=cast.staff.person).update(state="TX")
    own = b.submitted(cast.staff.person.person, cast.item)
    assignment = cast.assignment(own)
    b.score(assignment, cast.membership_of(assignment))
    award = Award.objects.get(holder=cast.staff.person)
    with pytest.raises(NotFound):
        actions.revoke_award(actor=_as(cast.staff), token=award.token, reason="holder", note="", now=b.NOW)


def test_the_holder_decides_who_sees(cast: Cast, award: Award):
    holder = b.actor(cast.earner)

    def seen_by(who: Actor) -> bool:
        return rules.SEE.allows(who, award)

    assert seen_by(holder)
    assert seen_by(_as(cast.staff))
    others = (ANYONE, b.actor(cast.colleague), _as(cast.outside_staff), _as(cast.assessor), _as(cast.leader))
    assert not any(seen_by(who) for who in others)
    with pytest.raises(NotFound):
        actions.share_award(actor=b.actor(cast.colleague), token=award.token, visibility="link", now=b.NOW)
    with pytest.raises(actions.UnknownVisibility):
        actions.share_award(actor=holder, token=award.token, visibility="everywhere", now=b.NOW)
    actions.share_award(actor=holder, token=award.token, visibility="link", now=b.NOW)
    award.refresh_from_db()
    assert all(seen_by(who) for who in others)
    assert not queries.list_public_awards(award.issuer_id).rows
    actions.share_award(actor=holder, token=award.token, visibility="listed", now=b.NOW)
    assert len(queries.list_public_awards(award.issuer_id)) == 1


def test_a_stack_awards_itself_once_when_its_last_member_is_earned(cast: Cast):
    other = b.version("pair-talk", of=cast.issuer, title="Pair talk")
    document = {
        "schema": 1,
        "slug": "talk",
        "issuer": cast.issuer.slug,
        "language": "en",
        "title": "Talk",
        "summary": "Everyone talks.",
        "description": "Two items.",
        "rule": {"schema": 1, "all_of": ["wait-time", "pair-talk"]},
    }
    catalogue.publish_stack(actor=b.SYSTEM, document=document, now=b.NOW)
    scorer = b.assessor(cast.issuer, other)
    cast.earned()
    assert Award.objects.filter(stack_version__isnull=False).count() == 0
    submission = b.submitted(cast.earner, other)
    b.score(cast.assignment(submission), scorer)
    stack_award = Award.objects.get(stack_version__isnull=False)
    assert verify_here(_bytes(stack_award), now=TODAY).summary is Summary.VALID
    assert Award.objects.count() == 3


def test_with_an_https_origin_the_issuer_is_did_web(cast: Cast, settings):
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    cast.earned()
    award = Award.objects.get()
    document = Badge.objects.get(award=award).document
    token = cast.issuer.token
    assert document["issuer"]["id"] == f"did:web:badges.example.org:issuers:{token}"
    assert document["id"] == f"https://badges.example.org/awards/{award.token}"
    assert verify_here(_bytes(award), now=TODAY).summary is Summary.VALID
    published = did_document(token)
    assert published is not None
    assert published["id"] == document["issuer"]["id"]


def test_private_keys_are_sealed_and_bound_to_their_public_key(cast: Cast, award: Award, settings):
    key = SigningKey.objects.get(issuer=cast.issuer)
    assert len(bytes(key.sealed)) == 12 + 32 + 16
    assert len(keys.signer(key)(b"message")) == 64
    settings.SECRET_KEY = "another secret altogether"
    with pytest.raises(keys.KeyNotReadable):
        keys.signer(key)
