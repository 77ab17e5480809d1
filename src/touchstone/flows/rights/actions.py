"""Asking for a copy of one's data, and being erased."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from touchstone.assessment import actions as assessment
from touchstone.core import retention
from touchstone.core.retention import Record
from touchstone.credentials import actions as credentials
from touchstone.credentials.actions.importing import forget_imports
from touchstone.credentials.sharing.actions import leave_shared
from touchstone.flows.events import ExportAsked, PersonErased
from touchstone.flows.models import Erasure, Export, KeptRecord
from touchstone.flows.rights import queries
from touchstone.kit import journal, mail, storage
from touchstone.kit.actor import Actor, system
from touchstone.kit.errors import Forbidden
from touchstone.people import actions as people
from touchstone.people import queries as persons
from touchstone.people.models import Pseudonym
from touchstone.portfolio import actions as portfolio

LASTS = timedelta(days=7)


@transaction.atomic
def ask_export(*, actor: Actor, now: datetime) -> Export:
    """Ask for a copy of everything held about oneself; while one is being made or ready, it is that one.

    Raises Forbidden when nobody is signed in.
    """
    if actor.person is None:
        raise Forbidden
    Pseudonym.objects.select_for_update(no_key=True).get(id=actor.person)
    known = queries.find_export(actor.person, now=now)
    if known:
        return known
    for old in Export.objects.filter(person_id=actor.person, removed_at=None):
        _remove(old, now)
    export = Export.objects.create(person_id=actor.person, asked_at=now)
    journal.record(actor, ExportAsked(person=actor.person, export=export.id), now=now)
    return export


@transaction.atomic
def note_export_ready(*, actor: Actor, export_id: UUID, size: int, now: datetime) -> bool:
    """The file lies in storage: for a week it can be fetched, and a mail says so. False when nobody wants it now."""
    export = Export.objects.select_for_update().filter(id=export_id, removed_at=None).first()
    if export is None:
        return False
    if export.ready_at is None:
        export.ready_at, export.expires_at, export.size = now, now + LASTS, size
        export.save(update_fields=["ready_at", "expires_at", "size"])
        journal.record(actor, "export.made", now=now, person=export.person_id, export=export.id)
        for address, language in persons.addresses_of([export.person_id]).values():
            facts: dict[str, object] = {"link": f"{settings.ORIGIN}/account/data/", "until": export.expires_at.date()}
            once = f"export_ready:{export.id}"
            mail.write(kind="export_ready", to=address, language=language, context=facts, now=now, once=once)
    return True


@transaction.atomic
def remove_old_exports(*, now: datetime) -> None:
    """Remove the files of copies whose week is over."""
    for export in Export.objects.select_for_update(skip_locked=True).filter(expires_at__lte=now, removed_at=None):
        _remove(export, now)


@transaction.atomic
def erase_person(*, actor: Actor, person: UUID, revoke_awards: bool, now: datetime) -> Erasure:
    """Erase a person: everything that says who she is, and everything she wrote. Gives the receipt of what stays.

    What the law or our own rules keep is a record without words under a pseudonym (core.retention), erased when it is
    due. Everything happens at once or not at all; files go by a job. Twice is once. Raises LastAdministrator,
    Forbidden for anybody but herself and the platform.
    """
    if not (actor.job or actor.person == person):
        raise Forbidden
    Pseudonym.objects.select_for_update(no_key=True).get(id=person)
    known = Erasure.objects.filter(person_id=person).first()
    if known:
        return known
    written_to = persons.addresses_of([person])
    kept = queries.plan_erasure(person, on=now.date()).kept
    assessment.leave_assessing(actor=actor, assessor=person, now=now)
    credentials.leave_awards(actor=actor, holder=person, revoke=revoke_awards, now=now)
    leave_shared(actor=actor, holder=person, now=now)
    forget_imports(actor=actor, holder=person, now=now)
    portfolio.erase_work(actor=actor, earner=person, now=now)
    assessment.erase_comments(actor=actor, earner=person, now=now)
    people.empty_person(actor=actor, person=person, now=now)
    for export in Export.objects.filter(person_id=person, removed_at=None):
        _remove(export, now)
    erasure = Erasure.objects.create(person_id=person, erased_at=now, awards_revoked=revoke_awards)
    KeptRecord.objects.bulk_create(_record(erasure, one) for one in kept)
    journal.record(actor, PersonErased(person=person, erasure=erasure.id), now=now)
    for address, language in written_to.values():
        facts: dict[str, object] = {"link": f"{settings.ORIGIN}/erased/{erasure.token}/"}
        mail.write(kind="erased", to=address, language=language, context=facts, now=now, once=f"erased:{erasure.id}")
    return erasure


@transaction.atomic
def erase_due(*, now: datetime) -> int:
    """Erase the records whose time is over; how many. The next run takes what this one could not lock."""
    due = KeptRecord.objects.select_for_update(of=("self",), skip_locked=True).select_related("erasure")
    rows = list(due.filter(until__lte=now.date(), erased_at=None).order_by("until", "id")[:500])
    for row in rows:
        _forget(row, now)
        row.erased_at = now
        row.save(update_fields=["erased_at"])
    mail.forget_sent("erased")
    return len(rows)


def _forget(row: KeptRecord, now: datetime) -> None:
    actor = system("retention")
    if row.kind == Record.CONSENT:
        people.forget_consents(actor=actor, person=row.about, now=now)
        return
    credentials.forget_awards(actor=actor, about=row.about, now=now)
    assessment.forget_readings(actor=actor, submission_id=row.about, now=now)
    portfolio.forget_submission(actor=actor, submission_id=row.about, now=now)


def _record(erasure: Erasure, one: queries.Kept) -> KeptRecord:
    rule = one.rule
    return KeptRecord(
        erasure=erasure,
        kind=rule.kind,
        about=one.about,
        jurisdiction=rule.jurisdiction,
        source=rule.source,
        years=rule.years,
        until=retention.kept_until(rule, one.done_on),
    )


def _remove(export: Export, now: datetime) -> None:
    storage.remove([export.key], now=now)
    export.removed_at = now
    export.save(update_fields=["removed_at"])
