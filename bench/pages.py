"""Server time and number of queries of the main pages, in process, on the demonstration's data."""

import statistics
import time
from typing import Any
from urllib.parse import urlsplit

from bench.table import Row

ROUNDS = 30


def measure(demo: dict[str, Any]) -> list[Row]:
    """Median milliseconds over ROUNDS renderings, and the queries of one, for the five main pages."""
    samples, cast = demo["samples"], demo["cast"]
    rows = []
    plan = [
        ("explorer", "anonymous", "/explore/"),
        ("micro-credential", "anonymous", samples["micro_credential"]),
        ("submission workspace", "submission_draft", samples["submission_draft"]),
        ("scoring bench", "assignment_accepted", samples["assignment_accepted"]),
        ("award", "anonymous", samples["award"]),
    ]
    for name, owner, address in plan:
        client = _client(owner, address, cast)
        rows.append(_page(name, client, urlsplit(address).path))
    return rows


def _page(name: str, client: Any, path: str) -> Row:
    from django.db import connection

    queries: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    client.get(path, headers={"host": "localhost"})
    with connection.execute_wrapper(note):
        answer = client.get(path, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    times = []
    for _round in range(ROUNDS):
        begin = time.perf_counter()
        client.get(path, headers={"host": "localhost"})
        times.append(time.perf_counter() - begin)
    figure = f"{statistics.median(times) * 1000:.1f} ms"
    return Row(f"page: {name}", figure, f"{len(queries)} queries, {len(answer.content) / 1000:.0f} kB of HTML")


def _client(owner: str, address: str, cast: list[dict[str, Any]]) -> Any:
    """A client signed in as whoever may see the page, found through the one-click sign-ins of the cast."""
    from django.test import Client

    if owner == "anonymous":
        return Client()
    path = urlsplit(address).path
    for member in cast:
        parts = urlsplit(member["sign_in_url"])
        for query in {parts.query, *(f"as={role}" for role in member["roles"])}:
            client = Client()
            client.get(f"{parts.path}?{query}", headers={"host": "localhost"})
            if client.get(path, headers={"host": "localhost"}).status_code == 200:
                return client
    raise SystemExit(f"nobody of the cast may see {path}")
