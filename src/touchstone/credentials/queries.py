"""Reads of credentials."""

from uuid import UUID

from django.db.models import QuerySet

from touchstone.credentials import rules
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Badge, SigningKey, StatusList
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people.models import Organisation


def get_award(actor: Actor, token: str) -> Award:
    """An award the actor may see, with what it was given for; raises NotFound."""
    return rules.SEE.get(actor, _with_substance(Award.objects.all()), token=token)


def get_own_award(actor: Actor, token: str) -> Award:
    return rules.HOLD.get(actor, _with_substance(Award.objects.all()), token=token)


def get_award_by_id(award_id: UUID) -> Award:
    return _with_substance(Award.objects.all()).get(id=award_id)


def list_awards(actor: Actor, *, after: str = "") -> Page[Award]:
    """The actor's own awards, newest first."""
    rows = rules.HOLD.narrow(actor, _with_substance(Award.objects.all()))
    return page(rows, order=("-awarded_at", "-id"), after=after)


def find_award_for(actor: Actor, attempt_id: UUID) -> Award | None:
    return rules.HOLD.narrow(actor, Award.objects.filter(attempt_id=attempt_id)).first()


def list_public_awards(issuer: UUID, *, after: str = "") -> Page[Award]:
    """Listed awards of an issuer that stand, newest first."""
    rows = Award.objects.filter(issuer_id=issuer, visibility=Visibility.LISTED, revoked_at=None)
    return page(_with_substance(rows), order=("-awarded_at", "-id"), after=after)


def list_issued_awards(actor: Actor, *, after: str = "") -> Page[Award]:
    """Every award of the organisation the actor is award staff of, newest first."""
    rows = rules.REVOKE.narrow(actor, _with_substance(Award.objects.all()))
    return page(rows, order=("-awarded_at", "-id"), after=after)


def find_badge(award: Award) -> Badge | None:
    return Badge.objects.filter(award=award).first()


def slugs_held(holder: UUID) -> frozenset[str]:
    """Short names of the micro-credentials a person holds, revoked ones left out."""
    rows = Award.objects.filter(holder_id=holder, revoked_at=None, version__isnull=False)
    return frozenset(rows.values_list("version__micro_credential__slug", flat=True))


def find_status_list(token: str) -> StatusList | None:
    return StatusList.objects.filter(token=token).first()


def find_issuer_keys(token: str) -> tuple[Organisation, list[SigningKey]] | None:
    """An issuing organisation and every key it ever used, newest first; None when it never signed."""
    issuer = Organisation.objects.filter(token=token).first()
    keys = list(SigningKey.objects.filter(issuer=issuer).order_by("-made_at")) if issuer else []
    return (issuer, keys) if issuer and keys else None


def _with_substance(rows: QuerySet[Award]) -> QuerySet[Award]:
    """With what pages and documents name; the large columns behind them are read only where they are used."""
    rows = rows.select_related("version__micro_credential", "stack_version__stack", "issuer", "badge", "status_list")
    return rows.defer(
        "version__document", "version__search", "stack_version__document", "status_list__bits", "status_list__document"
    )
