"""Requests per second of the public badge document, against a static file of the same server in the same run."""

import http.client
import statistics
import threading
import time

from bench.table import Row
from tests.stack import Stack

THREADS = 4
SECONDS = 2.0
ROUNDS = 3


def measure(stack: Stack) -> list[Row]:
    """Median of ROUNDS interleaved rounds of SECONDS each, THREADS connections kept open."""
    badge, static = stack.path_of("award"), _a_static_file(stack)
    accept = {"Accept": "application/vc+ld+json"}
    badges, statics = [], []
    for _round in range(ROUNDS):
        statics.append(_rate(stack, static, {}))
        badges.append(_rate(stack, badge, accept))
    rate, limit = statistics.median(badges), statistics.median(statics)
    return [
        Row("static file", f"{limit:,.0f} /s", "the same server"),
        Row("public badge document", f"{rate:,.0f} /s", f"{rate / limit:.2f} of a static file"),
    ]


def _a_static_file(stack: Stack) -> str:
    page = stack.get("/")[1].decode()
    start = page.index('href="/static/') + len('href="')
    return page[start : page.index('"', start)]


def _rate(stack: Stack, path: str, headers: dict[str, str]) -> float:
    counts = [0] * THREADS
    end = time.monotonic() + SECONDS

    def ask(place: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", stack.port, timeout=10)
        while time.monotonic() < end:
            connection.request("GET", path, headers={"Host": f"localhost:{stack.port}", **headers})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path} answered {answer.status}")
            counts[place] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS
