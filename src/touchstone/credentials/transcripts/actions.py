"""Making a transcript: the one write is the platform's key, made when it is first needed, and the journal's row."""

import uuid
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from touchstone.core.openbadges import transcript
from touchstone.core.openbadges.keys import KeyPair, Signer, verification_method
from touchstone.credentials import keys
from touchstone.credentials.models import TranscriptKey
from touchstone.credentials.transcripts import queries
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal


class NothingToList(Refusal):
    status = 404
    sentence = _(
        "A transcript lists signed badges that stand, and you hold none yet. New badges are signed within a minute."
    )


class TooManyForOne(Refusal):
    sentence = _(
        "A transcript holds {most} badges at most, so that every program can read it. Share a collection instead."
    )


@transaction.atomic
def make_transcript(*, actor: Actor, now: datetime) -> dict[str, Any]:
    """The holder's badges as they were issued, in one document signed by the platform now. It is kept nowhere.

    Raises NothingToList, TooManyForOne.
    """
    awards = queries.list_for_transcript(actor)
    if not awards:
        raise NothingToList
    if len(awards) > transcript.MOST_BADGES:
        raise TooManyForOne(most=transcript.MOST_BADGES)
    badges = [award.badge.document for award in awards]
    public, sign = _signer(now)
    did = queries.platform_did(public)
    facts = transcript.Transcript(
        id=f"urn:uuid:{uuid.uuid4()}",
        name="Micro-credentials earned",  # part of the document, so in one language whoever reads it
        issuer_id=did,
        issuer_name=queries.NAME,
        issuer_url=settings.ORIGIN,
        made=now,
        recipient=badges[-1]["credentialSubject"].get("identifier", []),
        badges=badges,
    )
    signed = transcript.sign_transcript(
        transcript.compose_transcript(facts),
        sign=sign,
        verification_method=verification_method(did, public),
        created=now,
    )
    journal.record(actor, "transcript.made", now=now, holder=actor.person, badges=len(badges))
    return signed


def _signer(now: datetime) -> tuple[str, Signer]:
    """The newest key, or a new one where none can be opened: what older keys signed goes on verifying."""
    key = TranscriptKey.objects.order_by("-made_at", "-id").first()
    if key:
        with suppress(keys.KeyNotReadable):
            return key.public, keys.signer(key)
    pair = KeyPair.generate()
    TranscriptKey.objects.create(public=pair.multikey, sealed=keys.seal(pair.seed, public=pair.multikey), made_at=now)
    return pair.multikey, pair.sign
