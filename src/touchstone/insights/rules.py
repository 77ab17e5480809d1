"""Who may read what was measured: those who lead, release or write for the issuer; who may add to a record: authors."""

from django.db.models import QuerySet

from touchstone.catalogue.models import Version
from touchstone.core.sight import Viewer
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor
from touchstone.people.enums import Role

READERS = (Role.SCORING_LEADER, Role.AWARD_STAFF, Role.AUTHOR)


def viewer_of(actor: Actor) -> Viewer:
    """What a reader of measurements is to the work: authors see of assessors what award staff see, a code."""
    return Viewer.SCORING_LEADER if actor.acts_as(Role.SCORING_LEADER) else Viewer.AWARD_STAFF


def _of_issuer(actor: Actor, rows: QuerySet[Version]) -> QuerySet[Version]:
    if not actor.acts_as(*READERS):
        return rows.none()
    return rows.filter(micro_credential__issuer_id=actor.organisation)


def _written(actor: Actor, rows: QuerySet[Version]) -> QuerySet[Version]:
    return _of_issuer(actor, rows) if actor.acts_as(Role.AUTHOR) else rows.none()


READ = Rule(_of_issuer)
NOTE = Rule(_written)
