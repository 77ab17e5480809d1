"""Breaking the glass: platform staff learn who somebody is, for a written reason, for an hour at most, and it shows."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from touchstone.core.privacy import find_identities, redact
from touchstone.kit import journal, mail
from touchstone.kit.actor import Actor
from touchstone.people import errors, glass, queries, rules
from touchstone.people.enums import GlassCause
from touchstone.people.glass import Identity
from touchstone.people.known import known_identities
from touchstone.people.models import GlassBreak, Pseudonym
from touchstone.people.models.glass import LONGEST, LONGEST_REASON, SHORTEST_REASON


@transaction.atomic
def open_glass(*, actor: Actor, subject: UUID, cause: str, reason: str, minutes: int, now: datetime) -> GlassBreak:
    """Open a look at who somebody is; she gets a mail at once. While one of the actor's is open, that one is returned.

    Raises NotFound (not platform staff), NotBehindOwnGlass, UnknownChoice, ReasonTooShort, OpenForTooLong.
    """
    rules.require_platform_staff(actor)
    assert actor.person is not None, "whoever holds a role is somebody"
    if subject == actor.person:
        raise errors.NotBehindOwnGlass
    if cause not in GlassCause.values:
        raise errors.UnknownChoice(choice=cause[:40])
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if len(reason) < SHORTEST_REASON:
        raise errors.ReasonTooShort(shortest=SHORTEST_REASON)
    if not timedelta() < timedelta(minutes=minutes) <= LONGEST:
        raise errors.OpenForTooLong(longest=LONGEST // timedelta(minutes=1))
    Pseudonym.objects.select_for_update(no_key=True).get(id=actor.person)  # sent twice at once: one waits
    known = glass.find_open(actor, subject, now=now)
    if known:
        return known
    look = GlassBreak.objects.create(
        staff_id=actor.person,
        subject_id=subject,
        cause=cause,
        reason=_without_identity(reason, subject),
        opened_at=now,
        expires_at=now + timedelta(minutes=minutes),
    )
    journal.record(actor, "glass.broken", now=now, person=subject, glass=look.id, cause=cause)
    _tell(look, now)
    return look


@transaction.atomic
def look_through_glass(*, actor: Actor, token: str, now: datetime) -> tuple[GlassBreak, Identity]:
    """Who the person behind an open glass is. Every look is journalled. Raises NotFound, GlassClosed."""
    look = rules.OWN_GLASS.get(actor, GlassBreak.objects.all(), token=token)
    if not look.is_open(now):
        raise errors.GlassClosed
    looking = replace(actor, support=look.id)
    journal.record(looking, "glass.looked", now=now, person=look.subject_id, glass=look.id)
    return look, glass.identity_behind(looking, look, now=now)


@transaction.atomic
def close_glass(*, actor: Actor, token: str, now: datetime) -> GlassBreak:
    """End a look before its time; ending what has ended changes nothing. Raises NotFound."""
    look = rules.OWN_GLASS.get(actor, GlassBreak.objects.select_for_update(no_key=True), token=token)
    if look.is_open(now):
        look.closed_at = now
        look.save(update_fields=["closed_at"])
        journal.record(actor, "glass.closed", now=now, person=look.subject_id, glass=look.id)
    return look


def _without_identity(reason: str, subject: UUID) -> str:
    """What colleagues may read: whom it is about, the row says, and only to whoever opened it."""
    return redact(reason, find_identities(reason, known_identities(subject))).text


def _tell(look: GlassBreak, now: datetime) -> None:
    for address, language in queries.addresses_of([look.subject_id]).values():
        facts: dict[str, object] = {
            "cause": GlassCause(look.cause).label,
            "at": look.opened_at,
            "until": look.expires_at,
            "link": f"{settings.ORIGIN}/account/activity/",
        }
        mail.write(
            kind="glass_broken", to=address, language=language, context=facts, now=now, once=f"glass_broken:{look.id}"
        )
