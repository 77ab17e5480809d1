"""Who may see a collection, and whose it is."""

from django.db.models import Q, QuerySet

from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Collection
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor


def _held_by(actor: Actor, rows: QuerySet[Collection]) -> QuerySet[Collection]:
    if actor.person is None or actor.membership is not None:
        return rows.none()
    return rows.filter(holder_id=actor.person)


def _seen_by(actor: Actor, rows: QuerySet[Collection]) -> QuerySet[Collection]:
    """Whoever has the link of a shared one; of a private one its holder."""
    condition = ~Q(visibility=Visibility.PRIVATE)
    if actor.person is not None and actor.membership is None:
        condition |= Q(holder_id=actor.person)
    return rows.filter(condition)


HOLD = Rule(_held_by)
SEE = Rule(_seen_by)
