"""Parents and guardians: asked by a minor, answering by a link, free to take consent back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from touchstone.kit import journal, mail
from touchstone.kit.actor import ANYONE, Actor
from touchstone.kit.errors import Forbidden
from touchstone.kit.ids import new_token
from touchstone.people import errors, queries
from touchstone.people.addresses import clean_address
from touchstone.people.models import GuardianConsent, Person, Pseudonym
from touchstone.people.names import clean_name
from touchstone.people.tokens import guardian_path, hash_token

GUARDIAN_TEXT = "2026-11"  # the version of the text on the guardian's page; a change of meaning needs a new one
MOST_ASKED, ASKED_WITHIN = 5, timedelta(days=30)
LINK_LASTS = timedelta(days=30)


@transaction.atomic
def ask_guardian(*, actor: Actor, guardian_email: str, now: datetime) -> GuardianConsent:
    """A minor asks a parent or guardian, who gets a mail with a link; an older unanswered link stops working.

    Raises Forbidden, NoConsentNeeded, AddressNotUsable, GuardianAddressIsOwn, ConsentStands, AskedTooOften.
    """
    if actor.person is None:
        raise Forbidden
    Pseudonym.objects.select_for_update(no_key=True).get(id=actor.person)
    address = clean_address(guardian_email)
    _require_askable(actor, address, guardian_email, now)
    token = new_token()
    consent = GuardianConsent.objects.create(
        person_id=actor.person,
        guardian_email=address,
        token_hash=hash_token(token),
        text_version=GUARDIAN_TEXT,
        asked_at=now,
    )
    person = Person.objects.get(pseudonym_id=actor.person)
    context: dict[str, object] = {"name": person.name, "link": f"{settings.ORIGIN}{guardian_path(token)}"}
    mail.write(
        kind="guardian_asked",
        to=address,
        language=person.language,
        context=context,
        now=now,
        once=f"guardian_asked:{consent.id}",
    )
    journal.record(actor, "guardian.asked", now=now, person=actor.person, consent=consent.id)
    return consent


def _require_askable(actor: Actor, address: str, typed: str, now: datetime) -> None:
    assert actor.person
    if not queries.is_minor(actor.person, now.date()):
        raise errors.NoConsentNeeded
    if not address:
        raise errors.AddressNotUsable(email=typed[:80])
    if address in queries.verified_addresses(actor.person):
        raise errors.GuardianAddressIsOwn
    if queries.may_upload(actor.person, now.date()):
        raise errors.ConsentStands
    if GuardianConsent.objects.filter(person=actor.person, asked_at__gt=now - ASKED_WITHIN).count() >= MOST_ASKED:
        raise errors.AskedTooOften(most=MOST_ASKED, days=ASKED_WITHIN.days)


@transaction.atomic
def record_guardian_answer(
    *, token: str, given: bool, guardian_name: str, relation: str, now: datetime
) -> GuardianConsent:
    """What the guardian said by the link. The same answer twice counts once.

    Raises LinkNotValid, ConsentLinkExpired, GuardianNameMissing, AlreadyAnswered, NoConsentNeeded.
    """
    consent = _by_token(token)
    if consent.decided_at:
        if consent.given == given and consent.withdrawn_at is None:
            return consent
        raise errors.AlreadyAnswered
    newest = queries.find_consent(consent.person_id)
    if newest != consent:
        raise errors.LinkNotValid
    if now > consent.asked_at + LINK_LASTS:
        raise errors.ConsentLinkExpired
    if not queries.is_minor(consent.person_id, now.date()):
        raise errors.NoConsentNeeded
    consent.guardian_name, consent.relation = clean_name(guardian_name), clean_name(relation)[:60]
    if given and not (consent.guardian_name and consent.relation):
        raise errors.GuardianNameMissing
    consent.given, consent.decided_at = given, now
    consent.save()
    verb = "guardian.agreed" if given else "guardian.refused"
    journal.record(ANYONE, verb, now=now, person=consent.person_id, consent=consent.id)
    return consent


@transaction.atomic
def withdraw_guardian_consent(*, token: str, now: datetime) -> GuardianConsent:
    """The guardian takes consent back, by the same link, at any time. From now on nothing can be sent in.

    Raises LinkNotValid, NothingToWithdraw.
    """
    consent = _by_token(token)
    if not consent.given:
        raise errors.NothingToWithdraw
    if consent.withdrawn_at is None:
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        journal.record(ANYONE, "guardian.withdrew", now=now, person=consent.person_id, consent=consent.id)
    return consent


def _by_token(token: str) -> GuardianConsent:
    found = queries.find_consent_by_token(token)
    if found is None:
        raise errors.LinkNotValid
    Pseudonym.objects.select_for_update(no_key=True).get(id=found.person_id)  # as asking does
    return GuardianConsent.objects.select_for_update().get(id=found.id)
