"""Every write of credentials."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from touchstone.catalogue.models import StackVersion
from touchstone.core import deadlines
from touchstone.core.openbadges import status
from touchstone.core.openbadges.compose import compose_credential
from touchstone.core.openbadges.keys import KeyPair
from touchstone.core.openbadges.proof import add_proof
from touchstone.credentials import composing, identifiers, keys, queries, rules
from touchstone.credentials.enums import RevocationReason, Visibility
from touchstone.credentials.events import AwardMade, AwardRevoked, BadgeSigned
from touchstone.credentials.models import Award, Badge, SigningKey, StatusList
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people.models import Organisation
from touchstone.portfolio.models import Attempt

LIST_ENTRIES = 131_072
_TRIES = 20


class UnknownVisibility(Refusal):
    status = 400
    sentence = _("An award is private, seen by link, or listed. Choose one of these.")


class UnknownReason(Refusal):
    status = 400
    sentence = _("Choose one of the reasons given.")


@transaction.atomic
def award_version(*, actor: Actor, attempt: Attempt, levels: Mapping[str, str], now: datetime) -> Award:
    """Award the version an attempt met. A holder has one award per version, however often this runs."""
    submission = attempt.submission
    issuer = submission.version.micro_credential.issuer
    once = {"holder_id": submission.earner_id, "version": submission.version}
    return _award_once(actor, issuer, now, once, attempt=attempt, levels=dict(levels))


@transaction.atomic
def award_stack(*, actor: Actor, holder: UUID, stack_version: StackVersion, now: datetime) -> Award:
    """Award a completed stack, once per holder and version. Whether it is complete is the caller's to know."""
    once = {"holder_id": holder, "stack_version": stack_version}
    return _award_once(actor, stack_version.stack.issuer, now, once)


@transaction.atomic
def sign_badge(*, actor: Actor, award_id: UUID, now: datetime) -> Badge:
    """Sign the badge of an award, once: a badge that is there already is returned unchanged."""
    award = Award.objects.select_for_update(of=("self",)).select_related("issuer", "status_list").get(id=award_id)
    known = queries.find_badge(award)
    if known:
        return known
    key = _key_in_use(award.issuer, now)
    credential = compose_credential(composing.badge_facts(award, key, valid_from=award.awarded_at))
    badge = Badge.objects.create(award=award, key=key, document=_sign(credential, key, now), signed_at=now)
    journal.record(actor, BadgeSigned(award=award.id), now=now)
    return badge


@transaction.atomic
def share_award(*, actor: Actor, token: str, visibility: str, now: datetime) -> Award:
    """The holder decides who may see an award. Raises NotFound, UnknownVisibility."""
    award = queries.get_own_award(actor, token)
    if visibility not in Visibility.values:
        raise UnknownVisibility
    if award.visibility != visibility:
        award.visibility = visibility
        award.save(update_fields=["visibility"])
        journal.record(actor, "award.shared", now=now, award=award.id, visibility=visibility)
    return award


@transaction.atomic
def revoke_award(*, actor: Actor, token: str, reason: str, note: str, now: datetime) -> Award:
    """Take an award back with a public class of reason and a private note; once revoked it stays so.

    Raises NotFound, UnknownReason.
    """
    rows = Award.objects.select_for_update(of=("self",))
    award = rules.REVOKE.get(actor, rows, token=token)
    if reason not in RevocationReason.values:
        raise UnknownReason
    if award.revoked_at is None:
        award.revoked_at, award.revocation_reason, award.revocation_note = now, reason, note[:2000]
        award.save(update_fields=["revoked_at", "revocation_reason", "revocation_note"])
        journal.record(actor, AwardRevoked(award=award.id, holder=award.holder_id), now=now)
    return award


@transaction.atomic
def publish_status_list(*, actor: Actor, award_id: UUID, now: datetime) -> StatusList:
    """Set the bits of every revoked award on an award's list and sign the list anew."""
    award = Award.objects.select_related("status_list").get(id=award_id)
    row = (
        StatusList.objects.select_for_update(of=("self",), no_key=True)
        .select_related("issuer")
        .get(id=award.status_list_id)
    )
    revoked = row.awards.filter(revoked_at__isnull=False).values_list("status_index", flat=True)
    bits = status.StatusList(bytes(row.bits)).with_set(revoked)
    row.bits, row.changed_at = bits.bits, now
    row.document = _signed_list(row, bits, now)
    row.save(update_fields=["bits", "document", "changed_at"])
    journal.record(actor, "status_list.published", now=now, status_list=row.id)
    return row


def _award_once(actor: Actor, issuer: Organisation, now: datetime, once: Mapping[str, Any], **facts: Any) -> Award:
    """The award of this holder and substance; created when there is none.

    Its place on the issuer's status list is random, so that places tell nothing of order. Awards of one issuer are
    made one after the other: of two made at once, the second finds the first.
    """
    Organisation.objects.select_for_update(no_key=True).get(id=issuer.id)
    known = Award.objects.filter(**once).first()
    if known:
        return known
    status_list = _list_in_use(issuer, now)
    awarded_on = deadlines.local_date(now, issuer.time_zone)
    for _try in range(_TRIES):
        try:
            with transaction.atomic():
                award = Award.objects.create(
                    issuer=issuer,
                    awarded_at=now,
                    awarded_on=awarded_on,
                    status_list=status_list,
                    status_index=secrets.randbelow(status_list.size),
                    **once,
                    **facts,
                )
        except IntegrityError as error:
            if "one_award_per_status_index" not in str(error):
                raise
        else:
            journal.record(actor, AwardMade(award=award.id, holder=award.holder_id), now=now)
            return award
    raise RuntimeError("no free place found on the status list")


def _list_in_use(issuer: Organisation, now: datetime) -> StatusList:
    """The issuer's newest list while it is at most half full, so that a free place is found at once.

    The caller holds the issuer's row, or two lists would begin at once.
    """
    newest = StatusList.objects.filter(issuer=issuer).order_by("-id").first()
    if newest and newest.awards.count() < newest.size // 2:
        return newest
    bits = status.StatusList.empty(LIST_ENTRIES)
    row = StatusList(issuer=issuer, size=LIST_ENTRIES, bits=bits.bits, document={}, changed_at=now)
    row.document = _signed_list(row, bits, now)
    row.save()
    return row


def _signed_list(row: StatusList, bits: status.StatusList, now: datetime) -> dict[str, Any]:
    key = _key_in_use(row.issuer, now)
    document = status.compose_status_list(
        bits,
        list_id=identifiers.status_list(row),
        issuer_id=identifiers.issuer_did(row.issuer, key),
        valid_from=now,
    )
    return _sign(document, key, now)


def _sign(document: Mapping[str, Any], key: SigningKey, now: datetime) -> dict[str, Any]:
    return add_proof(
        document,
        sign=keys.signer(key),
        verification_method=identifiers.verification_method(key.issuer, key),
        created=now,
    )


def _key_in_use(issuer: Organisation, now: datetime) -> SigningKey:
    """The issuer's signing key, made at first use."""
    known = SigningKey.objects.filter(issuer=issuer, retired_at=None).select_related("issuer").first()
    if known:
        return known
    pair = KeyPair.generate()
    try:
        with transaction.atomic():
            sealed = keys.seal(pair.seed, public=pair.multikey)
            return SigningKey.objects.create(issuer=issuer, public=pair.multikey, sealed=sealed, made_at=now)
    except IntegrityError:  # another worker made one at the same moment
        return SigningKey.objects.select_related("issuer").get(issuer=issuer, retired_at=None)
