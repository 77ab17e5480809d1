"""The product's clock: the real one, which a demonstration may set ahead.

Doors, jobs and flows read it and hand the moment on. What guards the machine itself (sessions, sign-in, limits, files
on disk) stays on real time.
"""

import threading
from contextlib import suppress
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.signals import request_started
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.kit.models import Clock

LONGEST_STEP, FURTHEST = timedelta(days=31), timedelta(days=3 * 366)
_read = threading.local()  # how far ahead, as this request or job read it


class NotAhead(Refusal):
    sentence = _("A clock can be set ahead only in a demonstration, by up to a month at once and three years in all.")


def now() -> datetime:
    """The moment as the product sees it, in UTC."""
    return timezone.now() + ahead()


def today() -> date:
    """The day it is now where the reader lives."""
    return timezone.localdate(now())


def ahead() -> timedelta:
    """How far the clock is ahead of the real one; zero outside a demonstration, and then nothing is asked for."""
    if not settings.DEMONSTRATION:
        return timedelta()
    if not hasattr(_read, "ahead"):
        _read.ahead = Clock.objects.values_list("ahead", flat=True).first() or timedelta()
    found: timedelta = _read.ahead
    return found


def read_anew(**_signal: object) -> None:
    """Forget what an earlier request or job of this thread read."""
    _read.__dict__.clear()


@transaction.atomic
def set_ahead(*, actor: Actor, by: timedelta, now: datetime) -> Clock:
    """Set the clock ahead ``by`` so much, and have every periodic job run at once.

    ``now`` is the product's moment before. Raises NotAhead.
    """
    if not settings.DEMONSTRATION or not timedelta() < by <= LONGEST_STEP:
        raise NotAhead
    row, _made = Clock.objects.select_for_update().get_or_create(id=Clock.ONLY)
    if row.ahead + by > FURTHEST:
        raise NotAhead
    row.ahead, row.set_at = row.ahead + by, now + by
    row.save()
    read_anew()
    journal.record(actor, "clock.set_ahead", now=row.set_at, seconds=int(by.total_seconds()))
    for periodic in app.periodic_registry.periodic_tasks.values():
        if not periodic.task.pass_context:  # those that do look after the queue itself, on real time
            with suppress(AlreadyEnqueued), transaction.atomic():
                periodic.task.defer(timestamp=int(row.set_at.timestamp()))
    return row


request_started.connect(read_anew)
