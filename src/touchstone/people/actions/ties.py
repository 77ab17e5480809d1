"""Ties that somebody else knows of: declared by staff, imported by an organisation, derived from cohorts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden
from touchstone.people.actions.organisations import require_administrator
from touchstone.people.addresses import clean_address
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.events import TieDeclared, TiesDerived, TiesImported
from touchstone.people.models import Employment, Organisation, Pseudonym, Tie
from touchstone.people.rosters import Line, Problem, read_list
from touchstone.people.tree import organisations_within

COLUMNS = {
    "one": ("email", "e-mail", "email 1", "first email", "correo"),
    "other": ("other email", "email 2", "second email", "otro correo"),
    "kind": ("relation", "relationship", "relación"),
}

type Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class TieImport:
    """What a list of ties brought, or would bring: new pairs, pairs known before, and the lines left out."""

    created: int
    known: int
    problems: tuple[Problem, ...]


@transaction.atomic
def declare_tie(
    *, actor: Actor, a: Pseudonym, b: Pseudonym, kind: TieKind, source: TieSource, from_date: date, now: datetime
) -> Tie:
    """Note a relation that keeps either from scoring the other. People themselves use ``state_conflict``.

    Raises Forbidden: only the platform may name both sides.
    """
    if not actor.job:
        raise Forbidden
    tie, created = Tie.objects.get_or_create(
        a=a, b=b, kind=kind, source=source, source_key="", to_date=None, defaults={"from_date": from_date}
    )
    if created:
        journal.record(actor, TieDeclared(tie=tie.id), now=now)
    return tie


@transaction.atomic
def derive_ties(*, actor: Actor, source_key: str, pairs: Iterable[Pair], kind: TieKind, now: datetime) -> int:
    """Say which pairs a source (``cohort:<id>``, ``coach:<id>``…) ties now; what it said before and no longer says
    ends today. Repeating it changes nothing. Returns how many ties began. Raises Forbidden.
    """
    if not actor.job:
        raise Forbidden
    with connection.cursor() as cursor:  # one source is written by one at a time
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [source_key])
    wanted = {_ordered(one, other) for one, other in pairs if one != other}
    held = {
        (row.a_id, row.b_id): row.id
        for row in Tie.objects.filter(source=TieSource.DERIVED, source_key=source_key, kind=kind, to_date=None)
    }
    over = [tie for pair, tie in held.items() if pair not in wanted]
    Tie.objects.filter(id__in=over).update(to_date=now.date() - timedelta(days=1))
    begun = _begin(wanted - held.keys(), kind, TieSource.DERIVED, source_key, now)
    if begun or over:
        journal.record(actor, TiesDerived(begun=begun, ended=len(over)), now=now)
    return begun


@transaction.atomic
def import_ties(*, actor: Actor, organisation: Organisation, data: bytes, dry_run: bool, now: datetime) -> TieImport:
    """Take a CSV list of pairs (two addresses and a relation) among the people of an organisation and its parts.

    Lines that cannot be used are named with a sentence and left out; an address of nobody there and one of nobody at
    all get the same sentence. Raises NotAdministratorHere, and as ``rosters.read_list``.
    """
    require_administrator(actor, organisation)
    lines = read_list(data, COLUMNS)
    people = _people_within(organisation.id, lines, now.date())
    pairs: dict[tuple[UUID, UUID, TieKind], int] = {}
    problems = []
    for line in lines:
        found = _read_pair(line, people)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            pairs.setdefault(found, line.number)
    key = f"organisation:{organisation.id}"
    held = set(Tie.objects.filter(source_key=key, to_date=None).values_list("a_id", "b_id", "kind"))
    fresh = [pair for pair in pairs if pair not in held]
    if not dry_run and fresh:
        for kind in TieKind:
            _begin({(a, b) for a, b, of in fresh if of == kind}, kind, TieSource.IMPORTED, key, now)
        journal.record(actor, TiesImported(organisation=organisation.id, begun=len(fresh)), now=now)
    return TieImport(len(fresh), len(pairs) - len(fresh), tuple(problems))


def _read_pair(line: Line, people: dict[str, UUID]) -> tuple[UUID, UUID, TieKind] | Problem:
    kind = _kind(line.cells["kind"])
    if kind is None:
        kinds = ", ".join(TieKind.values)
        return Problem(
            line.number,
            _("“{kind}” is not a relation we know. Use one of: {kinds}.").format(
                kind=line.cells["kind"][:40], kinds=kinds
            ),
        )
    for column in ("one", "other"):
        if clean_address(line.cells[column]) not in people:
            sentence = _("Nobody who works in your organisation has the address “{email}”.")
            return Problem(line.number, sentence.format(email=line.cells[column][:80]))
    one, other = people[clean_address(line.cells["one"])], people[clean_address(line.cells["other"])]
    if one == other:
        return Problem(line.number, _("Both addresses belong to the same person."))
    return (*_ordered(one, other), kind)


def _kind(cell: str) -> TieKind | None:
    known = {str(name).casefold(): kind for kind in TieKind for name in (kind.value, kind.label)}
    return known.get(cell.casefold()) or known.get(cell.casefold().replace(" ", "_"))


def _people_within(organisation: UUID, lines: list[Line], on: date) -> dict[str, UUID]:
    """Verified address -> person, of the addresses in a list, as far as they work within an organisation."""
    wanted = {clean_address(line.cells[column]) for line in lines for column in ("one", "other")}
    here = Employment.objects.filter(organisation_id__in=organisations_within(organisation))
    here = here.filter(Q(to_date=None) | Q(to_date__gte=on))
    rows = EmailAddress.objects.filter(
        email__in=wanted, verified=True, user__person__pseudonym_id__in=here.values("person_id")
    )
    return dict(rows.values_list("email", "user__person__pseudonym_id"))


def _begin(pairs: set[Pair], kind: TieKind, source: TieSource, source_key: str, now: datetime) -> int:
    rows = [
        Tie(a_id=one, b_id=other, kind=kind, source=source, source_key=source_key, from_date=now.date())
        for one, other in sorted(pairs)
    ]
    return len(Tie.objects.bulk_create(rows, ignore_conflicts=True))


def _ordered(one: UUID, other: UUID) -> Pair:
    return (one, other) if one < other else (other, one)
