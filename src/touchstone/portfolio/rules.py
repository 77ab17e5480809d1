"""Who may: an earner her own submissions, and nobody else through this door."""

from django.db.models import QuerySet

from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.portfolio.models import Artifact, Submission


def _own(actor: Actor, rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Earning is done for oneself: while acting under a membership nobody sees even her own submissions."""
    if actor.person is None or actor.membership is not None:
        return rows.none()
    return rows.filter(earner_id=actor.person)


def _own_artifacts(actor: Actor, rows: QuerySet[Artifact]) -> QuerySet[Artifact]:
    return rows.filter(submission__in=_own(actor, Submission.objects.all()))


OWN = Rule(_own)
OWN_ARTIFACT = Rule(_own_artifacts)
