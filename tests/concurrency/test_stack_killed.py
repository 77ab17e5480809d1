"""The whole product, its processes killed one after the other: nothing is lost, and each badge is issued once."""

import hashlib
import http.client
import io
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests import stack as stacks
from tests.concurrency.harness import ROOT
from tests.stack import Stack

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="finds its processes in /proc"),
]
SECONDS = 240
BOUNDARY = "----the-boundary"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = _start(tmp_path_factory.mktemp("stack"))
    yield running
    assert running.stop() == 0


def _start(folder: Path) -> Stack:
    """The whole product, but for the demonstration's own data."""
    data = folder / "data"
    if not data.exists():
        data.mkdir()
        _run(data, "tests.concurrency.bare")
    return stacks.start(folder)


def _inside(stack: Stack, *what: str) -> Any:
    """Run a function of tests.concurrency.inside in the installation."""
    said = _run(stack.folder / "data", "tests.concurrency.inside", *what, PORT=str(stack.port))
    return json.loads(said.splitlines()[-1])


def _run(data: Path, module: str, *what: str, **more: str) -> str:
    ours = ("TOUCHSTONE_", "DJANGO_", "DATABASE_", "PORT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment |= {"TOUCHSTONE_MODE": "demonstration", "TOUCHSTONE_DATA": str(data), **more}
    command = [sys.executable, "-m", module, *what]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _eventually(what: Callable[[], bool], seconds: float = SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)


def _signal(number: signal.Signals, processes: list[int]) -> None:
    assert processes
    for process in processes:
        os.kill(process, number)


def _wait_until_issued(stack: Stack, attempts: list[str]) -> dict[str, Any]:
    deadline = time.monotonic() + SECONDS
    while True:
        found: dict[str, Any] = _inside(stack, "issued", *attempts)
        if not {"todo", "doing"} & set(found["jobs"]):
            return found
        assert time.monotonic() < deadline, (found, stack.log())
        time.sleep(1)


def _assert_each_badge_once(found: dict[str, Any], count: int) -> None:
    assert found["awards"] == found["badges"] == count
    assert found["mails"] == [[True]] * count
    assert found["reports"] == ["valid"] * count
    assert set(found["jobs"]) == {"succeeded"}


# -- the job worker ----------------------------------------------------------------------------------------------------


def test_worker_when_it_hangs_and_is_killed_around_decisions_then_each_badge_is_issued_once(stack: Stack) -> None:
    workers = stack.children("command worker")
    _signal(signal.SIGSTOP, workers)
    attempts = _inside(stack, "decisions", "worker-killed", "3")
    assert _inside(stack, "issued", *attempts)["awards"] == 0
    _signal(signal.SIGCONT, workers)
    time.sleep(0.3)  # somewhere in the middle of it
    stack.kill("command worker")
    _assert_each_badge_once(_wait_until_issued(stack, attempts), 3)
    assert not set(workers) & set(stack.children("command worker"))


# -- the web server ----------------------------------------------------------------------------------------------------


class Upload:
    """A photograph on its way into a draft, as a browser sends it."""

    def __init__(self, stack: Stack, draft: dict[str, str], name: str) -> None:
        self.stack, self.draft, self.name = stack, draft, name
        self.content = _photograph()
        self.session = f"sessionid={draft['session']}"
        page, cookies = self._page()
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, page[:2000]
        self.cookie = f"{self.session}; {cookies.split(';')[0]}"
        self.body = self._body(found[1])

    @property
    def path(self) -> str:
        return f"/earn/{self.draft['token']}/evidence/recording/file"

    def send(self, share: float = 1.0) -> socket.socket:
        """Send the request up to a share of its body, in pieces as over a slow line."""
        line = socket.create_connection(("127.0.0.1", self.stack.port), timeout=60)
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: localhost:{self.stack.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {len(self.body)}\r\n"
            "Accept: application/json\r\nX-Fragment: 1\r\nConnection: close\r\n\r\n"
        )
        line.sendall(head.encode())
        end = int(len(self.body) * share)
        for begin in range(0, end, 256 * 1024):
            line.sendall(self.body[begin : min(end, begin + 256 * 1024)])
            time.sleep(0.02)
        return line

    def complete(self) -> tuple[int, str]:
        """Send all of it and read the answer."""
        return read_answer(self.send())

    def _page(self) -> tuple[str, str]:
        status, page, cookies = _get(self.stack, f"/earn/{self.draft['token']}/", self.session)
        assert status == 200, page[:500]
        return page, cookies

    def _body(self, csrf: str) -> bytes:
        def part(facts: str, content: bytes) -> bytes:
            return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {facts}\r\n\r\n".encode() + content + b"\r\n"

        return (
            part('name="csrfmiddlewaretoken"', csrf.encode())
            + part(f'name="file"; filename="{self.name}"', self.content)
            + part('name="whole"', b"1")
            + f"--{BOUNDARY}--\r\n".encode()
        )


def read_answer(line: socket.socket) -> tuple[int, str]:
    with line:
        answer = http.client.HTTPResponse(line)
        answer.begin()
        return answer.status, answer.read().decode()


def _get(stack: Stack, path: str, cookie: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{stack.port}", "Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Set-Cookie", "")
    finally:
        connection.close()


def _photograph() -> bytes:
    """A JPEG of some megabytes that no compression makes smaller."""
    noise = random.Random(7).randbytes(1600 * 1200 * 3)
    file = io.BytesIO()
    Image.frombytes("RGB", (1600, 1200), noise).save(file, "JPEG", quality=95)
    return file.getvalue()


def _assert_nothing_but_the_draft(stack: Stack, before: dict[str, Any], token: str) -> None:
    _inside(stack, "sweep")
    after = _inside(stack, "draft", token)
    assert after == {**before, "orphans": [], "uploads": []}
    assert set(after["answers"]) == {"context", "learned"}


def _assert_arrives(stack: Stack, upload: Upload) -> None:
    status, answer = upload.complete()
    assert status == 200, answer
    assert upload.name in answer
    after = _inside(stack, "draft", upload.draft["token"])
    assert after["files"] == [[upload.name, hashlib.sha256(upload.content).hexdigest()]]
    assert after["uploads"] == []


def test_upload_when_the_web_server_is_killed_in_the_middle_then_the_draft_is_whole_and_it_can_be_sent_again(
    stack: Stack,
) -> None:
    draft = _inside(stack, "new_draft", "web-killed")
    before = _inside(stack, "draft", draft["token"])
    upload = Upload(stack, draft, "board.jpg")
    line = upload.send(0.6)
    _eventually(lambda: bool(list((stack.folder / "data" / "uploads").iterdir())), 20)
    _kill_web_workers(stack)
    with pytest.raises((OSError, http.client.HTTPException)):
        read_answer(line)
    _eventually(lambda: _healthy(stack))
    _assert_nothing_but_the_draft(stack, before, draft["token"])
    _assert_arrives(stack, upload)


def test_upload_when_the_line_is_cut_at_nine_tenths_then_the_draft_is_whole_and_it_can_be_sent_again(
    stack: Stack,
) -> None:
    draft = _inside(stack, "new_draft", "line-cut")
    before = _inside(stack, "draft", draft["token"])
    upload = Upload(stack, draft, "board.jpg")
    for way in (socket.SHUT_WR, socket.SHUT_RDWR):
        line = upload.send(0.9)
        line.shutdown(way)
        line.close()
        _eventually(lambda: not list((stack.folder / "data" / "uploads").iterdir()), 20)
    _assert_nothing_but_the_draft(stack, before, draft["token"])
    _assert_arrives(stack, upload)


def test_upload_when_its_end_is_missing_then_the_answer_names_the_file_to_send_again(stack: Stack) -> None:
    draft = _inside(stack, "new_draft", "end-missing")
    before = _inside(stack, "draft", draft["token"])
    upload = Upload(stack, draft, "board-after-lesson.jpg")
    upload.body = upload.body[: len(upload.body) * 9 // 10]  # a proxy that ends the request where the line was cut
    status, answer = upload.complete()
    assert status == 400
    assert "“board-after-lesson.jpg” did not arrive whole" in json.loads(answer)["error"]
    _assert_nothing_but_the_draft(stack, before, draft["token"])


def _kill_web_workers(stack: Stack) -> None:
    """SIGKILL what answers requests; the process above them starts new ones."""
    granian = stack.children("granian")
    workers = [pid for pid in granian if stacks._parent(pid) in granian]
    _signal(signal.SIGKILL, workers)


def _healthy(stack: Stack) -> bool:
    try:
        return stack.get("/healthz")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


# -- the database ------------------------------------------------------------------------------------------------------


def _kill_database(stack: Stack) -> None:
    """SIGKILL the server itself; it works in its data folder, like everything it starts."""
    folder = stack.folder / "data" / "postgres"
    postmaster = int((folder / "postmaster.pid").read_text().split()[0])
    assert Path(f"/proc/{postmaster}/cwd").samefile(folder)
    os.kill(postmaster, signal.SIGKILL)


def test_database_when_killed_under_requests_and_jobs_then_the_product_comes_back_and_each_badge_is_issued_once(
    stack: Stack,
) -> None:
    draft = _inside(stack, "new_draft", "database-draft")
    committed = _inside(stack, "draft", draft["token"])
    workers = stack.children("command worker")
    _signal(signal.SIGSTOP, workers)
    attempts = _inside(stack, "decisions", "database-killed", "4")
    _signal(signal.SIGCONT, workers)
    time.sleep(0.3)  # somewhere in the middle of it
    statuses = []
    _kill_database(stack)
    for _request in range(5):
        try:
            statuses.append(stack.get(f"/earn/{draft['token']}/", Cookie=f"sessionid={draft['session']}")[0])
        except (OSError, http.client.HTTPException):
            statuses.append(0)
    assert set(statuses) <= {0, 200, 500, 503}
    _eventually(lambda: _healthy(stack))
    assert _inside(stack, "draft", draft["token"])["answers"] == committed["answers"] != {}
    _assert_each_badge_once(_wait_until_issued(stack, attempts), 4)
    again = _inside(stack, "decisions", "database-back", "1")
    _assert_each_badge_once(_wait_until_issued(stack, again), 1)
    assert "starting it again" in (stack.folder / "out.log").read_text(errors="replace")


def test_everything_when_all_processes_are_killed_at_once_then_a_new_start_finishes_what_was_begun(
    tmp_path: Path,
) -> None:
    first = _start(tmp_path)
    _signal(signal.SIGSTOP, first.children("command worker"))
    attempts = _inside(first, "decisions", "all-killed", "2")
    _kill_database(first)
    first.kill("")
    second = _start(tmp_path)
    _assert_each_badge_once(_wait_until_issued(second, attempts), 2)
    assert second.stop() == 0
