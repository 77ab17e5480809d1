"""The processes an installation consists of, and a keeper that starts them again when they die."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

WEB_PROCESSES = 2
WEB_THREADS = 2
STOP_SECONDS = 10
_SOON = 5.0  # a process that dies within this time of its start is started again after a growing pause
_LONGEST_PAUSE = 30.0


def web_command(host: str, port: int) -> list[str]:
    """The web server: several processes, each with few threads and a lasting database connection per thread."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(WEB_PROCESSES), "--blocking-threads", str(WEB_THREADS), "--no-ws"),
        *("--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", str(STOP_SECONDS // 2)),
        *("--log-level", "warning", "touchstone.config.wsgi:application"),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "touchstone.config.command", "worker"]


@dataclass
class Child:
    """A process that is kept running, together with whatever processes it starts itself."""

    name: str
    command: Sequence[str]
    say: Callable[[str], None]
    _process: subprocess.Popen[bytes] | None = None
    _begin: float = 0.0
    _pause: float = field(default=0.0)

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def tend(self) -> None:
        """Start the process, or start it again when it has died; to be called often."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._begin + self._pause:
                self._start(now)
        elif self._process.poll() is not None:
            self.say(f"The {self.name} ended unexpectedly ({_how(self._process.returncode)}); starting it again.")
            self._end_group(signal.SIGKILL)  # a killed parent leaves its children on the port
            lived = now - self._begin
            self._pause = min(_LONGEST_PAUSE, max(1.0, self._pause * 2)) if lived < _SOON else 0.0
            self._process, self._begin = None, now

    def ask_to_stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def wait_until_stopped(self) -> None:
        if self._process:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            self._end_group(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _start(self, now: float) -> None:
        # A session of its own: Ctrl-C reaches the keeper alone, which then stops its children in order.
        self._process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=_end_with_parent
        )
        self._begin = now

    def _end_group(self, number: signal.Signals) -> None:
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)


def _end_with_parent() -> None:
    """Ask the kernel for SIGTERM when the keeper is killed (prctl(2), Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)


def _how(returncode: int) -> str:
    return f"by signal {-returncode}" if returncode < 0 else f"with code {returncode}"
