"""Giving out work: to whom it is offered, what they answer, and taking it back."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from touchstone.assessment import eligibility, errors, queries
from touchstone.assessment.actions.rows import lock_assignment, lock_attempt, lock_giving_out, plan_readings
from touchstone.assessment.eligibility import Market, Wanted
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.events import NobodyEligible, OfferDeclined, WorkOffered, WorkTakenBack
from touchstone.assessment.models import IN_HAND, OPEN, RULING, Assignment, Availability, Qualification, ReadingPlan
from touchstone.catalogue.models import MicroCredential
from touchstone.core.assignment.eligibility import BARS, survey
from touchstone.core.assignment.eligibility import OPEN as NOTHING_BARS
from touchstone.core.assignment.model import Bar
from touchstone.core.assignment.reasons import Reason
from touchstone.kit import journal
from touchstone.kit.actor import Actor, system
from touchstone.people import actions as people
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.models import Pseudonym
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

MOST_AT_ONCE, MOST_WEEKLY = 50, 200
# What does not take work out of somebody's hands: she may finish what she began.
_MAY_FINISH = {Bar.FULL, Bar.READING, Bar.EARLIER, Bar.DECLINED, Bar.LANGUAGE}

type Chosen = tuple[str, tuple[Reason, ...]]


@transaction.atomic
def qualify_assessor(
    *, actor: Actor, assessor: Pseudonym, micro_credential: MicroCredential, from_date: date, now: datetime
) -> Qualification:
    """Let an assessor score an item live from a day on. Repeating it changes nothing."""
    qualification, created = Qualification.objects.get_or_create(
        assessor=assessor, micro_credential=micro_credential, to_date=None, defaults={"from_date": from_date}
    )
    if created:
        journal.record(actor, "assessor.qualified", now=now, assessor=assessor.id, micro_credential=micro_credential.id)
    return qualification


@transaction.atomic
def set_availability(
    *, actor: Actor, at_once: int, weekly: int | None, languages: Collection[str], known: Collection[str], now: datetime
) -> Availability:
    """An assessor says how much she takes and which languages she reads, out of the ``known`` ones.

    What she holds already stays hers. Raises NotUsableNumber, UnknownLanguage.
    """
    for number, most in ((at_once, MOST_AT_ONCE), (weekly, MOST_WEEKLY)):
        if number is not None and not 0 <= number <= most:
            raise errors.NotUsableNumber(least=0, most=most)
    for language in languages:
        if language not in known:
            raise errors.UnknownLanguage(language=language)
    facts = {"at_once": at_once, "weekly": weekly, "languages": sorted(languages)}
    row, _created = Availability.objects.update_or_create(assessor_id=actor.person, defaults=facts)
    journal.record(actor, "assessor.availability_set", now=now, assessor=actor.person)
    return row


# -- offers ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def offer_attempt(*, actor: Actor, attempt_id: UUID, now: datetime) -> list[Assignment]:
    """Offer every reading of submitted work that nobody has in hand to whom core.assignment ranks first.

    Gives the assignments on their way: one, two while two read independently, one more when a third must rule. What
    is on offer, in hand or no longer waiting stays as it is, so this may run twice. Where nobody is eligible in the
    own or an allied pool, the scoring leaders hear of it once, and the search goes on.
    """
    lock_giving_out()
    attempt = lock_attempt(attempt_id)
    if attempt.state != AttemptState.SUBMITTED:
        return []
    wanted = Wanted(attempt, plan := plan_readings(attempt, now), queries.readings_missing(plan))
    if wanted.reads:
        market, ranking = eligibility.rank(wanted, now=now)
        chosen = [(one.assessor, one.reasons) for one in ranking.ranked[: len(wanted.reads)]]
        _offer(actor, wanted, market, chosen, now)
    else:
        note_search(actor, wanted, missing=0, now=now)
    return list(Assignment.objects.filter(attempt=attempt, state__in=OPEN).order_by("read"))


def give_out_waiting_work(*, actor: Actor, now: datetime, out_of_time: Callable[[], bool] = lambda: False) -> int:
    """Plan all work nobody could be found for, each issuer's at once, and offer what the plan gives out.

    Returns how many offers were made. May run twice, also at the same time.
    """
    return sum(_give_out(actor, issuer, now, out_of_time) for issuer in queries.issuers_searching())


@transaction.atomic
def _give_out(actor: Actor, issuer: UUID, now: datetime, out_of_time: Callable[[], bool]) -> int:
    lock_giving_out()
    searching = queries.searching(issuer).values("attempt_id")
    attempts = Attempt.objects.select_for_update(of=("self",)).filter(id__in=searching, state=AttemptState.SUBMITTED)
    groups: dict[bool, list[Wanted]] = {False: [], True: []}
    rows = list(attempts.select_related("submission__version__micro_credential").order_by("id"))
    plans = ReadingPlan.objects.in_bulk([attempt.id for attempt in rows])
    missing = queries.missing_of(list(plans.values()))
    for attempt in rows:
        wanted = Wanted(attempt, plans[attempt.id], missing[attempt.id])
        groups[eligibility.may_return(wanted)].append(wanted)
    return sum(_give_out_group(actor, group, now, returning, out_of_time) for returning, group in groups.items())


def _give_out_group(
    actor: Actor, group: list[Wanted], now: datetime, returning: bool, out_of_time: Callable[[], bool]
) -> int:
    from touchstone.core.assignment.plan import make_plan  # loads the solver, which only this job needs

    for settled in (one for one in group if not one.reads):
        note_search(actor, settled, missing=0, now=now)
    group = [one for one in group if one.reads]
    if not group:
        return 0
    market = _gather(group, now, returning=returning)
    plan = make_plan(market.works, market.assessors, ties=market.ties, rules=market.rules, out_of_time=out_of_time)
    chosen: dict[str, list[Chosen]] = defaultdict(list)
    for given in plan.given:
        chosen[given.work].append((given.assessor, given.reasons))
    for wanted in group:
        _offer(actor, wanted, market, chosen[str(wanted.attempt.id)], now)
    return len(plan.given)


def _gather(group: Sequence[Wanted], now: datetime, *, returning: bool = False) -> Market:
    issuer = group[0].attempt.submission.version.micro_credential.issuer_id
    return eligibility.gather(group, issuer=issuer, now=now, returning=returning)


def _offer(actor: Actor, wanted: Wanted, market: Market, chosen: Sequence[Chosen], now: datetime) -> None:
    for read, (assessor, reasons) in zip(wanted.reads, chosen, strict=False):
        make_offer(actor, wanted.attempt, read, UUID(assessor), market.allies.get(assessor), reasons, now)
    note_search(actor, wanted, missing=len(wanted.reads) - len(chosen), now=now)


def make_offer(
    actor: Actor,
    attempt: Attempt,
    read: int,
    assessor: UUID,
    ally: UUID | None,
    reasons: Sequence[Reason],
    now: datetime,
) -> Assignment:
    """Offer one reading to one assessor, with the reasons why she."""
    row = Assignment.objects.create(
        attempt=attempt,
        assessor_id=assessor,
        read=read,
        criteria=list(queries.disputed_criteria(attempt)) if read == RULING else [],
        ally_id=ally,
        reasons=[{"key": reason.key, "numbers": dict(reason.numbers)} for reason in reasons],
        offered_at=now,
    )
    journal.record(actor, WorkOffered(assignment=row.id), now=now)
    return row


def note_search(actor: Actor, wanted: Wanted, *, missing: int, now: datetime) -> None:
    """Remember that somebody is still sought, and tell it once; or that the search is over."""
    plan = wanted.plan
    if bool(missing) == bool(plan.searching_since):
        return
    plan.searching_since = now if missing else None
    plan.save(update_fields=["searching_since"])
    if missing:
        journal.record(actor, NobodyEligible(attempt=wanted.attempt.id), now=now)


# -- answers -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept_assignment(*, actor: Actor, token: str, now: datetime) -> Assignment:
    """Take offered work in hand; taking it twice changes nothing. Raises NotFound, NotOffered."""
    assignment = lock_assignment(actor, token)
    if assignment.state == AssignmentState.ACCEPTED:
        return assignment
    if assignment.state != AssignmentState.OFFERED:
        raise errors.NotOffered
    assignment.state, assignment.answered_at = AssignmentState.ACCEPTED, now
    assignment.save(update_fields=["state", "answered_at"])
    journal.record(actor, "assignment.accepted", now=now, assignment=assignment.id)
    return assignment


@transaction.atomic
def decline_assignment(*, actor: Actor, token: str, now: datetime, recognised: bool = False) -> None:
    """Hand offered or accepted work back; somebody else is asked. Raises NotFound, NotOffered.

    Who ``recognised`` whose work it may be gets none of this earner's any more; neither of them is told.
    """
    assignment = lock_assignment(actor, token)
    if assignment.state not in IN_HAND:
        raise errors.NotOffered
    assignment.state, assignment.answered_at = AssignmentState.DECLINED, now
    assignment.recognised = recognised
    assignment.save(update_fields=["state", "answered_at", "recognised"])
    if recognised:
        people.declare_tie(
            actor=system("recognised"),
            a=assignment.assessor,
            b=assignment.attempt.submission.earner,
            kind=TieKind.KNOWS,
            source=TieSource.DECLARED,
            from_date=now.date(),
            now=now,
        )
    journal.record(actor, OfferDeclined(assignment=assignment.id, attempt=assignment.attempt_id), now=now)


# -- taking back -------------------------------------------------------------------------------------------------------


@transaction.atomic
def cancel_assignments(*, actor: Actor, attempt_id: UUID, now: datetime) -> None:
    """Take withdrawn work out of everybody's hands; what was written there is kept."""
    ReadingPlan.objects.filter(attempt_id=attempt_id).update(searching_since=None)
    rows = Assignment.objects.select_for_update().filter(attempt_id=attempt_id, state__in=OPEN)
    for assignment in rows:
        assignment.state, assignment.answered_at = AssignmentState.CANCELLED, now
        assignment.save(update_fields=["state", "answered_at"])
        journal.record(actor, "assignment.cancelled", now=now, assignment=assignment.id)


@transaction.atomic
def take_back_barred_work(*, actor: Actor, now: datetime, among: Collection[UUID] | None = None) -> int:
    """Take unscored work from everybody who may not score it any more: a tie came up, a role or a qualification ended,
    or an identity or employer is no longer confirmed. ``among`` looks only at what these people hold or handed in.

    Nobody is told what came up. Returns how many assignments were taken back; they are offered anew.
    """
    lock_giving_out()  # what is being offered this moment is looked at, too
    rows = Assignment.objects.filter(state__in=IN_HAND)
    if among is not None:
        rows = rows.filter(Q(assessor_id__in=among) | Q(attempt__submission__earner_id__in=among))
    held = rows.select_for_update(of=("self",)).select_related("attempt__submission__version__micro_credential")
    by_issuer: dict[UUID, list[Assignment]] = defaultdict(list)
    for assignment in held.order_by("id"):
        by_issuer[assignment.attempt.submission.version.micro_credential.issuer_id].append(assignment)
    barred = [row for group in by_issuer.values() for row in _barred(group, now)]
    for assignment in barred:
        assignment.state, assignment.answered_at = AssignmentState.REASSIGNED, now
        assignment.save(update_fields=["state", "answered_at"])
        journal.record(actor, WorkTakenBack(assignment=assignment.id, attempt=assignment.attempt_id), now=now)
    return len(barred)


def _barred(held: Sequence[Assignment], now: datetime) -> list[Assignment]:
    """Of assignments on one issuer's items, those whose assessor may not score them now."""
    attempts = {row.attempt_id: row.attempt for row in held}
    market = _gather([Wanted(attempt, ReadingPlan(attempt=attempt), ()) for attempt in attempts.values()], now)
    spoken = frozenset(work.language for work in market.works)  # a language never hides a tie behind it
    assessors = [dataclasses.replace(one, languages=spoken) for one in market.assessors]
    field = survey(market.works, assessors, market.ties, market.rules)
    rows = {work.key: place for place, work in enumerate(market.works)}
    places = {one.key: place for place, one in enumerate(assessors)}

    def is_barred(row: Assignment) -> bool:
        place = places.get(str(row.assessor_id))
        if place is None:
            return True
        code = int(field.codes(rows[str(row.attempt_id)])[place])
        return code != NOTHING_BARS and BARS[code] not in _MAY_FINISH

    return [row for row in held if is_barred(row)]
