"""Reads of credentials."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from touchstone.catalogue.models import Version
from touchstone.core.openbadges.facts import Evidence
from touchstone.credentials import rules
from touchstone.credentials.enums import RunKind, Visibility
from touchstone.credentials.models import (
    Award,
    Badge,
    Endorsement,
    SigningKey,
    SigningRun,
    Statement,
    StatusList,
)
from touchstone.credentials.sharing import evidence
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people.models import Organisation, Pseudonym


def get_award(actor: Actor, token: str) -> Award:
    """An award the actor may see, with what it was given for; raises NotFound."""
    return rules.SEE.get(actor, with_substance(Award.objects.all()), token=token)


def get_own_award(actor: Actor, token: str) -> Award:
    return rules.HOLD.get(actor, with_substance(Award.objects.all()), token=token)


def get_award_by_id(award_id: UUID) -> Award:
    return with_substance(Award.objects.all()).get(id=award_id)


def list_awards(actor: Actor, *, after: str = "") -> Page[Award]:
    """The actor's own awards, newest first."""
    rows = rules.HOLD.narrow(actor, with_substance(Award.objects.all()))
    return page(rows, order=("-awarded_at", "-id"), after=after)


def find_award_for(actor: Actor, attempt_id: UUID) -> Award | None:
    return rules.HOLD.narrow(actor, Award.objects.filter(attempt_id=attempt_id)).first()


def list_public_awards(issuer: UUID, *, after: str = "") -> Page[Award]:
    """Listed awards of an issuer that stand, newest first."""
    rows = Award.objects.filter(issuer_id=issuer, visibility=Visibility.LISTED, revoked_at=None)
    return page(with_substance(rows), order=("-awarded_at", "-id"), after=after)


def list_listed_awards(holders: QuerySet[Pseudonym], *, item: UUID | None = None, after: str = "") -> Page[Award]:
    """Awards that stand and that these holders list for everybody, newest first; of one micro-credential if given."""
    rows = Award.objects.filter(visibility=Visibility.LISTED, revoked_at=None)
    rows = rows.filter(holder_id__in=holders.values("id"))
    if item:
        rows = rows.filter(version__micro_credential_id=item)
    return page(with_substance(rows), order=("-awarded_at", "-id"), after=after)


def list_issued_awards(actor: Actor, *, after: str = "") -> Page[Award]:
    """Every award of the organisation the actor is award staff of, newest first."""
    rows = rules.REVOKE.narrow(actor, with_substance(Award.objects.all()))
    return page(rows, order=("-awarded_at", "-id"), after=after)


def find_badge(award: Award) -> Badge | None:
    """The signed badge; None before it is signed, and after what was kept of an erased holder was forgotten."""
    return Badge.objects.filter(award=award).exclude(text="").first()


def awaiting(run: SigningRun) -> QuerySet[Award]:
    """Awards whose badge a run has yet to sign, oldest first."""
    rows = Award.objects.filter(issuer=run.issuer).order_by("id")
    if run.kind == RunKind.RENEWAL:
        return rows.filter(revoked_at=None, badge__key__compromised_at__isnull=False).exclude(badge__text="")
    if run.kind == RunKind.AGAIN:
        return rows.filter(revoked_at=None, badge__signed_at__lt=run.begun_at).exclude(badge__text="")
    return rows.filter(~Exists(Badge.objects.filter(award=OuterRef("id"))))


def list_signing_runs(issuer: Organisation) -> list[SigningRun]:
    """Runs of an issuer, newest first."""
    return list(SigningRun.objects.filter(issuer=issuer).order_by("-begun_at")[:50])


def slugs_held(holder: UUID, *, now: datetime | None = None) -> frozenset[str]:
    """Short names of the micro-credentials a person holds, revoked ones left out; with ``now`` also those that do not
    count at that moment, as they expired or are suspended."""
    rows = Award.objects.filter(holder_id=holder, revoked_at=None, version__isnull=False)
    if now:
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gt=now), suspended_at=None)
    return frozenset(rows.values_list("version__micro_credential__slug", flat=True))


def get_issuer_to_sign_for(actor: Actor) -> Organisation:
    """The issuer whose keys the actor may replace; raises NotFound."""
    return rules.SIGN.get(actor, Organisation.objects.all(), id=actor.organisation)


def list_keys(issuer: Organisation) -> list[SigningKey]:
    """Every key an issuer ever had, newest first, each with the number of badges it signed that are held here."""
    rows = SigningKey.objects.filter(issuer=issuer).annotate(signed=Count("badges"))
    return list(rows.defer("sealed", "token_sealed").order_by("-made_at", "-id"))


def find_statement(token: str) -> Statement | None:
    """How the work behind some awards was judged; for everybody."""
    return Statement.objects.filter(token=token).select_related("issuer", "version__micro_credential").first()


def find_endorsement(token: str) -> Endorsement | None:
    """An endorsement that stands, for everybody who may see what it is about by its address."""
    rows = Endorsement.objects.filter(token=token, withdrawn_at=None)
    return rows.exclude(award__visibility=Visibility.PRIVATE).select_related("endorser").first()


def list_endorsements(about: Version | Organisation | Award) -> list[Endorsement]:
    """What organisations say of something, the first first."""
    kind = {Version: "version", Organisation: "issuer", Award: "award"}[type(about)]
    rows = Endorsement.objects.filter(withdrawn_at=None, **{kind: about}).select_related("endorser")
    return list(rows.order_by("given_at", "id")[:50])


def may_endorse(actor: Actor) -> bool:
    """Whether the actor speaks for an organisation that may endorse."""
    return rules.ENDORSE.narrow(actor, Organisation.objects.all()).exists()


def list_given_endorsements(actor: Actor, *, after: str = "") -> Page[Endorsement]:
    """Standing endorsements of the actor's organisation, newest first; raises NotFound where it may give none."""
    endorser = rules.ENDORSE.get(actor, Organisation.objects.all(), id=actor.organisation)
    rows = Endorsement.objects.filter(endorser=endorser, withdrawn_at=None)
    rows = rows.select_related("version__micro_credential", "issuer", "award__version", "award__stack_version")
    rows = rows.defer("version__document", "version__search", "award__version__document", "award__version__search")
    return page(rows, order=("-given_at", "-id"), after=after)


def endorsements_for(awards: Sequence[Award]) -> dict[UUID, tuple[str, ...]]:
    """Signed endorsements that badges of these awards carry, by the id of what each is about."""
    about = Q(award__in=awards) | Q(issuer__in={award.issuer_id for award in awards})
    about |= Q(version__in={award.version_id for award in awards if award.version_id})
    found: dict[UUID, tuple[str, ...]] = {}
    for row in Endorsement.objects.filter(about, withdrawn_at=None).order_by("given_at", "id"):
        key = row.version_id or row.issuer_id or row.award_id
        assert key, "an endorsement is about one thing"
        found[key] = (*found.get(key, ()), row.text)
    return found


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


def shown_evidence(award: Award) -> tuple[Evidence, ...]:
    """What the badge of an award names as evidence: what its holder shows to others now; nothing of a private one."""
    return evidence.as_facts(award)


def recipient_of(award: Award) -> Mapping[str, Any] | None:
    """The hashed address that the signed badge of an award names (an IdentityObject); None when it names none."""
    badge = find_badge(award)
    named = badge.document["credentialSubject"].get("identifier") if badge else None
    return named[0] if named else None


def with_substance(rows: QuerySet[Award]) -> QuerySet[Award]:
    """With what pages and documents name; the large columns behind them are read only where they are used."""
    rows = rows.select_related("version__micro_credential", "stack_version__stack", "issuer", "badge", "status_list")
    return rows.select_related("statement").defer(
        "version__document",
        "version__search",
        "stack_version__document",
        "status_list__bits",
        "status_list__text",
        "status_list__token_text",
        "statement__text",
    )
