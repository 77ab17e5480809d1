"""What scoring leaders see: work by code, assessors by name, and why nobody may read. Nothing says whose work it is.

Counts explain a search without naming anybody. Names stand only beside reasons that are about an assessor alone (she is
full, not confirmed, has declined); who is tied to the earner would tell who the earner is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from touchstone.assessment import eligibility, queries, rules
from touchstone.assessment.models import AT_ONCE, OPEN, Assignment, Availability, Decision, PoolAlliance, ReadingPlan
from touchstone.assessment.models import Qualification as Qualified
from touchstone.catalogue.models import MicroCredential, Version
from touchstone.catalogue.queries import SEARCH_CONFIGS
from touchstone.core.assignment import words
from touchstone.core.assignment.eligibility import survey
from touchstone.core.assignment.model import Bar
from touchstone.core.assignment.reasons import Reason, Refusal
from touchstone.core.sight import Side, Viewer
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people import queries as people
from touchstone.people.enums import Role
from touchstone.people.models import Membership, Organisation, Person
from touchstone.people.seen import names_seen
from touchstone.portfolio.enums import AttemptState

ABOUT_HERSELF = (Bar.UNCONFIRMED, Bar.LANGUAGE, Bar.READING, Bar.EARLIER, Bar.DECLINED, Bar.FULL)


@dataclass(frozen=True)
class Reading:
    """One reading of a piece of work: who has it, and why she (sentences, empty when a leader took it herself)."""

    assignment: Assignment
    name: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Led:
    """A piece of work under way: its readings so far, and the numbers of those nobody has."""

    plan: ReadingPlan
    readings: tuple[Reading, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True)
class Search:
    """Why readers are missing, in counts; lines with names about assessors themselves; what may be done."""

    refusal: Refusal
    lines: tuple[str, ...]
    may_widen: bool

    @property
    def sentence(self) -> str:
        """In the language of whoever reads it now."""
        return words.refusal_sentence(self.refusal, gettext)


@dataclass(frozen=True)
class Pooled:
    """An assessor of the own or an allied pool with what she holds and may score of the issuer's items."""

    membership: Membership
    name: str
    ally: Organisation | None
    held: int
    capacity: int
    weekly: int | None
    confirmed: bool
    languages: tuple[str, ...]
    items: tuple[MicroCredential, ...]
    others: tuple[MicroCredential, ...]


# -- work --------------------------------------------------------------------------------------------------------------


def list_searching(actor: Actor, *, after: str = "") -> Page[ReadingPlan]:
    """Work somebody is sought for, the longest search first."""
    rows = _undecided(actor).filter(searching_since__isnull=False)
    return page(rows, order=("searching_since", "attempt_id"), after=after)


def list_under_way(actor: Actor, *, after: str = "") -> Page[ReadingPlan]:
    """Work that somebody has, the first due first."""
    return page(_undecided(actor).filter(searching_since=None), order=("attempt__due_date", "attempt_id"), after=after)


def _undecided(actor: Actor) -> QuerySet[ReadingPlan]:
    decided = Decision.objects.filter(attempt=OuterRef("attempt_id"))
    rows = ReadingPlan.objects.filter(~Exists(decided), attempt__state=AttemptState.SUBMITTED)
    return rules.LEAD.narrow(actor, rows.select_related("attempt__submission__version"))


def get_plan(actor: Actor, token: str) -> ReadingPlan:
    """A piece of work on the leader's items, decided or not; raises NotFound."""
    rows = ReadingPlan.objects.select_related("attempt__submission__version__micro_credential__issuer")
    return rules.LEAD.get(actor, rows, token=token)


def is_undecided(plan: ReadingPlan) -> bool:
    waiting = plan.attempt.state == AttemptState.SUBMITTED
    return waiting and not Decision.objects.filter(attempt_id=plan.attempt_id).exists()


def led(plans: Iterable[ReadingPlan]) -> list[Led]:
    """Plans with their readings, assessors by name."""
    plans = list(plans)
    rows = Assignment.objects.filter(attempt_id__in=[plan.attempt_id for plan in plans], state__in=OPEN)
    by_attempt: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("read"):
        by_attempt[row.attempt_id].append(row)
    names = _names({row.assessor_id for group in by_attempt.values() for row in group})
    missing = queries.missing_of(plans)
    return [
        Led(plan, tuple(_reading(row, names) for row in by_attempt[plan.attempt_id]), missing[plan.attempt_id])
        for plan in plans
    ]


def _reading(row: Assignment, names: Mapping[UUID, str]) -> Reading:
    reasons = tuple(Reason(reason["key"], reason["numbers"]) for reason in row.reasons)
    return Reading(row, names.get(row.assessor_id, row.code), tuple(words.sentences(reasons, gettext)))


def search(plan: ReadingPlan, *, now: datetime) -> Search | None:
    """The search for missing readers of a piece of work as it stands now; None when it would succeed."""
    wanted = eligibility.Wanted(plan.attempt, plan, queries.readings_missing(plan))
    if not wanted.reads:
        return None
    market, ranking = eligibility.rank(wanted, now=now)
    if ranking.refusal is None:
        return None
    bars = survey(market.works, market.assessors, market.ties, market.rules).bars(0)
    about = {bar: bars[bar] for bar in ABOUT_HERSELF if bar in bars}
    names = {str(key): name for key, name in _names({UUID(key) for keys in about.values() for key in keys}).items()}
    return Search(
        refusal=ranking.refusal,
        lines=tuple(words.named_lines(about, names, gettext)),
        may_widen=Bar.EARLIER in bars and not eligibility.may_return(wanted),
    )


def _names(assessors: set[UUID]) -> dict[UUID, str]:
    return names_seen(Viewer.SCORING_LEADER, Side.ASSESSOR, sorted(assessors))


# -- pools -------------------------------------------------------------------------------------------------------------


def list_assessors(actor: Actor, *, now: datetime, after: str = "") -> tuple[Page[Membership], list[Pooled]]:
    """The assessors of the leader's own and allied pools, by name, fifty at a time."""
    assert actor.organisation
    allies = {row.ally_id: row.ally for row in _agreed(actor.organisation)}
    pools = [people.members_with_role(one, Role.ASSESSOR, on=now.date()) for one in (actor.organisation, *allies)]
    rows = Membership.objects.filter(reduce(or_, (Q(id__in=pool.values("id")) for pool in pools)))
    found = page(rows.select_related("person"), order=("person__person__sort_name", "id"), after=after)
    return found, _pooled(found.rows, actor.organisation, allies, now)


def _pooled(
    rows: Sequence[Membership], issuer: UUID, allies: Mapping[UUID, Organisation], now: datetime
) -> list[Pooled]:
    assessors = {row.person_id for row in rows}
    names, loads = _names(assessors), eligibility.loads_of(assessors, now=now)
    confirmed = eligibility.confirmed_among(assessors, on=now.date())
    told = {row.assessor_id: row for row in Availability.objects.filter(assessor__in=assessors)}
    spoken = dict(Person.objects.filter(pseudonym_id__in=assessors).values_list("pseudonym_id", "language"))
    items, qualified = list_items(issuer), _qualified(assessors, issuer, now.date())
    return [
        Pooled(
            membership=row,
            name=names.get(row.person_id, ""),
            ally=allies.get(row.organisation_id),
            held=loads[row.person_id][0],
            capacity=loads[row.person_id][1],
            weekly=told[row.person_id].weekly if row.person_id in told else None,
            confirmed=row.person_id in confirmed,
            languages=tuple(
                language_name(code)
                for code in eligibility.languages_of(told.get(row.person_id), spoken.get(row.person_id, ""))
            ),
            items=tuple(item for item in items if item.id in qualified[row.person_id]),
            others=tuple(item for item in items if item.id not in qualified[row.person_id]),
        )
        for row in rows
    ]


def availability_of(actor: Actor) -> dict[str, object]:
    """How much the actor takes as an assessor and which languages she reads: as she said, or what counts until then."""
    told = Availability.objects.filter(assessor=actor.person).first()
    spoken = Person.objects.filter(pseudonym=actor.person).values_list("language", flat=True).first() or ""
    return {
        "at_once": told.at_once if told else AT_ONCE,
        "weekly": told.weekly if told else None,
        "languages": eligibility.languages_of(told, spoken),
    }


def list_languages() -> list[str]:
    """Languages somebody may have to read: those of all that is published, and those the catalogue can search."""
    published = Version.objects.values_list("language", flat=True).distinct()
    return sorted({*SEARCH_CONFIGS, *(language.partition("-")[0].lower() for language in published)})


def language_name(code: str) -> str:
    """A language's own name, or its code where Django knows none."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))


def list_items(issuer: UUID) -> list[MicroCredential]:
    """The published items of an issuer, by title."""
    rows = MicroCredential.objects.filter(issuer_id=issuer, current__isnull=False).select_related("current")
    return list(rows.defer("current__document", "current__search").order_by("current__title", "id"))


def _qualified(assessors: set[UUID], issuer: UUID, on: date) -> dict[UUID, set[UUID]]:
    open_now = Q(from_date__lte=on) & (Q(to_date=None) | Q(to_date__gte=on))
    rows = Qualified.objects.filter(open_now, assessor_id__in=assessors, micro_credential__issuer_id=issuer)
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for person, item in rows.values_list("assessor_id", "micro_credential_id"):
        found[person].add(item)
    return found


def list_alliances(actor: Actor) -> list[PoolAlliance]:
    """Alliances of the leader's issuer, asked or agreed, the oldest first."""
    rows = rules.ALLIANCE.narrow(actor, PoolAlliance.objects.select_related("issuer", "ally"))
    return list(rows.order_by("asked_at", "id"))


def list_possible_allies(actor: Actor) -> list[Organisation]:
    """Issuers that were not asked yet."""
    assert actor.organisation
    asked = PoolAlliance.objects.filter(issuer_id=actor.organisation, ended_at=None).values("ally_id")
    rows = Organisation.objects.filter(is_issuer=True).exclude(id=actor.organisation).exclude(id__in=asked)
    return list(rows.order_by("name", "id"))


def _agreed(issuer: UUID) -> list[PoolAlliance]:
    rows = PoolAlliance.objects.filter(issuer_id=issuer, agreed_at__isnull=False, ended_at=None)
    return list(rows.select_related("ally").order_by("agreed_at", "id"))
