"""Acts in processes of their own: forked with everything imported, so that one costs milliseconds."""

import contextlib
import io
import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.concurrency.points import Blow, Points, listen, skewed_clock

SECONDS = 60  # the longest wait for a child
Known = Mapping[str, Any]


class Host(StrEnum):
    WEB = "web"
    WORKER = "worker"


@dataclass(frozen=True)
class Step:
    """One thing somebody does and is answered, or one run of a worker. ``do`` gets what was answered before.

    ``twin`` does it at the same moment: another window, a second person, a second worker.
    """

    name: str
    do: Callable[[Known], Any]
    host: Host = Host.WEB
    twin: Callable[[Known], Any] | None = None


@dataclass
class Ended:
    """What came of a child: which steps were answered and how, where the blow fell, what was raised, what it passed."""

    status: int
    answers: dict[str, Any] = field(default_factory=dict)
    struck: tuple[str, str] | None = None
    error: str = ""
    refusal: str = ""
    passed: dict[str, list[str]] = field(default_factory=dict)

    @property
    def was_killed(self) -> bool:
        return os.WIFSIGNALED(self.status) and os.WTERMSIG(self.status) == signal.SIGKILL


class Hung(AssertionError):
    """A child neither ended nor froze in time."""


class Child:
    """A forked process at work."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid, self._pipe = pid, pipe
        self._heard = b""
        self._status: int | None = None
        self._is_frozen = False
        os.set_blocking(pipe, False)

    @property
    def is_frozen(self) -> bool:
        """Whether it stopped itself."""
        self._look()
        return self._is_frozen

    @property
    def has_ended(self) -> bool:
        self._look()
        return self._status is not None

    def _look(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while said := os.read(self._pipe, 65536):
                self._heard += said
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
            if pid and os.WIFSTOPPED(status):
                self._is_frozen = True
            elif pid:
                self._status = status

    def until(self, reached: Callable[[], bool], seconds: float = SECONDS) -> None:
        """Wait until something holds or the child has ended."""
        deadline = time.monotonic() + seconds
        while not self.has_ended and not reached():
            if time.monotonic() > deadline:
                self.kill()
                raise Hung(f"process {self.pid} did not get on within {seconds} s")
            time.sleep(0.002)

    def kill(self) -> None:
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)
            _pid, self._status = os.waitpid(self.pid, 0)

    def wake(self) -> None:
        self._is_frozen = False
        os.kill(self.pid, signal.SIGCONT)

    def said(self) -> Ended:
        """What it has told so far."""
        self._look()
        ended, heard = Ended(self._status or 0), io.BytesIO(self._heard)
        with contextlib.suppress(EOFError, pickle.UnpicklingError):
            while True:
                kind, value = pickle.load(heard)
                if kind == "answer":
                    ended.answers[value[0]] = value[1]
                else:
                    setattr(ended, kind, value)
        return ended

    def end(self) -> Ended:
        """Wait for its end and read what it told."""
        self.until(lambda: False)
        ended = self.said()
        os.close(self._pipe)
        return ended


def start(
    steps: Sequence[Step],
    known: Known = {},  # noqa: B006 - only read
    *,
    data: Path,
    blow: Blow | None = None,
    skew: Mapping[Host, timedelta] | None = None,
) -> Child:
    """Do steps one after the other in a process of their own; the first error ends it.

    The forking process may have no threads. Its database connections are closed.
    """
    from django.db import connections

    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    try:
        _act(steps, dict(known), data, blow, skew or {}, writing)
    except BaseException:
        traceback.print_exc()
        os._exit(2)
    os._exit(0)


def do(steps: Sequence[Step], known: Known = {}, **how: Any) -> Ended:  # noqa: B006 - only read
    """Start a child and wait for its end."""
    return start(steps, known, **how).end()


def _act(
    steps: Sequence[Step],
    known: dict[str, Any],
    data: Path,
    blow: Blow | None,
    skew: Mapping[Host, timedelta],
    pipe: int,
) -> None:
    from touchstone.kit.errors import Refusal

    def say(kind: str, value: Any) -> None:
        os.write(pipe, pickle.dumps((kind, value)))

    _keep_quiet(data)
    points = Points(blow, lambda step, name: say("struck", (step, name)))
    listen(points, data)
    try:
        for step in steps:
            points.step = step.name
            with skewed_clock(skew.get(step.host, timedelta())):
                known[step.name] = step.do(known)
                points.at("done, not yet told")
            say("answer", (step.name, known[step.name]))
    except Refusal as refusal:
        say("refusal", f"{type(refusal).__name__} in “{points.step}”")
    except BaseException as error:
        say("error", f"{points.step}: " + "".join(traceback.format_exception(error))[-6000:])
    say("passed", points.passed)


def _keep_quiet(data: Path) -> None:
    log = os.open(data / "children.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
