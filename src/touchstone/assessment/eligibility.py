"""What core.assignment needs to know of attempts and of the pools that may read them.

The number of queries does not grow with attempts or assessors. What an earner told of herself counts as true; an
assessor scores nobody until her identity and employers are confirmed (house, section 5).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import (
    AT_ONCE,
    IN_HAND,
    OPEN,
    Assignment,
    Availability,
    PoolAlliance,
    Qualification,
    ReadingPlan,
)
from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core.assignment.model import MOST_WEIGHT, Assessor, Bar, Circle, Rules, Tie, Weights, Work
from touchstone.core.assignment.ranking import Ranking, rank_for
from touchstone.people import queries as people
from touchstone.people.enums import OrganisationKind, Role
from touchstone.people.models import Employment, Organisation, OrganisationDomain, Person
from touchstone.people.tree import ancestors_of
from touchstone.portfolio.models import Attempt

A_WEEK = timedelta(days=7)
# Nobody from an allied pool while anybody of the own pool may; a lot only between those who hold equally much.
WEIGHTS = Weights(allied=MOST_WEIGHT, lot=5)
EVERY_LANGUAGE = ("en",)  # what an assessor reads beside the language of her pages until she says otherwise

type Circles = Mapping[UUID, frozenset[Circle]]


@dataclass(frozen=True)
class Wanted:
    """An attempt and which of its readings nobody has yet."""

    attempt: Attempt
    plan: ReadingPlan
    reads: tuple[int, ...]


@dataclass(frozen=True)
class Market:
    """Works and assessors as core.assignment takes them; keys are the ids of attempts and pseudonyms.

    ``allies`` says for people of an allied pool whose they are.
    """

    works: tuple[Work, ...]
    assessors: tuple[Assessor, ...]
    ties: tuple[Tie, ...]
    rules: Rules
    allies: Mapping[str, UUID]


@dataclass
class _Load:
    held: int = 0
    lately: int = 0


@dataclass(frozen=True)
class _Asked:
    """Who was asked for a submission before, by how it ended."""

    reading: set[str] = field(default_factory=set)
    earlier: set[str] = field(default_factory=set)
    declined: set[str] = field(default_factory=set)


def may_return(wanted: Wanted) -> bool:
    """Whether assessors of an earlier attempt may read this one when too few others may."""
    scoring = item_of(wanted.attempt.submission.version_id).scoring
    return scoring.same_assessor_again or wanted.plan.widened_at is not None


def gather(wanted: Sequence[Wanted], *, issuer: UUID, now: datetime, returning: bool = False) -> Market:
    """The market of some attempts on one issuer's items. ``returning`` is what ``may_return`` says of all of them."""
    on = now.date()
    pool = list_pool(issuer, on=on)
    versions = {str(one.attempt.submission.version_id): one.attempt.submission.version for one in wanted}
    items = _qualified(versions.values(), pool, on)
    earners = [one.attempt.submission.earner_id for one in wanted]
    circles = _circles(earners, list(items), wanted, on)
    assessors = _assessors(items, pool, circles, now)
    return Market(
        works=tuple(_works(wanted, circles, on)),
        assessors=assessors,
        ties=tuple(
            Tie(str(earner), str(other), Bar.KNOWS)
            for earner, other in sorted(people.ties_between(earners, list(items), on=on))
        ),
        rules=Rules(
            weights=WEIGHTS,
            local_pool=frozenset(key for key, row in versions.items() if item_of(row.id).scoring.local_pool),
            earlier_may_return=returning,
            seed=_seed(now),
        ),
        allies={str(person): ally for person, ally in pool.items() if ally and person in items},
    )


def rank(wanted: Wanted, *, now: datetime) -> tuple[Market, Ranking]:
    """Who may read one attempt, best first, with the market they were found in."""
    issuer = wanted.attempt.submission.version.micro_credential.issuer_id
    market = gather([wanted], issuer=issuer, now=now, returning=may_return(wanted))
    return market, rank_for(market.works[0], market.assessors, ties=market.ties, rules=market.rules)


def list_pool(issuer: UUID, *, on: date) -> dict[UUID, UUID | None]:
    """Assessor -> the allied issuer in whose pool she is, None for the issuer's own people."""
    allied = PoolAlliance.objects.filter(issuer_id=issuer, agreed_at__isnull=False, ended_at=None)
    pool: dict[UUID, UUID | None] = {}
    for ally in allied.order_by("agreed_at", "id").values_list("ally_id", flat=True):
        for person in people.members_with_role(ally, Role.ASSESSOR, on=on).values_list("person_id", flat=True):
            pool.setdefault(person, ally)
    own = people.members_with_role(issuer, Role.ASSESSOR, on=on).values_list("person_id", flat=True)
    return pool | dict.fromkeys(own)


def _seed(now: datetime) -> int:
    """Nobody without the key can foresee the lot between equals; with it every run can be repeated."""
    digest = salted_hmac("touchstone.assessment.giving-out", now.isoformat(), algorithm="sha256").digest()
    return int.from_bytes(digest[:8])


# -- assessors ---------------------------------------------------------------------------------------------------------


def _qualified(versions: Iterable[Version], pool: Collection[UUID], on: date) -> dict[UUID, frozenset[str]]:
    """Assessor -> the versions she may score, of those in the pool with an account in use."""
    of_item: dict[UUID, set[str]] = defaultdict(set)
    for row in versions:
        of_item[row.micro_credential_id].add(str(row.id))
    open_now = Q(from_date__lte=on) & (Q(to_date=None) | Q(to_date__gte=on))
    rows = Qualification.objects.filter(open_now, micro_credential_id__in=of_item, assessor_id__in=pool)
    found: dict[UUID, set[str]] = defaultdict(set)
    for person, item in rows.values_list("assessor_id", "micro_credential_id"):
        found[person] |= of_item[item]
    present = Person.objects.filter(pseudonym_id__in=found, account__is_active=True)
    return {person: frozenset(found[person]) for person in present.values_list("pseudonym_id", flat=True)}


def _assessors(
    items: Mapping[UUID, frozenset[str]], pool: Mapping[UUID, UUID | None], circles: Circles, now: datetime
) -> tuple[Assessor, ...]:
    persons = {row.pseudonym_id: row for row in Person.objects.filter(pseudonym_id__in=items)}
    told = {row.assessor_id: row for row in Availability.objects.filter(assessor__in=items)}
    confirmed, loads = confirmed_among(items, on=now.date()), loads_of(items, now=now)
    return tuple(
        Assessor(
            key=str(person),
            items=items[person],
            confirmed=person in confirmed,
            languages=frozenset(languages_of(told.get(person), persons[person].language)),
            capacity=loads[person][1],
            load=loads[person][0],
            circles=circles[person],
            allied=pool[person] is not None,
        )
        for person in sorted(items)
    )


def languages_of(told: Availability | None, language: str) -> list[str]:
    """The languages somebody reads: as she said, or English and that of her pages (``language``)."""
    return sorted(told.languages) if told and told.languages else sorted({*EVERY_LANGUAGE, _base(language)})


def confirmed_among(assessors: Collection[UUID], *, on: date) -> set[UUID]:
    """Those whose identity and present employers are all confirmed."""
    open_now = Q(from_date__lte=on) & (Q(to_date=None) | Q(to_date__gte=on))
    unconfirmed = Employment.objects.filter(open_now, confirmed_at=None, person_id__in=assessors).values("person_id")
    rows = Person.objects.filter(pseudonym_id__in=assessors, identity_confirmed_at__isnull=False)
    return set(rows.exclude(pseudonym_id__in=unconfirmed).values_list("pseudonym_id", flat=True))


def loads_of(assessors: Collection[UUID], *, now: datetime) -> dict[UUID, tuple[int, int]]:
    """(held, capacity) of each assessor over all pools. A week's limit that is nearer counts as works held."""
    told = {row.assessor_id: row for row in Availability.objects.filter(assessor__in=assessors)}
    rows = Assignment.objects.filter(assessor_id__in=assessors).values("assessor_id")
    lately = Q(state__in=OPEN, offered_at__gt=now - A_WEEK)
    rows = rows.annotate(held=Count("id", filter=Q(state__in=IN_HAND)), lately=Count("id", filter=lately))
    loads = {row["assessor_id"]: _Load(row["held"], row["lately"]) for row in rows}
    return {one: _load(loads.get(one, _Load()), told.get(one)) for one in assessors}


def _load(load: _Load, told: Availability | None) -> tuple[int, int]:
    capacity = told.at_once if told else AT_ONCE
    if told is None or told.weekly is None:
        return load.held, capacity
    left = max(0, told.weekly - load.lately)
    return max(load.held, capacity - left), capacity


# -- works -------------------------------------------------------------------------------------------------------------


def _works(wanted: Sequence[Wanted], circles: Circles, on: date) -> Iterable[Work]:
    asked = _asked(wanted)
    for one in wanted:
        attempt, submission = one.attempt, one.attempt.submission
        before = asked[attempt.id]
        yield Work(
            key=str(attempt.id),
            item=str(submission.version_id),
            earner=str(submission.earner_id),
            language=_base(submission.version.language),
            reads=max(1, len(one.reads)),
            waiting_days=max(0, (on - attempt.submitted_at.date()).days) if attempt.submitted_at else 0,
            due_in_days=(attempt.due_date - on).days if attempt.due_date else 0,
            circles=circles[attempt.id],
            earlier=frozenset(before.earlier),
            reading=frozenset(before.reading),
            declined=frozenset(before.declined),
        )


def _asked(wanted: Sequence[Wanted]) -> Mapping[UUID, _Asked]:
    """Per attempt who reads it, who read an earlier one, and who handed any of them back."""
    asked = {one.attempt.id: _Asked() for one in wanted}
    attempts = {one.attempt.submission_id: one.attempt.id for one in wanted}
    rows = Assignment.objects.filter(attempt__submission_id__in=attempts)
    columns = ("attempt_id", "attempt__submission_id", "assessor_id", "state")
    for attempt, submission, assessor, state in rows.values_list(*columns):
        before = asked[attempts[submission]]
        if state in {AssignmentState.DECLINED, AssignmentState.REASSIGNED}:
            before.declined.add(str(assessor))
        elif attempt == attempts[submission]:
            before.reading.add(str(assessor))
        else:
            before.earlier.add(str(assessor))
    return asked


# -- circles -----------------------------------------------------------------------------------------------------------


def _circles(earners: list[UUID], assessors: list[UUID], wanted: Sequence[Wanted], on: date) -> Circles:
    """The circles of each assessor (by pseudonym) and of each work (by attempt).

    A work has those of its earner now and those of where she worked when she submitted. Only an earner without any
    employer is kept from her own state; an assessor whose state is unknown counts as from there.
    """
    everybody = [*earners, *assessors]
    places = people.employer_circles(everybody, on=on)
    then = _places_at_submitting([one.attempt for one in wanted])
    kinds, domains = _kinds_and_domains({*_all(places.values()), *_all(then.values())})
    own_domains = people.email_domain_circle(everybody)
    states = dict(Person.objects.filter(pseudonym_id__in=everybody).values_list("pseudonym_id", "state"))

    def around(person: UUID, where: set[UUID]) -> set[Circle]:
        shared = own_domains[person] | {name for place in where for name in domains[place]}
        found = {Circle(_kind(kinds[place]), str(place)) for place in where}
        return found | {Circle(Bar.DOMAIN, name) for name in shared}

    found: dict[UUID, frozenset[Circle]] = {}
    wanted_states: set[str] = set()
    for one in wanted:
        earner = one.attempt.submission.earner_id
        where = places[earner] | then[one.attempt.id]
        home = {Circle(Bar.STATE, states[earner])} if not where and states.get(earner) else set()
        wanted_states |= {circle.name for circle in home}
        found[one.attempt.id] = frozenset(around(earner, where) | home)
    for person in assessors:
        near = {states[person]} if states[person] else wanted_states
        found[person] = frozenset(around(person, places[person]) | {Circle(Bar.STATE, state) for state in near})
    return found


def _kind(kind: str) -> Bar:
    """A district may be let read by a local pool; any other workplace keeps people apart always, as a school does."""
    return Bar.DISTRICT if kind == OrganisationKind.DISTRICT else Bar.SCHOOL


def _places_at_submitting(attempts: Sequence[Attempt]) -> dict[UUID, set[UUID]]:
    through = Attempt.employers.through.objects.filter(attempt_id__in=[row.id for row in attempts])
    rows = list(through.values_list("attempt_id", "organisation_id"))
    above = ancestors_of({place for _attempt, place in rows})
    then: dict[UUID, set[UUID]] = {row.id: set() for row in attempts}
    for attempt, place in rows:
        then[attempt] |= {place, *(one for one, kind in above[place] if kind == OrganisationKind.DISTRICT)}
    return then


def _kinds_and_domains(places: set[UUID]) -> tuple[dict[UUID, str], Mapping[UUID, set[str]]]:
    domains: dict[UUID, set[str]] = defaultdict(set)
    rows = OrganisationDomain.objects.filter(organisation_id__in=places)
    for place, domain in rows.values_list("organisation_id", "domain"):
        domains[place].add(domain)
    return dict(Organisation.objects.filter(id__in=places).values_list("id", "kind")), domains


def _all(sets: Iterable[set[UUID]]) -> set[UUID]:
    return {one for some in sets for one in some}


def _base(language: str) -> str:
    """“en-US” is read by whoever reads “en”."""
    return language.partition("-")[0].lower()
