"""The whole product as people run it: web server, job worker and database as real processes, in a folder of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

UP_SECONDS = 300


@dataclass
class Stack:
    """A running demonstration. ``origin`` is what people type into a browser."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": f"localhost:{self.port}", **headers})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def demo(self) -> dict[str, Any]:
        """/demo.json: the cast and the samples."""
        status, body = self.get("/demo.json")
        assert status == 200, body[:300]
        found: dict[str, Any] = json.loads(body)
        return found

    def path_of(self, sample: str) -> str:
        return urlsplit(self.demo()["samples"][sample]).path

    def wait_until_up(self, seconds: float = UP_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.get("/healthz")[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            assert self.process.poll() is None, f"the demonstration ended with code {self.process.returncode}"
            time.sleep(0.2)
        raise AssertionError(f"not up after {seconds} s: {self.log()}")

    def wait_until_measured(self, seconds: float = UP_SECONDS) -> None:
        """The worker measures the season's scores after the product is up."""
        deadline = time.monotonic() + seconds
        while "measurement" not in self.demo()["samples"]:
            assert time.monotonic() < deadline, f"not measured after {seconds} s: {self.log()}"
            time.sleep(0.2)

    def log(self) -> str:
        return (self.folder / "out.log").read_text(errors="replace")[-4000:]

    def children(self, *words: str) -> list[int]:
        """Process ids under this stack whose command line holds all the words."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and self._is_ours(int(entry.name)):
                command = _command(int(entry.name))
                if all(word in command for word in words):
                    found.append(int(entry.name))
        return sorted(found)

    def kill(self, *words: str) -> None:
        """SIGKILL every process under this stack whose command line holds all the words."""
        victims = self.children(*words)
        assert victims, f"no process with {words}"
        for victim in victims:
            os.kill(victim, signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop as Ctrl-C does; 0 when it did."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise

    def _is_ours(self, pid: int) -> bool:
        while pid > 1:
            if pid == self.process.pid:
                return True
            pid = _parent(pid)
        return False


def start(folder: Path, **environment: str) -> Stack:
    """Start `touchstone demo` in a folder on a free port, with nothing of this process's settings."""
    folder.mkdir(parents=True, exist_ok=True)
    ours = ("TOUCHSTONE_", "DJANGO_", "DATABASE_", "PORT")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    port = free_port()
    command = [sys.executable, "-m", "touchstone.config.command", "demo", "--small"]
    with (folder / "out.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**clean, "PORT": str(port), "TOUCHSTONE_DATA": str(folder / "data"), **environment},
            start_new_session=True,
        )
    stack = Stack(folder, port, process)
    try:
        stack.wait_until_up()
        stack.wait_until_measured()
    except BaseException:
        process.terminate()
        raise
    return stack


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0
