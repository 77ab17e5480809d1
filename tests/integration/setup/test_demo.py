"""The demonstration from its first start to its stop, with its real processes."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from touchstone.config.processes import Child
from touchstone.kit import postgres


def eventually[T](what: Callable[[], T], seconds: float = 60) -> T:
    """The first true answer of `what`, asked again and again for at most this long."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """A running `touchstone demo` and what it said."""

    def __init__(self, data: Path) -> None:
        self.data, self.port, self.said = data, free_port(), data.with_name("said.txt")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("TOUCHSTONE_", "DATABASE_", "DJANGO_"))}
        environment = kept | {"TOUCHSTONE_DATA": str(data), "PORT": str(self.port)}
        command = [sys.executable, "-m", "touchstone.config.command", "demo"]
        with self.said.open("w") as out:
            self.process = subprocess.Popen(
                command, env=environment, stdout=out, stderr=out, start_new_session=True, cwd=data.parent
            )

    def wait_until_up(self) -> None:
        def up() -> bool:
            assert self.process.poll() is None, self.said.read_text()
            return "Touchstone is up" in self.said.read_text()

        eventually(up, 300)

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def child(self, word: str) -> int | None:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in children:
            with suppress(OSError):
                if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
                    return int(pid)
        return None

    def stop(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "a folder" / "data"
    folder.parent.mkdir()
    yield folder
    postgres.stop(folder / "postgres")


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_demo_when_started_killed_stopped_and_started_again_then_it_serves_and_keeps_its_data(data: Path) -> None:
    demo = Demo(data)
    demo.wait_until_up()
    assert demo.healthy()
    secret = (data / "secret").read_text()
    assert len(secret) >= 32
    assert (data / "secret").stat().st_mode & 0o777 == 0o600
    for word in ("granian", "worker"):
        old = demo.child(word)
        assert old
        os.kill(old, signal.SIGKILL)
        eventually(lambda old=old, word=word: demo.child(word) not in (None, old))
        eventually(demo.healthy)
    assert demo.stop(signal.SIGINT) == 0
    assert postgres.find(data / "postgres") is None
    assert not demo.healthy()

    again = Demo(data)
    begin = time.monotonic()
    again.wait_until_up()
    assert time.monotonic() - begin < 30
    assert (data / "secret").read_text() == secret
    children = [again.child("granian"), again.child("worker")]
    assert again.stop(signal.SIGKILL) == -signal.SIGKILL
    eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), 20)

    third = Demo(data)  # takes over the database that the killed one left running
    third.wait_until_up()
    assert third.stop(signal.SIGTERM) == 0
    assert postgres.find(data / "postgres") is None


def test_child_when_it_dies_then_it_is_started_again_with_a_growing_pause() -> None:
    said: list[str] = []
    child = Child("clock", [sys.executable, "-c", "import sys; sys.exit(3)"], said.append)
    begin = time.monotonic()
    deadline = begin + 20
    while len(said) < 2 and time.monotonic() < deadline:
        child.tend()
        time.sleep(0.02)
    child.wait_until_stopped()
    assert said == ["The clock ended unexpectedly (with code 3); starting it again."] * 2
    assert time.monotonic() - begin >= 1.0


def test_child_when_its_leader_is_killed_then_its_own_children_end_too(tmp_path: Path) -> None:
    code = """if True:
        import subprocess, sys
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as own:
            print(own.pid, file=open(sys.argv[1], "w"), flush=True)
            own.wait()
    """
    note = tmp_path / "pid"
    child = Child("parent", [sys.executable, "-c", code, str(note)], lambda _: None)
    child.tend()
    grandchild = int(eventually(lambda: note.exists() and note.read_text().strip()) or 0)
    assert child.pid
    os.kill(child.pid, signal.SIGKILL)

    def gone() -> bool:
        child.tend()
        try:
            return Path(f"/proc/{grandchild}/stat").read_text().split()[2] == "Z"
        except OSError:
            return True

    eventually(gone, 10)
    child.ask_to_stop()
    child.wait_until_stopped()
