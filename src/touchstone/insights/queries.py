"""Reads of the insights."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment, ReadingPlan
from touchstone.catalogue.models import Version
from touchstone.core.sight import Side, Viewer
from touchstone.insights import rules
from touchstone.insights.gathering import assessor_code
from touchstone.insights.models import Measurement, ValidityNote
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.paging import Page, page
from touchstone.people.seen import names_seen

OWN_AT_LEAST = 10  # works read by somebody else too, before an assessor is told how often they agreed
POOL_AT_LEAST = 3  # assessors, before one is told how severe she is: of two, each would learn of the other


@dataclass(frozen=True)
class OwnRecord:
    """What one assessor may know of her own scoring of one version."""

    version: Version
    measured_at: datetime
    reads: int
    agreement: Mapping[str, Any] | None
    severity: Mapping[str, Any] | None
    standings: list[Mapping[str, Any]]
    shifts: list[Mapping[str, Any]]
    periods: list[list[str]]


def get_version(actor: Actor, slug: str, number: int) -> Version:
    """A version of the actor's issuer, for those who lead, release or write for it; raises NotFound."""
    return rules.READ.get(actor, _versions(), micro_credential__slug=slug, number=number)


def get_published_version(slug: str, number: int) -> Version:
    """A version that is or was open to all; raises NotFound."""
    found = _versions().exclude(micro_credential__current=None).filter(micro_credential__slug=slug, number=number)
    if (row := found.first()) is None:
        raise NotFound
    return row


def list_versions(actor: Actor, *, after: str = "") -> Page[Version]:
    """Versions of the actor's issuer by title, the newest edition first within an item."""
    return page(rules.READ.narrow(actor, _versions()), order=("title", "-number", "id"), after=after)


def measurements_of(versions: list[Version]) -> dict[UUID, Measurement]:
    rows = Measurement.objects.filter(version__in=versions).defer("export")
    return {row.version_id: row for row in rows}


def find_measurement(version: Version) -> Measurement | None:
    return Measurement.objects.filter(version=version).defer("export").first()


def names_in(actor: Actor, measurement: Measurement) -> dict[str, str]:
    """What the actor may call the assessors in the figures, by their code: a name for leaders, else the code."""
    ids = {code: UUID(one) for code, one in measurement.assessors.items()}
    names = names_seen(rules.viewer_of(actor), Side.ASSESSOR, list(ids.values()))
    return {code: names.get(one) or code for code, one in ids.items()}


def plans_named(actor: Actor, measurement: Measurement) -> dict[str, ReadingPlan]:
    """By work code, the plans of the works that the figures name, for scoring leaders, and never of her own work."""
    if rules.viewer_of(actor) is not Viewer.SCORING_LEADER:
        return {}
    attempts = {UUID(attempt): code for code, attempt in measurement.works.items()}
    rows = ReadingPlan.objects.filter(attempt_id__in=attempts).exclude(attempt__submission__earner_id=actor.person)
    return {attempts[row.attempt_id]: row for row in rows}


def list_own_records(actor: Actor) -> list[OwnRecord]:
    """The actor's own part in what was measured, by title; nothing of anybody else's."""
    scored = Assignment.objects.filter(assessor_id=actor.person, state=AssignmentState.SCORED)
    rows = Measurement.objects.filter(version__in=scored.values("attempt__submission__version"))
    rows = rows.select_related("version").defer("version__document", "version__search", "export")
    assert actor.person
    found = [_own(row, assessor_code(row.version_id, actor.person)) for row in rows.order_by("version__title", "pk")]
    return [record for record in found if record]


def list_validity_notes(version: Version) -> list[ValidityNote]:
    """The validity record of an item up to this version, newest first."""
    rows = ValidityNote.objects.filter(
        version__micro_credential=version.micro_credential_id, version__number__lte=version.number
    )
    return list(rows.select_related("version").defer("version__document", "version__search").order_by("-on_date", "id"))


def earlier_version(version: Version) -> Version | None:
    rows = Version.objects.filter(micro_credential=version.micro_credential_id, number__lt=version.number)
    return rows.order_by("-number").first()


def get_export(version: Version) -> bytes:
    """The zip of what was measured; raises NotFound before the first night."""
    found = Measurement.objects.filter(version=version).values_list("export", flat=True).first()
    if found is None:
        raise NotFound
    return bytes(found)


def versions_scored() -> QuerySet[Version]:
    """Versions of which work was given out."""
    given = ReadingPlan.objects.values("attempt__submission__version")
    return Version.objects.filter(id__in=given).order_by("id")


def _own(row: Measurement, code: str) -> OwnRecord | None:
    figures = row.figures
    if code not in figures["own"]:
        return None
    own, report = figures["own"][code], figures["report"] or {}
    lines = (report.get("model") or {}).get("assessors", [])
    enough = len(lines) >= POOL_AT_LEAST
    drift = report.get("drift") or {}
    return OwnRecord(
        version=row.version,
        measured_at=row.measured_at,
        reads=own["reads"],
        agreement=own if own["read_twice"] >= OWN_AT_LEAST else None,
        severity=next((line for line in lines if line["name"] == code), None) if enough else None,
        standings=[one for one in drift.get("standings", []) if one["assessor"] == code] if enough else [],
        shifts=[one for one in drift.get("shifts", []) if one["assessor"] == code] if enough else [],
        periods=row.periods,
    )


def _versions() -> QuerySet[Version]:
    return Version.objects.select_related("micro_credential__issuer").defer("document", "search")
