"""Jobs on Procrastinate: deferred inside the caller's transaction, retried, never lost."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from touchstone.kit import clock, journal, mail, rates, storage, uploads

RETRY = RetryStrategy(max_attempts=12, wait=2, exponential_wait=2)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)  # due on any host, also on one whose clock is fast
# Seconds without a heartbeat after which a worker counts as dead, and what it held goes to another.
STALLED_AFTER = float(settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"])


def job(name: str, **options: Any) -> Callable[[Callable[..., None]], Any]:
    """Register a job. It begins with a database connection that works, also after the server was restarted."""

    def register(work: Callable[..., None]) -> Any:
        @functools.wraps(work)
        def fresh(*args: Any, **facts: Any) -> None:
            if not connection.in_atomic_block:  # drained inside a transaction: that connection is in use
                close_old_connections()
            clock.read_anew()
            work(*args, **facts)

        register_task: Any = app.task(name=name, **options)
        return register_task(fresh)

    return register


@job("journal.deliver", retry=RETRY)
def deliver_entry(entry_id: str, at: str, listener: str) -> None:
    journal.deliver(UUID(entry_id), datetime.fromisoformat(at), listener)


@job("mail.send", retry=RETRY)
def send_mail(mail_id: str) -> None:
    mail.deliver(UUID(mail_id), now=clock.now())


@job("kit.remove_files", retry=RETRY)
def remove_files() -> None:
    storage.sweep(now=clock.now())


@app.periodic(cron="33 3 * * *")
@job("kit.sweep_files", queueing_lock="kit.sweep_files")
def sweep_files(timestamp: int) -> None:
    """What a worker could not remove when it was asked to."""
    storage.sweep(now=clock.now())


@app.periodic(cron="* * * * * */10")
@app.task(name="kit.retry_stalled", queueing_lock="kit.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Give the jobs of a killed worker to a living one; Procrastinate leaves them alone by itself."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await app.job_manager.retry_job(stalled, retry_at=LONG_AGO)


@app.periodic(cron="17 3 * * *")
@job("kit.ensure_partitions", queueing_lock="kit.ensure_partitions")
def ensure_partitions(timestamp: int) -> None:
    """Make the journal's partitions for this month and the next two."""
    day = datetime.fromtimestamp(timestamp, tz=timezone.get_default_timezone()).replace(day=1)
    with connection.cursor() as cursor:
        for _month in range(3):
            cursor.execute("SELECT journal_ensure_partition(%s)", [day.date()])
            day = (day + timedelta(days=32)).replace(day=1)


@app.periodic(cron="29 3 * * *")
@job("kit.remove_leftovers", queueing_lock="kit.remove_leftovers")
def remove_leftovers(timestamp: int) -> None:
    """Remove uploads that a killed process left half-way."""
    uploads.remove_leftovers(now=timezone.now())


@app.periodic(cron="41 * * * *")
@job("kit.remove_closed_rates", queueing_lock="kit.remove_closed_rates")
def remove_closed_rates(timestamp: int) -> None:
    """Remove the counters nobody is held back by any more."""
    rates.remove_closed(now=timezone.now())


def worker_is_alive() -> bool:
    """Whether a worker has shown a heartbeat lately."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [STALLED_AFTER],
        )
        return bool(cursor.fetchone()[0])
