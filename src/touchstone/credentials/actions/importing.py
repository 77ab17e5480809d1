"""Bringing badges earned elsewhere: checked in named steps, kept byte for byte, never presented as ours."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from touchstone.core.openbadges import bake
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.older import is_older
from touchstone.core.openbadges.recipient import check_recipient
from touchstone.core.openbadges.report import Report, Result, Summary
from touchstone.core.openbadges.said import Said, said
from touchstone.core.openbadges.token import is_token
from touchstone.core.openbadges.verify import badge_text
from touchstone.credentials import identifiers, imports
from touchstone.credentials.elsewhere import BADGE_TYPES, SECONDS, Elsewhere, Fetch
from touchstone.credentials.enums import BadgeForm
from touchstone.credentials.models import Award, ImportedBadge
from touchstone.credentials.verification import known_issuers, verify_here
from touchstone.kit import fetching, journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden, Refusal
from touchstone.people import queries as people
from touchstone.people.models import Pseudonym

MOST_BYTES = 2 * 1024 * 1024
MOST_BADGES = 500
MOST_ID = 2000
_TYPES = (*BADGE_TYPES, "image/png", "image/svg+xml")


class NotABadge(Refusal):
    status = 400
    sentence = _("No badge could be read from this, so nothing was added. {why}")


class NotGenuine(Refusal):
    status = 400
    sentence = _("A check failed, so this badge was not added. {why}")


class IssuedHere(Refusal):
    status = 403
    sentence = _("This badge was issued here, to somebody else. Only badges from elsewhere can be added.")


class NewerIsHere(Refusal):
    sentence = _("A newer version of this badge is here already, so the older one was not added.")


class TooManyBadges(Refusal):
    sentence = _("You keep {most} badges from elsewhere, which is as many as there is room for. Remove some first.")


class Outcome(StrEnum):
    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    OWN_AWARD = "own_award"


@dataclass(frozen=True)
class Import:
    """What became of a badge that was brought. ``row`` is None for one that is an award of hers here."""

    outcome: Outcome
    row: ImportedBadge | None


@dataclass(frozen=True)
class _Checked:
    """A badge with what it says and what was found out about it."""

    content: bytes
    said: Said
    form: BadgeForm
    is_hers: bool
    report: Report

    @property
    def key(self) -> str:
        """What makes two badges the same: their issuer's id and their own; of the older form the address alone."""
        same = ("", self.said.badge) if self.form is BadgeForm.OLDER else (self.said.issuer, self.said.badge)
        return sha256("\0".join(same).encode()).hexdigest()


def import_badge(*, actor: Actor, content: bytes, elsewhere: Elsewhere | None, now: datetime) -> Import:
    """Check a badge (JSON, token, baked PNG or SVG) and keep it, or replace an earlier version of the same badge.

    Its issuer is asked before anything is written. Raises Forbidden for whoever does not act for herself, NotABadge,
    NotGenuine, IssuedHere, NewerIsHere, TooManyBadges.
    """
    if actor.person is None or actor.membership is not None:
        raise Forbidden
    checked = _check(actor.person, content, elsewhere, now)
    if checked.said.issuer in known_issuers() or checked.said.badge.startswith(f"{settings.ORIGIN}/"):
        if not _is_award_of(actor.person, checked.said.badge):
            raise IssuedHere
        return Import(Outcome.OWN_AWARD, None)
    return _keep(actor, actor.person, checked, now)


def check_import(*, actor: Actor, token: str, elsewhere: Elsewhere | None, now: datetime) -> ImportedBadge:
    """Check a kept badge again, with its issuer's word of today; what it is stays as it came. Raises NotFound."""
    row = imports.get_import(actor, token)
    report = verify_here(bytes(row.content), now=now, elsewhere=elsewhere)
    is_hers = _is_hers(row.holder_id, report)
    return _note_check(actor, row, report, is_hers, now)


@transaction.atomic
def remove_import(*, actor: Actor, token: str, now: datetime) -> None:
    """The holder has a badge from elsewhere deleted. Raises NotFound."""
    row = imports.get_import(actor, token)
    journal.record(actor, "badge.removed", now=now, badge=row.id)
    row.delete()


@transaction.atomic
def forget_imports(*, actor: Actor, holder: UUID, now: datetime) -> None:
    """Delete everything an erased person kept here from elsewhere. Twice is once."""
    rows = ImportedBadge.objects.filter(holder_id=holder)
    if count := rows.count():
        rows.delete()
        journal.record(actor, "badge.all_removed", now=now, holder=holder, count=count)


def badge_from(address: str, *, fetch: Fetch = fetching.fetch) -> bytes:
    """What an address elsewhere holds, to be imported: a badge, or a picture with one. Raises fetching.FetchRefused."""
    return fetch(address, max_bytes=MOST_BYTES, timeout=SECONDS, accept=_TYPES).content


def _check(holder: UUID, content: bytes, elsewhere: Elsewhere | None, now: datetime) -> _Checked:
    """Raises NotABadge, NotGenuine."""
    report = verify_here(content, now=now, elsewhere=elsewhere)
    failed = next((step for step in report.steps if step.result is Result.FAILED), None)
    credential = report.credential
    if report.summary is Summary.UNREADABLE or credential is None:
        raise NotABadge(why=failed.sentence if failed else "")
    if report.summary is Summary.NOT_VALID:
        raise NotGenuine(why=failed.sentence if failed else "")
    if "\\u0000" in json.dumps(credential):  # no database text may hold it
        raise NotABadge(why=_("It holds characters that belong in no text."))
    try:
        says = said(credential, elsewhere.document if elsewhere else None)
    except OpenBadgesError as error:
        raise NotABadge(why=str(error)) from None
    if max(len(says.badge), len(says.issuer), len(says.achievement)) > MOST_ID:
        raise NotABadge(why=_("Its id is longer than any address."))
    if is_older(credential):
        form = BadgeForm.OLDER
    else:
        form = BadgeForm.TOKEN if is_token(badge_text(content)) else BadgeForm.JSON
    return _Checked(content, says, form, _is_hers(holder, report), report)


def _is_hers(holder: UUID, report: Report) -> bool:
    """Whether the badge names an address that its holder has shown to be hers."""
    if report.credential is None:
        return False
    try:
        check_recipient(report.credential, people.verified_addresses(holder))
    except (OpenBadgesError, KeyError):
        return False
    return True


def _is_award_of(holder: UUID, badge_id: str) -> bool:
    """Whether an id, or an address below it (the same badge in its older form), is that of an award of hers."""
    rows = Award.objects.filter(holder_id=holder).only("id", "token")
    ids = {known for row in rows for known in (identifiers.award(row), settings.ORIGIN + identifiers.award_path(row))}
    return any(badge_id == known or badge_id.startswith(f"{known}/") for known in ids)


@transaction.atomic
def _keep(actor: Actor, holder: UUID, checked: _Checked, now: datetime) -> Import:
    Pseudonym.objects.select_for_update(no_key=True).get(id=holder)
    known = ImportedBadge.objects.filter(holder_id=holder, key=checked.key).first()
    if known is None:
        if imports.count_imports(holder) >= MOST_BADGES:
            raise TooManyBadges(most=MOST_BADGES)
        row = ImportedBadge(holder_id=holder, key=checked.key, received_at=now)
        return Import(Outcome.ADDED, _write(actor, row, checked, now))
    if checked.said.valid_from < known.valid_from:
        raise NewerIsHere
    if bytes(known.content) == checked.content:
        return Import(Outcome.UNCHANGED, _note_check(actor, known, checked.report, checked.is_hers, now))
    return Import(Outcome.REPLACED, _write(actor, known, checked, now))


def _write(actor: Actor, row: ImportedBadge, checked: _Checked, now: datetime) -> ImportedBadge:
    says = checked.said
    row.form, row.content, row.media_type = checked.form, checked.content, _media_type(checked.content)
    row.badge_id, row.issuer_id, row.issuer_name = says.badge, says.issuer, says.issuer_name
    row.achievement_id, row.name, row.description = says.achievement, says.name, says.description
    row.valid_from, row.valid_until = says.valid_from, says.valid_until
    _set_check(row, checked.report, checked.is_hers, now)
    row.save()
    journal.record(actor, "badge.brought", now=now, badge=row.id)
    return row


@transaction.atomic
def _note_check(actor: Actor, row: ImportedBadge, report: Report, is_hers: bool, now: datetime) -> ImportedBadge:
    before = (row.summary, row.is_hers)
    _set_check(row, report, is_hers, now)
    row.save(update_fields=["summary", "steps", "is_hers", "checked_at"])
    if (row.summary, row.is_hers) != before:
        journal.record(actor, "badge.checked_otherwise", now=now, badge=row.id, summary=row.summary)
    return row


def _set_check(row: ImportedBadge, report: Report, is_hers: bool, now: datetime) -> None:
    row.summary, row.is_hers, row.checked_at = report.summary, is_hers, now
    row.steps = [asdict(step) for step in report.steps]


def _media_type(content: bytes) -> str:
    if bake.is_png(content):
        return "image/png"
    if bake.is_svg(content):
        return "image/svg+xml"
    return "application/jwt" if is_token(content) else "application/json"
