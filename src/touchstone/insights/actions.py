"""Every write of the insights."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from touchstone.catalogue.models import Version
from touchstone.core.reliability.report import Json
from touchstone.core.studies import bundle
from touchstone.core.studies import study as studies
from touchstone.insights import errors, rules
from touchstone.insights.enums import ValidityKind
from touchstone.insights.gathering import gather
from touchstone.insights.models import Measurement, ValidityNote
from touchstone.kit import journal
from touchstone.kit.actor import Actor

NOTE_CAP = 5_000  # characters


@transaction.atomic
def measure_version(*, version: Version, now: datetime) -> Measurement:
    """Measure the scores of a version anew. A read model: nothing is journalled."""
    found = gather(version, now=now)
    findings = studies.measure(found.study)
    figures = studies.as_json(findings)
    facts = {
        "measured_at": now,
        "figures": figures,
        "assessors": {code: str(one) for code, one in found.assessors.items()},
        "works": {code: str(found.works[code]) for code in _named_works(figures) if code in found.works},
        "periods": [[first.isoformat(), last.isoformat()] for first, last in found.study.periods],
        "export": bundle.write(found.study, findings),
    }
    row, _created = Measurement.objects.update_or_create(version=version, defaults=facts)
    return row


@transaction.atomic
def note_validity(
    *, actor: Actor, version_id: UUID, kind: ValidityKind, on_date: date, text: str, now: datetime
) -> ValidityNote:
    """Add evidence to the validity record of a version. Raises NotFound, NoteEmpty, NoteTooLong, NoteInTheFuture."""
    version = rules.NOTE.get(actor, Version.objects.all(), id=version_id)
    assert actor.person, "rules.NOTE lets only people through"
    text = text.replace("\0", "").strip()
    if not text:
        raise errors.NoteEmpty
    if len(text) > NOTE_CAP:
        raise errors.NoteTooLong(length=len(text), cap=NOTE_CAP)
    if on_date > now.date():
        raise errors.NoteInTheFuture
    note = ValidityNote.objects.create(
        version=version, kind=kind, on_date=on_date, text=text, noted_by_id=actor.person, noted_at=now
    )
    journal.record(actor, "version.validity_noted", now=now, version=version.id, note=note.id)
    return note


def _named_works(figures: Mapping[str, Json]) -> list[str]:
    report = figures["report"]
    if not isinstance(report, dict):
        return []
    rows = report["least_certain"]
    assert isinstance(rows, list)
    return [str(row["work"]) for row in rows if isinstance(row, dict)]
