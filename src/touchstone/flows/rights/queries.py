"""What somebody's erasure would take and keep, and the state of the copy she asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max

from touchstone.core import retention
from touchstone.core.retention import Record, Rule
from touchstone.credentials.models import Award
from touchstone.flows.models import Erasure, Export, KeptRecord
from touchstone.kit.errors import NotFound
from touchstone.people.models import GuardianConsent
from touchstone.portfolio.models import Attempt, Submission


@dataclass(frozen=True)
class Kept:
    """A record that stays for a while: the id it goes by, its rule, and the day from which the rule counts."""

    rule: Rule
    about: UUID
    done_on: date


@dataclass(frozen=True)
class KeptLine:
    """Records of a kind under one rule, as people read it: how many, by which source, and until when at the latest."""

    kind: str
    source: str
    years: int
    count: int
    until: date


@dataclass(frozen=True)
class Plan:
    """What an erasure would do."""

    submissions: int
    being_assessed: int
    awards: int
    kept: list[Kept]

    @property
    def lines(self) -> list[KeptLine]:
        found: dict[tuple[str, str], list[Kept]] = {}
        for one in self.kept:
            found.setdefault((one.rule.kind, one.rule.source), []).append(one)
        return [_line(rows) for _key, rows in sorted(found.items())]


def plan_erasure(person: UUID, *, on: date) -> Plan:
    """What erasing a person on a day would take, and what rules keep of her."""
    submissions = Submission.objects.filter(earner_id=person)
    awards = Award.objects.filter(holder_id=person)
    return Plan(
        submissions=submissions.count(),
        being_assessed=submissions.filter(current__state="submitted").count(),
        awards=awards.filter(revoked_at=None).count(),
        kept=[*_work(person, on), *_awards_alone(person, on), *_consents(person, on)],
    )


def find_export(person: UUID, *, now: datetime) -> Export | None:
    """The copy that is being made for a person, or ready for her; None when there is none or its week is over."""
    export = Export.objects.filter(person_id=person, removed_at=None).first()
    return None if export and export.expires_at and export.expires_at <= now else export


def get_export(person: UUID | None, token: str, *, now: datetime) -> Export:
    """A person's own copy, ready to be fetched. Raises NotFound for anybody else's, and one whose week is over."""
    rows = Export.objects.filter(person_id=person, token=token, ready_at__isnull=False, removed_at=None)
    export = rows.filter(expires_at__gt=now).first()
    if export is None:
        raise NotFound
    return export


def get_receipt(token: str) -> tuple[Erasure, list[KeptLine]]:
    """An erasure and what is still kept after it, by the address of its receipt. Raises NotFound."""
    erasure = Erasure.objects.filter(token=token).first()
    if erasure is None:
        raise NotFound
    rows = KeptRecord.objects.filter(erasure=erasure, erased_at=None).values("kind", "source", "years")
    found = rows.annotate(count=Count("id"), latest=Max("until")).order_by("kind", "source")
    return erasure, [KeptLine(row["kind"], row["source"], row["years"], row["count"], row["latest"]) for row in found]


def _work(person: UUID, on: date) -> list[Kept]:
    """Every submission that was ever handed in, under the rule of its issuer's state."""
    rows = Attempt.objects.filter(submission__earner_id=person, submitted_at__isnull=False)
    place = "submission__version__micro_credential__issuer__state"
    found = rows.values("submission_id", place).annotate(sent=Max("submitted_at"), closed=Max("closed_at"))
    return [
        Kept(
            retention.rule_for(Record.ACTIVITY, row[place], on=on),
            row["submission_id"],
            max(row["sent"], row["closed"] or row["sent"]).date(),
        )
        for row in found.order_by("submission_id")
    ]


def _awards_alone(person: UUID, on: date) -> list[Kept]:
    rows = Award.objects.filter(holder_id=person, attempt=None).select_related("issuer").order_by("id")
    return [Kept(retention.rule_for(Record.ACTIVITY, row.issuer.state, on=on), row.id, row.awarded_on) for row in rows]


def _consents(person: UUID, on: date) -> list[Kept]:
    """That a guardian agreed is kept a while longer than what was sent in with it, which goes today."""
    if not GuardianConsent.objects.filter(person_id=person, decided_at__isnull=False).exists():
        return []
    return [Kept(retention.rule_for(Record.CONSENT, "", on=on), person, on)]


def _line(rows: list[Kept]) -> KeptLine:
    rule = rows[0].rule
    until = max(retention.kept_until(row.rule, row.done_on) for row in rows)
    return KeptLine(rule.kind, rule.source, rule.years, len(rows), until)
