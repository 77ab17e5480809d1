"""Named points a process passes, and what may happen to it there; no product code knows of them.

Points lie before every SQL statement and around every commit, on every connection there is (Django's and the job
worker's own), before files are made, renamed or removed and half-way through writing one, around the hand-over of a
mail, where a job begins and ends, and where an act is done but nobody was told yet.
"""

import contextlib
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache, wraps
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FILES = {"os.rename": "rename", "os.remove": "remove", "os.mkdir": "make folder", "os.rmdir": "remove folder"}
_TABLE = re.compile(r'(?:FROM|INTO|UPDATE|TABLE)\s+"?([a-z_]+)', re.I)


class How(StrEnum):
    """What happens: the process dies, it hangs until somebody kills or wakes it, or its database is cut off."""

    KILL = "kill"
    FREEZE = "freeze"
    CUT = "cut"


@dataclass(frozen=True)
class Blow:
    """What happens at one point: of this number, or the nth whose name begins with these words; ``step`` narrows."""

    how: How
    number: int = -1
    name: str = ""
    nth: int = 1
    step: str = ""

    def strike(self) -> None:
        if self.how is How.CUT:
            cut_database()
        else:
            os.kill(os.getpid(), signal.SIGKILL if self.how is How.KILL else signal.SIGSTOP)


def killed_at(name: str, nth: int = 1, *, step: str = "") -> Blow:
    """SIGKILL at the nth point whose name begins with these words, such as “commit” or “mail handed over”."""
    return Blow(How.KILL, name=name, nth=nth, step=step)


def cut_database() -> None:
    """End every other connection to this database, as a restart of its server or a cut line does."""
    import psycopg
    from django.db import connection

    with psycopg.connect(**address_of(connection), autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


def waits_for_lock() -> bool:
    """Whether somebody waits in this database for what somebody else holds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return bool(cursor.fetchone()[0])


@contextlib.contextmanager
def skewed_clock(by: timedelta) -> Iterator[None]:
    """A host whose clock is wrong: everything that asks this process for the time gets it shifted; adds up.

    The database keeps its own clock, and waiting takes as long as ever.
    """
    global _ahead
    _shift_clocks()
    before, _ahead = _ahead, _ahead + by
    try:
        yield
    finally:
        _ahead = before


_ahead = timedelta()


@cache
def _shift_clocks() -> None:
    """Put clocks that may be shifted wherever a module holds one; for this process, once."""
    from django.utils import timezone
    from procrastinate import utils

    now, utc, seconds, nanoseconds = timezone.now, utils.utcnow, time.time, time.time_ns
    shifted: dict[int, Callable[[], Any]] = {
        id(now): lambda: now() + _ahead,
        id(utc): lambda: utc() + _ahead,
        id(seconds): lambda: seconds() + _ahead.total_seconds(),
        id(nanoseconds): lambda: nanoseconds() + _ahead // timedelta(microseconds=1) * 1000,
    }
    for module in list(sys.modules.values()):
        held = vars(module) if module and module.__name__ != __name__ else {}
        for name, value in list(held.items()):
            if id(value) in shifted:
                setattr(module, name, shifted[id(value)])


class Points:
    """The points one process passes, by the step it is in; ``told`` hears where the blow falls just before it does."""

    def __init__(self, blow: Blow | None, told: Callable[[str, str], None]) -> None:
        self.blow, self.told = blow, told
        self.step = ""
        self.passed: dict[str, list[str]] = {}
        self._matches = 0
        self._lock = threading.Lock()

    def at(self, name: str) -> None:
        with self._lock:
            names = self.passed.setdefault(self.step, [])
            names.append(name)
            hit = self._is_hit(name, len(names) - 1)
        if hit:
            assert self.blow
            blow, self.blow = self.blow, None
            self.told(self.step, f"{name} ({len(names)})")
            blow.strike()

    def _is_hit(self, name: str, number: int) -> bool:
        blow = self.blow
        if blow is None or (blow.step and blow.step != self.step):
            return False
        if blow.number >= 0:
            return number == blow.number
        matches = f"{name} ".startswith(f"{blow.name} ")
        self._matches += matches
        return matches and self._matches == blow.nth


def listen(points: Points, data: Path) -> None:
    """Have this process pass points from now on; there is no way back, so only a forked child does it."""
    _listen_to_statements(points.at)
    _listen_to_files(points.at, str(data))
    _listen_to_mail_and_jobs(points.at)


def _listen_to_statements(at: Callable[[str], None]) -> None:
    import psycopg

    def statement(work: Any) -> Any:
        @wraps(work)
        def run(self: Any, query: Any, *args: Any, **facts: Any) -> Any:
            at(_said(query))
            return work(self, query, *args, **facts)

        return run

    def commit(work: Any) -> Any:
        @wraps(work)
        def run(self: Any) -> None:
            at("commit")
            work(self)
            at("committed")

        return run

    for kind in (psycopg.Cursor, psycopg.AsyncCursor):  # the coroutine is only made once the point is passed
        for name in ("execute", "executemany"):
            setattr(kind, name, statement(getattr(kind, name)))
    psycopg.Connection.commit = commit(psycopg.Connection.commit)  # type: ignore[method-assign]


def _listen_to_files(at: Callable[[str], None], data: str) -> None:
    from django.core.files.base import File

    def hear(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[2], int) and args[2] & _WRITES and str(args[0]).startswith(data):
            at("file open")
        elif event in _FILES and str(args[0]).startswith(data):
            at(f"file {_FILES[event]}")

    def chunks(self: Any, *args: Any, **facts: Any) -> Iterator[Any]:
        for chunk in whole(self, *args, **facts):
            yield chunk[: len(chunk) // 2]
            at("file half written")
            yield chunk[len(chunk) // 2 :]

    whole = File.chunks
    File.chunks = chunks  # type: ignore[method-assign]
    sys.addaudithook(hear)


def _listen_to_mail_and_jobs(at: Callable[[str], None]) -> None:
    from django.core.mail import EmailMessage
    from procrastinate.manager import JobManager

    send, fetch, finish = EmailMessage.send, JobManager.fetch_job, JobManager.finish_job

    @wraps(send)
    def sent(self: Any, *args: Any, **facts: Any) -> Any:
        at("mail to hand over")
        answer = send(self, *args, **facts)
        at("mail handed over")
        return answer

    async def fetched(self: Any, *args: Any, **facts: Any) -> Any:
        job = await fetch(self, *args, **facts)
        if job:
            at(f"job begins {job.task_name}")
        return job

    async def finished(self: Any, job: Any, *args: Any, **facts: Any) -> Any:
        at(f"job ends {job.task_name}")
        return await finish(self, job, *args, **facts)

    EmailMessage.send = sent  # type: ignore[method-assign]
    JobManager.fetch_job, JobManager.finish_job = fetched, finished  # type: ignore[method-assign]


def _said(query: Any) -> str:
    """A statement in a few words: “sql INSERT people_person”."""
    text = query.decode() if isinstance(query, bytes) else str(query)
    table = _TABLE.search(text)
    return f"sql {text.split(None, 1)[0] if text.strip() else ''} {table[1] if table else ''}".rstrip()


def address_of(connection: Any) -> dict[str, Any]:
    """What psycopg needs to reach the database of a Django connection."""
    known = connection.settings_dict
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {key: known[name] for key, name in names.items() if known[name]}
