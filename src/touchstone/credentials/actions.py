"""Every write of credentials."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from touchstone.catalogue.models import StackVersion
from touchstone.core import deadlines
from touchstone.core.openbadges import status
from touchstone.credentials import keys, queries, rules, signing
from touchstone.credentials.enums import RevocationReason, RunKind, Visibility
from touchstone.credentials.events import AwardMade, AwardRevoked, BadgeRenewed, BadgeSigned, SigningRunBegun
from touchstone.credentials.models import Award, Badge, SigningKey, SigningRun, StatusList
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people import queries as people
from touchstone.people.errors import NotListedBeforeAdult
from touchstone.people.models import Organisation
from touchstone.portfolio.models import Attempt

LIST_ENTRIES = 131_072
RUN_STEP = 500
_TRIES = 20


class UnknownVisibility(Refusal):
    status = 400
    sentence = _("An award is private, seen by link, or listed. Choose one of these.")


class KeysAreTheIssuer(Refusal):
    sentence = _("Without an https address an issuer is known by its key alone, so the key cannot be replaced.")


class UnknownKey(Refusal):
    status = 404
    sentence = _("The issuer has no such key that it still publishes.")


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
    [(text, token)] = signing.signed([award], key, now=now)
    badge = Badge.objects.create(award=award, key=key, text=text, token=token, signed_at=now)
    journal.record(actor, BadgeSigned(award=award.id), now=now)
    return badge


@transaction.atomic
def begin_signing_run(*, actor: Actor, issuer: Organisation, kind: str, now: datetime) -> SigningRun:
    """Have many badges of an issuer signed in the background; a run of this kind that goes on already is returned."""
    Organisation.objects.select_for_update(no_key=True).get(id=issuer.id)
    going_on = SigningRun.objects.filter(issuer=issuer, kind=kind, finished_at=None).first()
    if going_on:
        return going_on
    total = queries.awaiting(issuer, kind).count()
    run = SigningRun.objects.create(issuer=issuer, kind=kind, total=total, begun_at=now)
    journal.record(actor, SigningRunBegun(run=run.id), now=now)
    return run


@transaction.atomic
def continue_signing_run(*, actor: Actor, run_id: UUID, now: datetime) -> SigningRun:
    """Sign the next badges of a run, a sample of them checked by the full path; all of these or none.

    What is left is asked of the database each time, so a run that was cut off goes on where it was. Raises
    SignatureWrong when a sample does not hold.
    """
    run = SigningRun.objects.select_for_update(of=("self",)).select_related("issuer").get(id=run_id)
    if run.finished_at is not None:
        return run
    waiting = queries.awaiting(run.issuer, run.kind).select_for_update(of=("self",), skip_locked=True)
    locked = list(waiting.select_related("issuer", "status_list", "version", "stack_version")[:RUN_STEP])
    # Asked again now that they are locked: one may have been signed by itself a moment ago.
    still = queries.awaiting(run.issuer, run.kind).filter(id__in=[award.id for award in locked])
    ids = set(still.values_list("id", flat=True))
    awards = [award for award in locked if award.id in ids]
    key = _key_in_use(run.issuer, now)
    for award, (text, token) in zip(awards, signing.signed(awards, key, now=now, renew=run.kind), strict=True):
        facts = {"key": key, "text": text, "token": token, "signed_at": now}
        Badge.objects.update_or_create(award=award, defaults=facts)
        said = BadgeRenewed(award=award.id) if run.kind == RunKind.RENEWAL else BadgeSigned(award=award.id)
        journal.record(actor, said, now=now)
    left = queries.awaiting(run.issuer, run.kind).count()
    run.done = max(run.total - left, 0)
    run.finished_at = None if left else now
    run.save(update_fields=["done", "finished_at"])
    return run


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
def leave_awards(*, actor: Actor, holder: UUID, revoke: bool, now: datetime) -> None:
    """A holder is erased: the pages of her awards stop. Files she keeps verify on, unless she has them revoked."""
    for award in Award.objects.select_for_update(of=("self",)).filter(holder_id=holder).order_by("id"):
        if award.visibility != Visibility.PRIVATE:
            award.visibility = Visibility.PRIVATE
            award.save(update_fields=["visibility"])
            journal.record(actor, "award.shared", now=now, award=award.id, visibility=Visibility.PRIVATE)
        if revoke and award.revoked_at is None:
            award.revoked_at, award.revocation_reason = now, RevocationReason.HOLDER
            award.save(update_fields=["revoked_at", "revocation_reason"])
            journal.record(actor, AwardRevoked(award=award.id, holder=holder), now=now)


@transaction.atomic
def forget_awards(*, actor: Actor, about: UUID, now: datetime) -> None:
    """Empty the award of an erased holder, by its own id or its submission's; its badge is no longer held here.

    What stays is its place on the status list: given to another award, it would speak of two badges. Twice is once.
    """
    rows = Award.objects.filter(Q(id=about) | Q(attempt__submission_id=about))
    Badge.objects.filter(award__in=rows).update(text="", token="")
    if rows.update(levels={}, attempt=None, revocation_note=""):
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
    _publish(row, now)
    journal.record(actor, "status_list.published", now=now, status_list=row.id)
    return row


@transaction.atomic
def rotate_key(*, actor: Actor, issuer: Organisation, now: datetime) -> SigningKey:
    """Sign with new keys from now on; what the old ones signed stays good. Raises KeysAreTheIssuer."""
    return _replace_key(actor, issuer, now)


@transaction.atomic
def give_up_key(*, actor: Actor, issuer: Organisation, now: datetime, public: str | None = None) -> SigningRun:
    """A key may be in other hands: publish it no more, and sign every badge of it that stands anew.

    ``public`` names one of the issuer's keys; without it the one in use is meant. Raises KeysAreTheIssuer, UnknownKey.
    """
    mine = SigningKey.objects.filter(issuer=issuer, compromised_at=None)
    given_up = (mine.filter(public=public) if public else mine.filter(retired_at=None)).first()
    if given_up is None:
        raise UnknownKey
    SigningKey.objects.filter(id=given_up.id).update(compromised_at=now)
    journal.record(actor, "signing_key.given_up", now=now, issuer=issuer.id, key=given_up.id)
    if given_up.retired_at is None:
        _replace_key(actor, issuer, now)
    for row in StatusList.objects.select_for_update(no_key=True).filter(issuer=issuer).order_by("id"):
        _publish(row, now)
    return begin_signing_run(actor=actor, issuer=issuer, kind=RunKind.RENEWAL, now=now)


@dataclass(frozen=True)
class Resealed:
    """Signing keys, by what became of them: sealed under the new secret now, or before; or not to be opened."""

    now: int
    before: int
    unreadable: tuple[str, ...]


@transaction.atomic
def reseal_keys(*, actor: Actor, now: datetime) -> Resealed:
    """Seal every issuer's signing key under the secret in use. Safe to repeat; all or nothing when it is cut off."""
    resealed, before, unreadable = 0, 0, []
    for key in SigningKey.objects.select_for_update().order_by("id"):
        try:
            columns = keys.sealed_anew(key)
        except keys.KeyNotReadable:
            unreadable.append(key.public)
            continue
        if not columns:
            before += 1
            continue
        SigningKey.objects.filter(id=key.id).update(**columns)
        journal.record(actor, "signing_key.resealed", now=now, key=key.id, issuer=key.issuer_id)
        resealed += 1
    return Resealed(resealed, before, tuple(unreadable))


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
    row = StatusList(issuer=issuer, size=LIST_ENTRIES, bits=bits.bits)
    _write_list(row, bits, now)
    row.save()
    return row


def _publish(row: StatusList, now: datetime) -> None:
    """Write the list with every award on it that is revoked."""
    revoked = row.awards.filter(revoked_at__isnull=False).values_list("status_index", flat=True)
    _write_list(row, status.StatusList(bytes(row.bits)).with_set(revoked), now)
    row.save(update_fields=["bits", "text", "token_text", "changed_at"])


def _write_list(row: StatusList, bits: status.StatusList, now: datetime) -> None:
    row.bits, row.changed_at = bits.bits, now
    row.text, row.token_text = signing.signed_list(row, bits, _key_in_use(row.issuer, now), now=now)


def _key_in_use(issuer: Organisation, now: datetime) -> SigningKey:
    """The issuer's keys for signing, made at first use."""
    known = SigningKey.objects.filter(issuer=issuer, retired_at=None).select_related("issuer").first()
    if known:
        return known if known.token_public else _with_token_key(known)
    try:
        with transaction.atomic():
            return SigningKey.objects.create(issuer=issuer, made_at=now, **keys.new_key(), **keys.new_token_key())
    except IntegrityError:  # another worker made one at the same moment
        return SigningKey.objects.select_related("issuer").get(issuer=issuer, retired_at=None)


def _with_token_key(known: SigningKey) -> SigningKey:
    """A key from before there were tokens, completed."""
    key = SigningKey.objects.select_for_update(of=("self",)).select_related("issuer").get(id=known.id)
    if not key.token_public:
        for name, value in keys.new_token_key().items():
            setattr(key, name, value)
        key.save(update_fields=["token_public", "token_sealed"])
    return key


def _replace_key(actor: Actor, issuer: Organisation, now: datetime) -> SigningKey:
    if not settings.HTTPS:
        raise KeysAreTheIssuer
    Organisation.objects.select_for_update(no_key=True).get(id=issuer.id)
    SigningKey.objects.filter(issuer=issuer, retired_at=None).update(retired_at=now)
    key = _key_in_use(issuer, now)
    journal.record(actor, "signing_key.replaced", now=now, issuer=issuer.id, key=key.id)
    return key
