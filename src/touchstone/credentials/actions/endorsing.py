"""Organisations endorse what others publish, issue and award."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from touchstone.catalogue.models import Version
from touchstone.core.openbadges.compose import holds_control
from touchstone.credentials import rules, signing
from touchstone.credentials.actions.keeping import key_in_use
from touchstone.credentials.events import EndorsementGiven, EndorsementWithdrawn
from touchstone.credentials.models import Award, Endorsement
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound, Refusal
from touchstone.kit.ids import new_token
from touchstone.people.models import Organisation

COMMENT_CAP = 2000  # characters

type Endorsed = Version | Organisation | Award


class OwnWork(Refusal):
    sentence = _("An organisation cannot endorse itself, nor what it issues.")


class CannotEndorse(Refusal):
    sentence = _("Only published micro-credentials, issuers, and awards that stand can be endorsed.")


class CommentMissing(Refusal):
    status = 400
    sentence = _("Say in a sentence or two what your organisation vouches for; control characters are not allowed.")


class AlreadyEndorsed(Refusal):
    sentence = _("Your organisation endorses this already. Withdraw that endorsement first to write another.")


@transaction.atomic
def give_endorsement(*, actor: Actor, about: Endorsed, comment: str, now: datetime) -> Endorsement:
    """Endorse something of somebody else's in the name of the actor's organisation, signed with its key.

    Raises NotFound, OwnWork, CannotEndorse, CommentMissing, AlreadyEndorsed.
    """
    endorser = rules.ENDORSE.get(actor, Organisation.objects.all(), id=actor.organisation)
    assert actor.person, "only people act under a membership"
    comment = comment.strip()
    if not comment or len(comment) > COMMENT_CAP or holds_control(comment):
        raise CommentMissing
    _check(actor, endorser, about)
    kind = {Version: "version", Organisation: "issuer", Award: "award"}[type(about)]
    key = key_in_use(endorser, now)
    row = Endorsement(
        token=new_token(),
        endorser=endorser,
        comment=comment,
        key=key,
        given_by_id=actor.person,
        given_at=now,
        **{kind: about},
    )
    subject = key_in_use(about, now) if isinstance(about, Organisation) else None
    row.text = signing.signed_endorsement(row, key, subject, now=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyEndorsed from error
    journal.record(actor, EndorsementGiven(endorsement=row.id), now=now)
    return row


@transaction.atomic
def withdraw_endorsement(*, actor: Actor, token: str, now: datetime) -> Endorsement:
    """Show it no more and leave it out of badges signed from now on. Raises NotFound."""
    row = rules.WITHDRAW.get(actor, Endorsement.objects.select_for_update(of=("self",)), token=token)
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        journal.record(actor, EndorsementWithdrawn(endorsement=row.id), now=now)
    return row


def _check(actor: Actor, endorser: Organisation, about: Endorsed) -> None:
    match about:
        case Version():
            issuer, stands = about.micro_credential.issuer_id, about.micro_credential.current_id is not None
        case Award():
            if not rules.SEE.allows(actor, about):
                raise NotFound
            issuer, stands = about.issuer_id, about.revoked_at is None and about.holder_id != actor.person
        case _:
            issuer, stands = about.id, about.is_issuer
    if issuer == endorser.id:
        raise OwnWork
    if not stands:
        raise CannotEndorse
