"""Rows that several actions lock or make."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.crypto import salted_hmac

from touchstone.assessment import rules
from touchstone.assessment.enums import SecondReading
from touchstone.assessment.models import Assignment, ReadingPlan
from touchstone.catalogue.queries import item_of
from touchstone.core import second_reads
from touchstone.kit.actor import Actor
from touchstone.portfolio.models import Attempt


def lock_giving_out() -> None:
    """Until the transaction ends nobody else gives out work: capacities are counted before they are used.

    To be taken before any row is locked, so that two who give out work never wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('assessment.giving_out', 0))")


def lock_assignment(actor: Actor, token: str) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(
        "attempt__submission__version__micro_credential"
    )
    return rules.MINE.get(actor, rows, token=token)


def lock_attempt(attempt_id: UUID) -> Attempt:
    rows = Attempt.objects.select_for_update(of=("self",)).select_related(
        "submission__version__micro_credential__issuer"
    )
    return rows.get(id=attempt_id)


def plan_readings(attempt: Attempt, now: datetime) -> ReadingPlan:
    """The attempt's plan; made once, by a lot nobody can foresee and nobody can draw again (core.second_reads)."""
    scoring = item_of(attempt.submission.version_id).scoring
    key = salted_hmac("touchstone.assessment.second-reads", "", algorithm="sha256").digest()
    second = SecondReading.LOT if second_reads.is_drawn(key, str(attempt.id), scoring.second_reads) else ""
    facts = {"share": scoring.second_reads, "second": second, "drawn_at": now}
    plan, _created = ReadingPlan.objects.get_or_create(attempt=attempt, defaults=facts)
    return plan
