"""Awards are made, and their badges signed."""

import calendar
import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from touchstone.catalogue.models import StackVersion, Version
from touchstone.catalogue.queries import item_of
from touchstone.core import deadlines
from touchstone.core.content import content_hash
from touchstone.credentials import queries, signing
from touchstone.credentials.actions.keeping import key_in_use, list_in_use
from touchstone.credentials.enums import RunKind
from touchstone.credentials.events import AwardMade, BadgeSigned
from touchstone.credentials.judging import Judged
from touchstone.credentials.models import Award, Badge, Statement
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.ids import new_token
from touchstone.people.models import Organisation
from touchstone.portfolio.models import Attempt

_TRIES = 20


@transaction.atomic
def award_version(
    *, actor: Actor, attempt: Attempt, levels: Mapping[str, str], now: datetime, judged: Judged | None = None
) -> Award:
    """Award the version an attempt met. A holder has one award per version, however often this runs.

    ``judged`` is kept as it stands now: it becomes the statement that the badge points at.
    """
    version = attempt.submission.version
    once = {"holder_id": attempt.submission.earner_id, "version": version}
    known = Award.objects.filter(**once).first()
    if known:
        return known
    statement = _statement(version, judged, now) if judged else None
    until = expiry(version, now)
    facts = {"attempt": attempt, "levels": dict(levels), "statement": statement, "valid_until": until}
    return _award_once(actor, version.micro_credential.issuer, now, once, **facts)


@transaction.atomic
def award_stack(*, actor: Actor, holder: UUID, stack_version: StackVersion, now: datetime) -> Award:
    """Award a completed stack, once per holder and version. Whether it is complete is the caller's to know."""
    once = {"holder_id": holder, "stack_version": stack_version}
    return _award_once(actor, stack_version.stack.issuer, now, once)


@transaction.atomic
def sign_badge(*, actor: Actor, award_id: UUID, now: datetime) -> Badge:
    """Sign the badge of an award, once: a badge that is there already is returned unchanged."""
    award = _locked(award_id)
    known = queries.find_badge(award)
    if known:
        return known
    key = key_in_use(award.issuer, now)
    [(text, token)] = signing.signed([award], key, now=now)
    badge = Badge.objects.create(award=award, key=key, text=text, token=token, signed_at=now)
    journal.record(actor, BadgeSigned(award=award.id), now=now)
    return badge


@transaction.atomic
def sign_again(*, actor: Actor, award_id: UUID, now: datetime) -> Badge | None:
    """Sign the badge of an award that stands anew, as things are now; None while there is none, or nothing to it."""
    award = _locked(award_id)
    badge = queries.find_badge(award)
    if badge is None or award.revoked_at:
        return None
    badge.key, badge.signed_at = key_in_use(award.issuer, now), now
    [(badge.text, badge.token)] = signing.signed([award], badge.key, now=now, kind=RunKind.AGAIN)
    badge.save(update_fields=["key", "text", "token", "signed_at"])
    journal.record(actor, "badge.signed_again", now=now, award=award.id)
    return badge


def expiry(version: Version, now: datetime) -> datetime | None:
    """When an award given or renewed now stops counting: the end of a day in the issuer's time zone; None for never."""
    months = item_of(version).valid_for_months
    if months is None:
        return None
    time_zone = version.micro_credential.issuer.time_zone
    day = deadlines.local_date(now, time_zone)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=deadlines.zone(time_zone))


def _locked(award_id: UUID) -> Award:
    return Award.objects.select_for_update(of=("self",)).select_related("issuer", "status_list").get(id=award_id)


def _statement(version: Version, judged: Judged, now: datetime) -> Statement:
    """The statement of these facts: the one there is, or a new one, signed."""
    facts = judged.as_json()
    once = {"version": version, "facts_hash": content_hash(facts)}
    known = Statement.objects.filter(**once).first()
    if known:
        return known
    issuer = version.micro_credential.issuer
    key = key_in_use(issuer, now)
    row = Statement(**once, token=new_token(), issuer=issuer, facts=facts, key=key, stated_at=now)
    row.text = signing.signed_statement(row, key)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another worker made it at the same moment
        return Statement.objects.get(**once)
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
    status_list = list_in_use(issuer, now)
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
