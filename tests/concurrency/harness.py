"""Doing things at the same moment, killing workers at a chosen one, and letting a living worker finish."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import connection, connections

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90  # the longest wait for anything here
_WAITING = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name <> %s"
_OWN = "kit.retry_stalled"  # comes again every few seconds, and is nobody's work


class Moment(StrEnum):
    """When a worker dies: on the way into a function, on the way out of it, or once its transaction is committed."""

    BEFORE = "before"
    AFTER = "after"
    COMMITTED = "committed"


@dataclass
class Outcomes:
    """What came of things done at once: what was returned, and what was raised."""

    results: list[Any] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    @property
    def refusals(self) -> list[type[BaseException]]:
        return [type(error) for error in self.errors]


def at_once(count: int, action: Callable[[], Any]) -> Outcomes:
    """Run one callable ``count`` times at the same moment, each time on a database connection of its own."""
    return race(*[action] * count)


def race(*actions: Callable[[], Any]) -> Outcomes:
    """Run callables at the same moment, each in a thread with a database connection of its own."""
    outcomes, start = Outcomes(), threading.Barrier(len(actions))

    def run(action: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            start.wait(SECONDS)
            outcomes.results.append(action())
        except BaseException as error:
            outcomes.errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not any(thread.is_alive() for thread in threads), "they wait for each other"
    return outcomes


def killed_at(moment: Moment, place: str, data: Path) -> None:
    """Run a worker until it kills itself at ``place`` (``module:function``); fails when it never gets there."""
    with _worker(data, moment, place) as process:
        ended = process.wait(SECONDS)
    assert ended == -signal.SIGKILL, f"the worker ended with {ended}, not at {place}: {_said(data)}"


def finish_jobs(data: Path) -> None:
    """Run a worker until nothing waits, what a killed worker held included; none may have failed for good."""
    with _worker(data) as process:
        deadline = time.monotonic() + SECONDS
        while waiting_jobs():
            assert process.poll() is None, f"the worker ended with {process.returncode}: {_said(data)}"
            assert time.monotonic() < deadline, f"still waiting: {_said(data)}"
            time.sleep(0.1)
        process.terminate()
        assert process.wait(SECONDS) == 0, _said(data)
    assert failed_jobs() == []


def waiting_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [_OWN])
        return int(cursor.fetchone()[0])


def failed_jobs() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing', 'succeeded')"
        )
        return list(cursor.fetchall())


def clear_unflushed() -> None:
    """Empty queue, rates and cache: tables that are not Django's to flush after a test with real transactions."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE rate, cache")
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers RESTART IDENTITY CASCADE"
        )


@contextmanager
def _worker(data: Path, *kill: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on the test's own database. Its mail goes to ``data/mail``, what it says to ``data/worker.log``."""
    known = connection.settings_dict
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    address = " ".join(f"{key}='{known[name]}'" for key, name in parts.items() if known[name])
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "TOUCHSTONE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "tests.concurrency.quick_settings",
    }
    command = [sys.executable, "-m", "tests.concurrency.worker", *kill]
    with (data / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _said(data: Path) -> str:
    return (data / "worker.log").read_text(errors="replace")[-3000:]
