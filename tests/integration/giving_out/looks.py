"""What the tests of giving out ask again and again."""

from datetime import datetime
from uuid import UUID

from tests import builders as b
from touchstone.assessment import eligibility
from touchstone.assessment.models import Assignment, ReadingPlan
from touchstone.core.assignment.eligibility import survey
from touchstone.core.assignment.model import Bar
from touchstone.kit.actor import Actor
from touchstone.people import queries as people
from touchstone.people.models import Membership
from touchstone.portfolio.models import Attempt, Submission


def wanted(submission: Submission) -> eligibility.Wanted:
    attempt = Attempt.objects.select_related("submission__version__micro_credential").get(id=submission.current_id)
    plan = ReadingPlan.objects.filter(attempt=attempt).first() or ReadingPlan(attempt=attempt)
    return eligibility.Wanted(attempt, plan, (1,))


def eligible(submission: Submission) -> set[UUID]:
    """Who may read it now."""
    return {UUID(one.assessor) for one in eligibility.rank(wanted(submission), now=b.NOW)[1].ranked}


def bar_of(submission: Submission, assessor: Membership, now: datetime = b.NOW) -> Bar | None:
    """Why an assessor may not read it."""
    market, _ranking = eligibility.rank(wanted(submission), now=now)
    bars = survey(market.works, market.assessors, market.ties, market.rules).bars(0)
    return next((bar for bar, keys in bars.items() if str(assessor.person_id) in keys), None)


def as_(membership: Membership) -> Actor:
    return people.actor_of(membership.person_id, membership)


def open_rows(submission: Submission) -> list[Assignment]:
    rows = Assignment.objects.filter(attempt=submission.current, state__in=["offered", "accepted", "scored"])
    return list(rows.order_by("read"))


def plan_of(submission: Submission) -> ReadingPlan:
    return ReadingPlan.objects.get(attempt=submission.current_id)
