"""Many badges signed in the background, step by step."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from touchstone.credentials import queries, signing
from touchstone.credentials.actions.keeping import key_in_use
from touchstone.credentials.enums import RunKind
from touchstone.credentials.events import BadgeRenewed, BadgeSigned, SigningRunBegun
from touchstone.credentials.models import Badge, SigningRun
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.people.models import Organisation

STEP = 500


@transaction.atomic
def begin_signing_run(*, actor: Actor, issuer: Organisation, kind: str, now: datetime) -> SigningRun:
    """Have many badges of an issuer signed in the background; a run of this kind that goes on already is returned.

    One that signs again begins anew for what was signed since it began.
    """
    Organisation.objects.select_for_update(no_key=True).get(id=issuer.id)
    going_on = SigningRun.objects.filter(issuer=issuer, kind=kind, finished_at=None).first()
    if going_on:
        if kind == RunKind.AGAIN:
            going_on.begun_at = now
            going_on.total = going_on.done + queries.awaiting(going_on).count()
            going_on.save(update_fields=["begun_at", "total"])
        return going_on
    run = SigningRun(issuer=issuer, kind=kind, begun_at=now)
    run.total = queries.awaiting(run).count()
    run.save()
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
    now = max(now, run.begun_at)  # a worker whose clock is behind must not sign what then counts as unsigned
    waiting = queries.awaiting(run).select_for_update(of=("self",), skip_locked=True)
    locked = list(waiting.select_related("issuer", "status_list", "version", "stack_version")[:STEP])
    # Asked again now that they are locked: one may have been signed by itself a moment ago.
    still = queries.awaiting(run).filter(id__in=[award.id for award in locked])
    ids = set(still.values_list("id", flat=True))
    awards = [award for award in locked if award.id in ids]
    key = key_in_use(run.issuer, now)
    for award, (text, token) in zip(awards, signing.signed(awards, key, now=now, kind=run.kind), strict=True):
        facts = {"key": key, "text": text, "token": token, "signed_at": now}
        Badge.objects.update_or_create(award=award, defaults=facts)
        _tell(actor, run.kind, award.id, now)
    left = queries.awaiting(run).count()
    run.done = max(run.total - left, 0)
    run.finished_at = None if left else now
    run.save(update_fields=["done", "finished_at"])
    return run


def _tell(actor: Actor, kind: str, award: UUID, now: datetime) -> None:
    if kind == RunKind.AGAIN:  # the files holders have stay good, so nobody need hear of it
        journal.record(actor, "badge.signed_again", now=now, award=award)
    else:
        said = BadgeRenewed(award=award) if kind == RunKind.RENEWAL else BadgeSigned(award=award)
        journal.record(actor, said, now=now)
