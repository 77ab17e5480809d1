"""Who may: one filter per rule; the predicate is derived from it, so the two cannot drift."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden, NotFound


@dataclass(frozen=True)
class Rule[M: Model]:
    """``narrow(actor, rows)`` keeps the rows the actor may use in the way the rule names."""

    narrow: Callable[[Actor, QuerySet[M]], QuerySet[M]]

    def get(self, actor: Actor, rows: QuerySet[M], **lookup: object) -> M:
        """The one row of the lookup that the actor may use; raises NotFound for absent and not-yours alike."""
        found = self.narrow(actor, rows).filter(**lookup).first()
        if found is None:
            raise NotFound
        return found

    def allows(self, actor: Actor, row: M) -> bool:
        return self.narrow(actor, type(row)._default_manager.filter(pk=row.pk)).exists()

    def require(self, actor: Actor, row: M) -> None:
        """Raises Forbidden when the actor may see the row (the caller's business) but not do this."""
        if not self.allows(actor, row):
            raise Forbidden
