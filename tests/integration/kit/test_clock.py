"""The clock: the real time, and in a demonstration what it was set ahead by."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from touchstone.kit import clock
from touchstone.kit.actor import ANYONE
from touchstone.kit.models import Clock, JournalEntry

pytestmark = pytest.mark.django_db
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMONSTRATION = True
    clock.read_anew()


def test_outside_a_demonstration_it_is_the_real_time_and_asks_nothing(django_assert_num_queries: Any) -> None:
    Clock.objects.create(ahead=WEEK)
    with django_assert_num_queries(0):
        assert abs(clock.now() - timezone.now()) < dt.timedelta(seconds=5)
        assert clock.today() == timezone.localdate()
    with pytest.raises(clock.NotAhead):
        clock.set_ahead(actor=ANYONE, by=DAY, now=clock.now())


@pytest.mark.usefixtures("demonstration")
def test_set_ahead_then_every_moment_is_later_at_one_query_a_request(django_assert_num_queries: Any) -> None:
    began = clock.now()
    row = clock.set_ahead(actor=ANYONE, by=WEEK, now=began)
    row = clock.set_ahead(actor=ANYONE, by=DAY, now=clock.now())
    assert row.ahead == 8 * DAY
    clock.read_anew()
    with django_assert_num_queries(1):
        assert dt.timedelta() < clock.now() - began - 8 * DAY < dt.timedelta(minutes=1)
        assert clock.ahead() == 8 * DAY
    entry = JournalEntry.objects.filter(verb="clock.set_ahead").latest("id")
    assert entry.at == row.set_at
    assert entry.payload == {"seconds": 86400}


@pytest.mark.usefixtures("demonstration")
def test_set_ahead_then_every_periodic_job_waits_once() -> None:
    for _again in range(2):
        clock.set_ahead(actor=ANYONE, by=DAY, now=clock.now())
    waiting = list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))
    assert {"assessment.give_out", "rights.erase_due", "insights.measure_all", "kit.ensure_partitions"} <= set(waiting)
    assert len(waiting) == len(set(waiting))


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("by", [dt.timedelta(), -DAY, 32 * DAY])
def test_set_back_or_by_more_than_a_month_then_refused(by: dt.timedelta) -> None:
    with pytest.raises(clock.NotAhead):
        clock.set_ahead(actor=ANYONE, by=by, now=clock.now())
    assert not Clock.objects.exists()


@pytest.mark.usefixtures("demonstration")
def test_set_further_than_three_years_then_refused() -> None:
    Clock.objects.create(ahead=clock.FURTHEST)
    with pytest.raises(clock.NotAhead):
        clock.set_ahead(actor=ANYONE, by=DAY, now=clock.now())


def test_there_is_one_clock_and_it_never_goes_back() -> None:
    Clock.objects.create()
    for row in (Clock(id=2), Clock(id=Clock.ONLY, ahead=-DAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
