"""What scoring leaders do: seek readers further, ask for or waive a second reading, and agree on allied pools."""

import dataclasses
from datetime import datetime
from uuid import UUID

from django.db import transaction

from touchstone.assessment import eligibility, errors, queries, rules
from touchstone.assessment.actions.offering import make_offer, note_search, offer_attempt, qualify_assessor
from touchstone.assessment.actions.rows import lock_attempt, lock_giving_out
from touchstone.assessment.actions.scoring import conclude
from touchstone.assessment.eligibility import Wanted
from touchstone.assessment.enums import SecondReading
from touchstone.assessment.events import AllianceAsked, PoolWidened, ReadingWanted
from touchstone.assessment.models import Assignment, Decision, PoolAlliance, Qualification, ReadingPlan
from touchstone.catalogue.models import MicroCredential
from touchstone.core.assignment.ranking import rank_for
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.people.enums import Role
from touchstone.people.models import Membership, Organisation
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

REASON_CAP = 1000  # characters


@transaction.atomic
def search_again(*, actor: Actor, token: str, now: datetime) -> list[Assignment]:
    """Look once more, at once, for whoever may read a piece of work. Raises NotFound."""
    plan = _plan(actor, token)
    return offer_attempt(actor=actor, attempt_id=plan.attempt_id, now=now)


@transaction.atomic
def widen_search(*, actor: Actor, token: str, now: datetime) -> list[Assignment]:
    """Let assessors of an earlier attempt read this one as long as too few others may. Twice is once.

    Raises NotFound, DecidedAlready.
    """
    lock_giving_out()
    plan = _plan(actor, token)
    _lock_undecided(plan)
    if plan.widened_at is None:
        plan.widened_at = now
        plan.save(update_fields=["widened_at"])
        journal.record(actor, "attempt.search_widened", now=now, attempt=plan.attempt_id)
    return offer_attempt(actor=actor, attempt_id=plan.attempt_id, now=now)


@transaction.atomic
def take_reading(*, actor: Actor, token: str, now: datetime) -> Assignment:
    """A scoring leader who is an assessor of the pool, too, is offered a missing reading herself.

    Every rule holds for her but the limit she set herself. Raises NotFound, NobodyMissing, NotYoursToRead.
    """
    lock_giving_out()
    plan = _plan(actor, token)
    attempt = _lock_undecided(plan)
    wanted = Wanted(attempt, plan, queries.readings_missing(plan))
    if not wanted.reads:
        raise errors.NobodyMissing
    issuer, returning = attempt.submission.version.micro_credential.issuer_id, eligibility.may_return(wanted)
    market = eligibility.gather([wanted], issuer=issuer, now=now, returning=returning)
    her = [one for one in market.assessors if one.key == str(actor.person)]
    with_room = [dataclasses.replace(one, capacity=one.load + 1) for one in her]
    others = [one for one in market.assessors if one not in her]
    ranking = rank_for(market.works[0], [*with_room, *others], ties=market.ties, rules=market.rules)
    if actor.person is None or str(actor.person) not in {one.assessor for one in ranking.ranked}:
        raise errors.NotYoursToRead
    row = make_offer(actor, attempt, wanted.reads[0], actor.person, market.allies.get(str(actor.person)), (), now)
    note_search(actor, wanted, missing=len(wanted.reads) - 1, now=now)
    return row


@transaction.atomic
def ask_second_reading(*, actor: Actor, token: str, now: datetime) -> ReadingPlan:
    """Have a piece of undecided work read twice. Raises NotFound, DecidedAlready, SecondReadingPlanned."""
    plan = _plan(actor, token)
    _lock_undecided(plan)
    plan.refresh_from_db()
    if plan.second:
        raise errors.SecondReadingPlanned
    plan.second = SecondReading.ADVICE
    plan.save(update_fields=["second"])
    journal.record(actor, "attempt.second_reading_asked", now=now, attempt=plan.attempt_id)
    journal.record(actor, ReadingWanted(attempt=plan.attempt_id), now=now)
    return plan


@transaction.atomic
def waive_second_reading(*, actor: Actor, token: str, reason: str, now: datetime) -> Decision | None:
    """Let the one reading that is in stand where two were promised; it decides at once.

    The reason is kept with the promise. Raises NotFound, DecidedAlready, NothingToWaive, ReasonMissing.
    """
    reason = reason.strip()
    if not reason or len(reason) > REASON_CAP:
        raise errors.ReasonMissing(most=REASON_CAP)
    lock_giving_out()
    plan = _plan(actor, token)
    attempt = _lock_undecided(plan)
    plan.refresh_from_db()
    if not queries.may_waive(plan):
        raise errors.NothingToWaive
    plan.waived_at, plan.waived_by_id, plan.waiver, plan.searching_since = now, actor.person, reason, None
    plan.save(update_fields=["waived_at", "waived_by", "waiver", "searching_since"])
    journal.record(actor, "attempt.second_reading_waived", now=now, attempt=plan.attempt_id)
    return conclude(attempt, now)


def _plan(actor: Actor, token: str) -> ReadingPlan:
    return rules.LEAD.get(actor, ReadingPlan.objects.all(), token=token)


def _lock_undecided(plan: ReadingPlan) -> Attempt:
    attempt = lock_attempt(plan.attempt_id)
    if attempt.state != AttemptState.SUBMITTED or Decision.objects.filter(attempt=attempt).exists():
        raise errors.DecidedAlready
    return attempt


# -- pools -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_alliance(*, actor: Actor, ally: Organisation, now: datetime) -> PoolAlliance:
    """Ask another issuer whether its assessors may be asked when nobody of the own pool can read.

    Raises Forbidden, NotAnotherIssuer, AlreadyAsked.
    """
    if not actor.acts_as(Role.SCORING_LEADER) or actor.organisation is None:
        raise Forbidden
    if not ally.is_issuer or ally.id == actor.organisation:
        raise errors.NotAnotherIssuer
    row, created = PoolAlliance.objects.get_or_create(
        issuer_id=actor.organisation, ally=ally, ended_at=None, defaults={"asked_at": now}
    )
    if not created:
        raise errors.AlreadyAsked
    journal.record(actor, AllianceAsked(alliance=row.id), now=now)
    return row


@transaction.atomic
def agree_alliance(*, actor: Actor, token: str, now: datetime) -> PoolAlliance:
    """The asked issuer agrees; from now on its qualified assessors count. Twice is once. Raises NotFound, Forbidden."""
    row = _alliance(actor, token)
    if row.ally_id != actor.organisation:
        raise Forbidden
    if row.agreed_at is None:
        row.agreed_at = now
        row.save(update_fields=["agreed_at"])
        journal.record(actor, PoolWidened(alliance=row.id), now=now)
    return row


@transaction.atomic
def end_alliance(*, actor: Actor, token: str, now: datetime) -> PoolAlliance:
    """Either issuer ends it, or refuses or takes back the question; work in hand is finished. Raises NotFound."""
    row = _alliance(actor, token)
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    journal.record(actor, "alliance.ended", now=now, alliance=row.id)
    return row


def _alliance(actor: Actor, token: str) -> PoolAlliance:
    return rules.ALLIANCE.get(actor, PoolAlliance.objects.select_for_update(), token=token)


@transaction.atomic
def qualify_from_pools(*, actor: Actor, membership: UUID, micro_credential: UUID, now: datetime) -> Qualification:
    """A scoring leader lets an assessor of the own or an allied pool score one of the issuer's items.

    Raises Forbidden, NotFound, NotOfThePools, NotToYourself.
    """
    if not actor.acts_as(Role.SCORING_LEADER) or actor.organisation is None:
        raise Forbidden
    item = MicroCredential.objects.filter(id=micro_credential, issuer_id=actor.organisation).first()
    if item is None:
        raise NotFound
    row = Membership.objects.filter(id=membership).select_related("person").first()
    pool = eligibility.list_pool(actor.organisation, on=now.date())
    if row is None or row.person_id not in pool:
        raise errors.NotOfThePools
    if row.person_id == actor.person:
        raise errors.NotToYourself
    return qualify_assessor(actor=actor, assessor=row.person, micro_credential=item, from_date=now.date(), now=now)
