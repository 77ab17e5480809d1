"""The journal: what happened, and who hears of it.

``record`` writes one append-only row and defers a job per listener in the same transaction: either the change, its
row and its deliveries are all there, or none is. Payloads hold ids, enums and numbers, never names or free text.
"""

import dataclasses
import functools
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction

from touchstone.kit.actor import Actor
from touchstone.kit.models import JournalEntry

type Listener = Callable[[Any, datetime], None]

_listeners: dict[str, tuple[type["Event"], Listener]] = {}


@dataclasses.dataclass(frozen=True)
class Event:
    """Base of the frozen payloads that somebody listens to. ``verb`` is what the journal calls it."""

    verb: ClassVar[str]


def listen(event: type[Event]) -> Callable[[Listener], Listener]:
    """Register a handler ``(event, at)`` for an event. It runs in a job, in a transaction, and may run twice."""

    def register(handler: Listener) -> Listener:
        _listeners[f"{handler.__module__}.{handler.__qualname__}"] = (event, handler)
        return handler

    return register


def record(actor: Actor, what: Event | str, *, now: datetime, **facts: UUID | str | int | None) -> JournalEntry:
    """Write what happened and defer its deliveries. Must run inside a transaction.

    An Event carries its own facts; a plain verb takes them as keywords.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("journal.record needs the transaction of its action")
    payload = dataclasses.asdict(what) if isinstance(what, Event) else facts
    entry = JournalEntry.objects.create(
        at=now,
        verb=what.verb if isinstance(what, Event) else what,
        person=actor.person,
        membership=actor.membership,
        job=actor.job,
        about=[value for value in payload.values() if isinstance(value, UUID)],
        payload={key: _plain(value) for key, value in payload.items()},
    )
    if isinstance(what, Event):
        _defer_deliveries(entry, type(what))
    return entry


def deliver(entry_id: UUID, at: datetime, name: str) -> None:
    """Hand one journal entry to one listener, in a transaction of its own."""
    event, handler = _listeners[name]
    with transaction.atomic():
        entry = JournalEntry.objects.get(id=entry_id, at=at)
        fields = {field.name: _rich(field.type, entry.payload[field.name]) for field in dataclasses.fields(event)}
        handler(event(**fields), entry.at)


def _defer_deliveries(entry: JournalEntry, event: type[Event]) -> None:
    from touchstone.kit import jobs  # the jobs module imports this one: deliveries go both ways

    for name, (heard, _handler) in _listeners.items():
        if heard is event:
            jobs.deliver_entry.defer(entry_id=str(entry.id), at=entry.at.isoformat(), listener=name)


def _plain(value: object) -> str | int | None:
    if isinstance(value, UUID | StrEnum):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"a journal payload holds ids, enums and numbers, not {type(value).__name__}")


@functools.cache
def _parser(kind: Any) -> Callable[[Any], Any]:
    if kind is UUID:
        return UUID
    if kind is date:
        return date.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return lambda value: value


def _rich(kind: Any, value: object) -> Any:
    return _parser(kind)(value)
