"""What becomes of an award: who sees it, whether it is revoked, suspended or renewed, and what is left of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from touchstone.catalogue.queries import stack_document
from touchstone.core import pathways
from touchstone.credentials import queries, rules
from touchstone.credentials.actions.awarding import expiry, sign_again
from touchstone.credentials.actions.keeping import publish_list
from touchstone.credentials.enums import RevocationReason, SuspensionReason, Visibility
from touchstone.credentials.events import AwardRevoked, AwardShared
from touchstone.credentials.models import Award, Badge, Endorsement, StatusList
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people import queries as people
from touchstone.people.errors import NotListedBeforeAdult

NOTE_CAP = 2000  # characters


class UnknownVisibility(Refusal):
    status = 400
    sentence = _("An award is private, seen by link, or listed. Choose one of these.")


class UnknownReason(Refusal):
    status = 400
    sentence = _("Choose one of the reasons given.")


class Revoked(Refusal):
    sentence = _("This award is revoked, and stays so. Nothing was changed.")


class NotSuspended(Refusal):
    sentence = _("This award is not suspended. Nothing was changed.")


class NeverExpires(Refusal):
    sentence = _("This award does not expire, so there is nothing to renew.")


@transaction.atomic
def share_award(*, actor: Actor, token: str, visibility: str, now: datetime) -> Award:
    """The holder decides who may see an award. Raises NotFound, UnknownVisibility, NotListedBeforeAdult."""
    award = queries.get_own_award(actor, token)
    if visibility not in Visibility.values:
        raise UnknownVisibility
    if visibility == Visibility.LISTED and people.is_minor(award.holder_id, now.date()):
        raise NotListedBeforeAdult
    if award.visibility != visibility:
        award.visibility = visibility
        award.save(update_fields=["visibility"])
        journal.record(actor, AwardShared(award=award.id, visibility=visibility), now=now)
    return award


@transaction.atomic
def revoke_award(*, actor: Actor, token: str, reason: str, note: str, now: datetime) -> Award:
    """Take an award back with a public class of reason and a private note; once revoked it stays so.

    Raises NotFound, UnknownReason.
    """
    award = _issued(actor, token)
    if reason not in RevocationReason.values:
        raise UnknownReason
    if award.revoked_at is None:
        award.revocation_note = note[:NOTE_CAP]
        _revoke(actor, award, reason, now)
    return award


@transaction.atomic
def revoke_broken_stacks(*, actor: Actor, holder: UUID, now: datetime) -> list[Award]:
    """Take back the stacks of a holder that she would not complete any more with the awards that are left."""
    held = queries.slugs_held(holder)  # expired ones count here: they were held when the stack was completed
    rows = Award.objects.select_for_update(of=("self",)).select_related("stack_version")
    broken = []
    for award in rows.filter(holder_id=holder, stack_version__isnull=False, revoked_at=None).order_by("id"):
        assert award.stack_version_id
        if not pathways.progress(stack_document(award.stack_version_id).rule, held).complete:
            _revoke(actor, award, RevocationReason.PART, now)
            broken.append(award)
    return broken


@transaction.atomic
def suspend_award(*, actor: Actor, token: str, reason: str, note: str, now: datetime) -> Award:
    """Say on the award's page that it is being looked into; its badge and the status list say nothing of it.

    Raises NotFound, UnknownReason, Revoked.
    """
    award = _issued(actor, token)
    if reason not in SuspensionReason.values:
        raise UnknownReason
    if award.revoked_at:
        raise Revoked
    if award.suspended_at is None:
        award.suspended_at, award.suspension_reason, award.suspension_note = now, reason, note[:NOTE_CAP]
        award.save(update_fields=["suspended_at", "suspension_reason", "suspension_note"])
        journal.record(actor, "award.suspended", now=now, award=award.id, holder=award.holder_id)
    return award


@transaction.atomic
def lift_suspension(*, actor: Actor, token: str, now: datetime) -> Award:
    """The award counts as before. Raises NotFound, NotSuspended."""
    award = _issued(actor, token)
    if award.suspended_at is None:
        raise NotSuspended
    award.suspended_at, award.suspension_reason, award.suspension_note = None, "", ""
    award.save(update_fields=["suspended_at", "suspension_reason", "suspension_note"])
    journal.record(actor, "award.suspension_lifted", now=now, award=award.id, holder=award.holder_id)
    return award


@transaction.atomic
def renew_award(*, actor: Actor, token: str, now: datetime) -> Award:
    """Let an award count for another term from now on; its badge is signed again with the new date.

    Raises NotFound, Revoked, NeverExpires.
    """
    award = _issued(actor, token)
    if award.revoked_at:
        raise Revoked
    until = expiry(award.version, now) if award.version else None
    if until is None:
        raise NeverExpires
    if award.valid_until != until:
        award.valid_until = until
        award.save(update_fields=["valid_until"])
        journal.record(actor, "award.renewed", now=now, award=award.id, holder=award.holder_id)
        sign_again(actor=actor, award_id=award.id, now=now)
    return award


@transaction.atomic
def leave_awards(*, actor: Actor, holder: UUID, revoke: bool, now: datetime) -> None:
    """A holder is erased: the pages of her awards stop. Files she keeps verify on, unless she has them revoked."""
    for award in Award.objects.select_for_update(of=("self",)).filter(holder_id=holder).order_by("id"):
        if award.visibility != Visibility.PRIVATE:
            award.visibility = Visibility.PRIVATE
            award.save(update_fields=["visibility"])
            journal.record(actor, "award.shared", now=now, award=award.id, visibility=Visibility.PRIVATE)
        if revoke and award.revoked_at is None:
            _revoke(actor, award, RevocationReason.HOLDER, now)


@transaction.atomic
def forget_awards(*, actor: Actor, about: UUID, now: datetime) -> None:
    """Empty the award of an erased holder, by its own id or its submission's; its badge is no longer held here.

    What stays is its place on the status list: given to another award, it would speak of two badges. Twice is once.
    """
    rows = Award.objects.filter(Q(id=about) | Q(attempt__submission_id=about))
    Badge.objects.filter(award__in=rows).update(text="", token="")
    Endorsement.objects.filter(award__in=rows).delete()
    if rows.update(levels={}, attempt=None, statement=None, revocation_note="", suspension_note=""):
        journal.record(actor, "award.forgotten", now=now, award_about=about)


@transaction.atomic
def publish_status_list(*, actor: Actor, award_id: UUID, now: datetime) -> StatusList:
    """Set the bits of every revoked award on an award's list and sign the list anew."""
    award = Award.objects.select_related("status_list").get(id=award_id)
    row = (
        StatusList.objects.select_for_update(of=("self",), no_key=True)
        .select_related("issuer")
        .get(id=award.status_list_id)
    )
    publish_list(row, now)
    journal.record(actor, "status_list.published", now=now, status_list=row.id)
    return row


def _issued(actor: Actor, token: str) -> Award:
    """An award of the actor's organisation, locked; raises NotFound."""
    return rules.REVOKE.get(actor, Award.objects.select_for_update(of=("self",)), token=token)


def _revoke(actor: Actor, award: Award, reason: str, now: datetime) -> None:
    award.revoked_at, award.revocation_reason = now, reason
    award.save(update_fields=["revoked_at", "revocation_reason", "revocation_note"])
    journal.record(actor, AwardRevoked(award=award.id, holder=award.holder_id), now=now)
