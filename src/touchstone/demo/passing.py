"""What the time brought since a demonstration's clock was set ahead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob

from touchstone.kit import clock
from touchstone.kit.models import Clock, JournalEntry, OutgoingMail
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

MOST_MAILS = 8
DONE_BY_JOBS: Mapping[str, str | Promise] = {
    "assignment.lapsed": _("Offers that nobody answered in time"),
    "assignment.offered": _("Work offered to an assessor"),
    "assignment.taken_back": _("Work taken back from an assessor"),
    "attempt.nobody_eligible": _("Searches that found nobody who may read"),
    "attempt.reading_wanted": _("Further readings asked for"),
    "decision.released": _("Decisions released"),
    "award.made": _("Awards made"),
    "badge.renewed": _("Badges signed again"),
    "identity.lapsed": _("Confirmed identities that ran out"),
    "person.emptied": _("Records whose time of keeping was over"),
}


@dataclass(frozen=True)
class Passing:
    """``done``: what jobs did, and how often. ``overdue``: submissions whose promised day has passed."""

    now: datetime
    ahead: timedelta
    done: Sequence[tuple[str | Promise, int]]
    mails: Sequence[OutgoingMail]
    overdue: int
    still_running: bool

    @property
    def days(self) -> int:
        return self.ahead.days


def since_set() -> Passing | None:
    """None while the clock shows the real time."""
    row = Clock.objects.first() if settings.DEMONSTRATION else None
    if row is None or row.set_at is None:
        return None
    now = clock.now()
    counts = JournalEntry.objects.filter(at__gte=row.set_at, verb__in=DONE_BY_JOBS).exclude(job="")
    found = dict(counts.values_list("verb").annotate(Count("id")))
    return Passing(
        now=now,
        ahead=row.ahead,
        done=[(words, found[verb]) for verb, words in DONE_BY_JOBS.items() if verb in found],
        mails=list(OutgoingMail.objects.filter(written_at__gte=row.set_at).order_by("-written_at", "-id")[:MOST_MAILS]),
        overdue=Attempt.objects.filter(state=AttemptState.SUBMITTED, due_date__lt=now.date()).count(),
        still_running=ProcrastinateJob.objects.filter(status__in=("todo", "doing"), scheduled_at=None).exists(),
    )
