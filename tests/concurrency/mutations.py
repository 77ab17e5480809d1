"""Faults put in on purpose, to see that the random driver finds them."""

from collections.abc import Callable
from typing import Any


def no_lock() -> None:
    """Invitations are read without their row's lock."""
    from django.db.models.query import QuerySet

    from touchstone.people.models import Invitation

    lock = QuerySet.select_for_update

    def unlocked(self: Any, *args: Any, **facts: Any) -> Any:
        return self.all() if self.model is Invitation else lock(self, *args, **facts)

    QuerySet.select_for_update = unlocked  # type: ignore[method-assign]


def no_constraint() -> None:
    """The outbox takes a second mail for the same reason."""
    from tests.concurrency.checks import execute

    [(name,)] = execute(
        "SELECT conname FROM pg_constraint WHERE contype = 'u' AND conrelid = 'kit_outgoingmail'::regclass"
        " AND pg_get_constraintdef(oid) = 'UNIQUE (once)'"
    )
    execute(f'ALTER TABLE kit_outgoingmail DROP CONSTRAINT "{name}"')


def jobs_after_commit() -> None:
    """Listeners' jobs are deferred once the action is committed, not with it: between the two, they are lost."""
    from django.db import transaction

    from touchstone.kit import journal

    defer = journal._defer_deliveries

    def later(*args: Any) -> None:
        transaction.on_commit(lambda: defer(*args))

    journal._defer_deliveries = later


MUTATIONS: dict[str, Callable[[], None]] = {
    "no lock": no_lock,
    "no constraint": no_constraint,
    "jobs after commit": jobs_after_commit,
}
