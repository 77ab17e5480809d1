"""Reads of credentials."""

from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from touchstone.credentials import rules
from touchstone.credentials.enums import RunKind, Visibility
from touchstone.credentials.models import Award, Badge, SigningKey, SigningRun, StatusList
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people.models import Organisation, Pseudonym


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


def list_listed_awards(holders: QuerySet[Pseudonym], *, item: UUID | None = None, after: str = "") -> Page[Award]:
    """Awards that stand and that these holders list for everybody, newest first; of one micro-credential if given."""
    rows = Award.objects.filter(visibility=Visibility.LISTED, revoked_at=None)
    rows = rows.filter(holder_id__in=holders.values("id"))
    if item:
        rows = rows.filter(version__micro_credential_id=item)
    return page(_with_substance(rows), order=("-awarded_at", "-id"), after=after)


def list_issued_awards(actor: Actor, *, after: str = "") -> Page[Award]:
    """Every award of the organisation the actor is award staff of, newest first."""
    rows = rules.REVOKE.narrow(actor, _with_substance(Award.objects.all()))
    return page(rows, order=("-awarded_at", "-id"), after=after)


def find_badge(award: Award) -> Badge | None:
    """The signed badge; None before it is signed, and after what was kept of an erased holder was forgotten."""
    return Badge.objects.filter(award=award).exclude(text="").first()


def awaiting(issuer: Organisation, kind: str) -> QuerySet[Award]:
    """Awards whose badge a run of this kind has yet to sign, oldest first."""
    rows = Award.objects.filter(issuer=issuer).order_by("id")
    if kind == RunKind.RENEWAL:
        return rows.filter(revoked_at=None, badge__key__compromised_at__isnull=False)
    return rows.filter(~Exists(Badge.objects.filter(award=OuterRef("id"))))


def list_signing_runs(issuer: Organisation) -> list[SigningRun]:
    """Runs of an issuer, newest first."""
    return list(SigningRun.objects.filter(issuer=issuer).order_by("-begun_at")[:50])


def slugs_held(holder: UUID) -> frozenset[str]:
    """Short names of the micro-credentials a person holds, revoked ones left out."""
    rows = Award.objects.filter(holder_id=holder, revoked_at=None, version__isnull=False)
    return frozenset(rows.values_list("version__micro_credential__slug", flat=True))


def find_status_list(token: str) -> StatusList | None:
    return StatusList.objects.filter(token=token).first()


def find_public_text(token: str, *, as_token: bool) -> str | None:
    """The signed badge of an award that is not private, and nothing else of it."""
    return _one_text(_PUBLIC_TOKEN if as_token else _PUBLIC_TEXT, token, Visibility.PRIVATE.value)


def find_status_text(token: str, *, as_token: bool) -> str | None:
    """A signed status list, and nothing else of it."""
    return _one_text(_STATUS_TOKEN if as_token else _STATUS_TEXT, token)


# Written out, as verifiers ask these far more often than anything else is asked: composing them anew each time took
# longer than answering them.
_PUBLIC = """
    SELECT badge.{column} FROM credentials_badge badge JOIN credentials_award award ON award.id = badge.award_id
    WHERE award.token = %s AND award.visibility <> %s
"""
_PUBLIC_TEXT, _PUBLIC_TOKEN = _PUBLIC.format(column="text"), _PUBLIC.format(column="token")
_STATUS = "SELECT {column} FROM credentials_statuslist WHERE token = %s"
_STATUS_TEXT, _STATUS_TOKEN = _STATUS.format(column="text"), _STATUS.format(column="token_text")


def _one_text(sql: str, *facts: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        row = cursor.fetchone()
    return row[0] or None if row else None


def find_issuer_keys(token: str) -> tuple[Organisation, list[SigningKey]] | None:
    """An issuing organisation and its keys, newest first, those given up left out; None when it never signed."""
    issuer = Organisation.objects.filter(token=token).first()
    keys = list(SigningKey.objects.filter(issuer=issuer).order_by("-made_at", "-id")) if issuer else []
    return (issuer, [key for key in keys if key.compromised_at is None]) if issuer and keys else None


def _with_substance(rows: QuerySet[Award]) -> QuerySet[Award]:
    """With what pages and documents name; the large columns behind them are read only where they are used."""
    rows = rows.select_related("version__micro_credential", "stack_version__stack", "issuer", "badge", "status_list")
    return rows.defer(
        "version__document",
        "version__search",
        "stack_version__document",
        "status_list__bits",
        "status_list__text",
        "status_list__token_text",
    )
