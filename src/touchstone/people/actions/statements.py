"""“I know somebody”: what people tell of conflicts, and the ties that follow without anybody hearing of it.

Whoever states a conflict gets the same answer in the same time whether anybody matched or not: matching runs in a job.
It also runs whenever somebody registers, changes her name, verifies an address or notes an employer.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from touchstone.kit import journal
from touchstone.kit.actor import Actor, system
from touchstone.kit.errors import Forbidden
from touchstone.people import errors, queries, rules
from touchstone.people.addresses import clean_address
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.events import ConflictStated, TieMatched
from touchstone.people.models import ConflictStatement, Employment, Organisation, Person, Tie
from touchstone.people.names import clean_name, name_key
from touchstone.people.tree import ancestors_of, organisations_within

CONFLICT_NOTED = _(
    "Thank you, this is noted. Whoever you meant will not assess your work, and you will not get theirs."
)
MOST_STATEMENTS = 200


@transaction.atomic
def state_conflict(
    *,
    actor: Actor,
    kind: str,
    now: datetime,
    email: str = "",
    name: str = "",
    organisation: Organisation | None = None,
) -> ConflictStatement:
    """A person tells whom she knows, by address or name (at an organisation), or that she has ties to a whole one.

    The same twice is noted once. Raises Forbidden, UnknownChoice, AddressNotUsable, StatementEmpty,
    StatementAboutOneself, TooManyStatements.
    """
    from touchstone.people import jobs  # the jobs module imports this one

    if actor.person is None:
        raise Forbidden
    person = Person.objects.select_for_update(no_key=True).get(pseudonym_id=actor.person)
    facts = _facts(actor.person, kind, email, name, organisation)
    known = ConflictStatement.objects.filter(person=person, withdrawn_at=None)
    same = known.filter(**{key: value for key, value in facts.items() if key != "name"}).first()
    if same:
        return same
    if known.count() >= MOST_STATEMENTS:
        raise errors.TooManyStatements(most=MOST_STATEMENTS)
    statement = ConflictStatement.objects.create(person=person, stated_at=now, **facts)
    journal.record(actor, ConflictStated(person=actor.person, statement=statement.id), now=now)
    jobs.match_statement.defer(statement_id=str(statement.id))
    return statement


def _facts(person: UUID, kind: str, email: str, name: str, organisation: Organisation | None) -> dict[str, object]:
    if kind not in TieKind.values:
        raise errors.UnknownChoice(choice=kind)
    address, cleaned = clean_address(email), clean_name(name)
    if email.strip() and not address:
        raise errors.AddressNotUsable(email=email[:80])
    if not (address or name_key(cleaned) or organisation):
        raise errors.StatementEmpty
    if address in queries.verified_addresses(person):
        raise errors.StatementAboutOneself
    key = name_key(cleaned)
    return {"kind": kind, "email": address, "name": cleaned, "name_key": key, "organisation": organisation}


@transaction.atomic
def withdraw_conflict(*, actor: Actor, statement: UUID, now: datetime) -> ConflictStatement:
    """Take a statement back; the ties that followed from it end. Twice is once. Raises NotFound."""
    rows = ConflictStatement.objects.select_for_update(of=("self",))
    row = rules.OWN_STATEMENT.get(actor, rows, id=statement)
    if row.withdrawn_at is None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        # Yesterday was their last day: a tie counts on its last day too.
        Tie.objects.filter(source_key=_key(row), to_date=None).update(to_date=now.date() - timedelta(days=1))
        journal.record(actor, "conflict.withdrawn", now=now, person=actor.person, statement=row.id)
    return row


@transaction.atomic
def match_statement(*, statement_id: UUID, now: datetime) -> None:
    """Tie whoever a statement means, as far as she is here. Safe to repeat; a withdrawn statement ties nobody."""
    rows = ConflictStatement.objects.select_for_update(of=("self",)).select_related("person")
    statement = rows.filter(id=statement_id, withdrawn_at=None).first()
    if statement is None:
        return
    found = set()
    if statement.email:
        addresses = EmailAddress.objects.filter(email__iexact=statement.email, verified=True)
        found |= set(addresses.values_list("user__person__pseudonym_id", flat=True)) - {None}
    if statement.name_key:
        named = Person.objects.filter(sort_name=statement.name_key, account__isnull=False)
        if statement.organisation_id:
            places = organisations_within(statement.organisation_id)
            named = named.filter(pseudonym__employments__organisation_id__in=places)
        found |= set(named.values_list("pseudonym_id", flat=True))
    _tie(statement, found, now)


def match_all_statements(*, now: datetime) -> None:
    """Match every open statement again: two things told in the same moment may have missed each other."""
    about_people = ConflictStatement.objects.filter(withdrawn_at=None).exclude(email="", name_key="")
    for statement_id in about_people.values_list("id", flat=True).iterator():
        match_statement(statement_id=statement_id, now=now)


def match_person(person: Person, *, now: datetime) -> None:
    """Tie a person to everybody whose statement means her. Called whenever that may have changed."""
    addresses = queries.verified_addresses(person.pseudonym_id)
    named = Q(name_key=person.sort_name) & ~Q(name_key="")
    addressed = Q(email__in=addresses) & ~Q(email="")
    rows = list(
        ConflictStatement.objects.filter(named | addressed, withdrawn_at=None)
        .exclude(person=person)
        .select_related("person")
    )
    if not rows:
        return
    employers = set(Employment.objects.filter(person=person.pseudonym_id).values_list("organisation_id", flat=True))
    around = employers | {one for above in ancestors_of(employers).values() for one, _kind in above}
    for row in rows:
        if row.email in addresses or row.organisation_id is None or row.organisation_id in around:
            _tie(row, {person.pseudonym_id}, now)


def _tie(statement: ConflictStatement, people: set[UUID], now: datetime) -> None:
    for other in people - {statement.person.pseudonym_id}:
        tie, created = Tie.objects.get_or_create(
            a_id=statement.person.pseudonym_id,
            b_id=other,
            kind=statement.kind,
            source=TieSource.DECLARED,
            source_key=_key(statement),
            to_date=None,
            defaults={"from_date": now.date()},
        )
        if created:  # by the platform, and naming neither of the two: nobody may learn of a match from the journal
            journal.record(system("conflicts"), TieMatched(tie=tie.id), now=now)


def _key(statement: ConflictStatement) -> str:
    return f"statement:{statement.id}"
