"""Reads of badges earned elsewhere, for their holder alone, and of everything of hers that a wallet may take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet, Value

from touchstone.core.openbadges.report import SENTENCES, Report, Result, Step, Summary
from touchstone.core.openbadges.verify import badge_text
from touchstone.credentials.enums import BadgeForm
from touchstone.credentials.models import Badge, ImportedBadge
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page

ENDINGS = {"application/json": "json", "application/jwt": "jwt", "image/png": "png", "image/svg+xml": "svg"}


def _held_by(actor: Actor, rows: QuerySet[ImportedBadge]) -> QuerySet[ImportedBadge]:
    """Badges are a person's own: whoever acts for an organisation sees none."""
    if actor.person is None or actor.membership is not None:
        return rows.none()
    return rows.filter(holder_id=actor.person)


HOLD = Rule(_held_by)


def get_import(actor: Actor, token: str) -> ImportedBadge:
    """A badge that the actor keeps here; raises NotFound."""
    return HOLD.get(actor, ImportedBadge.objects.all(), token=token)


def list_imports(actor: Actor, *, after: str = "") -> Page[ImportedBadge]:
    """The actor's badges from elsewhere, the latest to come first."""
    rows = HOLD.narrow(actor, ImportedBadge.objects.defer("content", "steps"))
    return page(rows, order=("-received_at", "-id"), after=after)


def imports_of(holder: UUID) -> QuerySet[ImportedBadge]:
    """Everything a person keeps here from elsewhere, oldest first."""
    return ImportedBadge.objects.filter(holder_id=holder).order_by("received_at", "id")


def count_imports(holder: UUID) -> int:
    return ImportedBadge.objects.filter(holder_id=holder).count()


def file_name(row: ImportedBadge) -> str:
    return f"badge-{row.token[:6]}.{ENDINGS[row.media_type]}"


def report_of(row: ImportedBadge) -> Report:
    """What came out when the badge was checked last."""
    steps = tuple(Step(**{**step, "result": Result(step["result"])}) for step in row.steps)
    summary = Summary(row.summary)
    return Report(steps, summary, SENTENCES[summary])


@dataclass(frozen=True)
class Taken:
    """Some of a person's badges of the present form: JSON texts and tokens, each letter for letter as signed."""

    total: int
    texts: tuple[str, ...]
    tokens: tuple[str, ...]


def take_badges(actor: Actor, *, limit: int, offset: int, since: datetime | None = None) -> Taken:
    """Badges of awards and badges from elsewhere together, oldest first: ``limit`` of them after ``offset``.

    With ``since`` only those issued after that moment; a badge signed anew counts from then. Badges of the older form
    are no credentials of the present standard and stay out. Someone who acts for an organisation holds none.
    """
    if actor.person is None or actor.membership is not None:
        return Taken(0, (), ())
    own = Badge.objects.filter(award__holder_id=actor.person).exclude(text="")
    brought = ImportedBadge.objects.filter(holder_id=actor.person).exclude(form=BadgeForm.OLDER)
    if since is not None:
        own, brought = own.filter(signed_at__gt=since), brought.filter(valid_from__gt=since)
    columns = ("id", "at", "ours")
    rows = own.annotate(at=F("signed_at"), ours=Value(value=True)).values_list(*columns)
    rows = rows.union(brought.annotate(at=F("valid_from"), ours=Value(value=False)).values_list(*columns), all=True)
    found = [(key, ours) for key, _at, ours in rows.order_by("at", "id")[offset : offset + limit]]
    texts = _texts([key for key, ours in found if ours], [key for key, ours in found if not ours])
    taken = [texts[key] for key, _ours in found]
    return Taken(
        total=own.count() + brought.count(),
        texts=tuple(text for text in taken if not text.startswith("eyJ")),
        tokens=tuple(text for text in taken if text.startswith("eyJ")),
    )


def _texts(own: Sequence[UUID], brought: Sequence[UUID]) -> dict[UUID, str]:
    texts = dict(Badge.objects.filter(id__in=own).values_list("id", "text"))
    for row in ImportedBadge.objects.filter(id__in=brought).only("id", "content"):
        texts[row.id] = badge_text(bytes(row.content)).decode("utf-8-sig").strip()
    return texts
