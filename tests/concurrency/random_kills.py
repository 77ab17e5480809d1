"""Kill processes at random points of what people do, and see that nothing is lost and nothing doubled.

``python -m tests.concurrency.random_kills --kills 1000 --lanes 2``; a fault is printed with what repeats it.
What is drawn from is narrowed by --story, --step, --how (each may come again), --point and --round; --rounds and
--seconds end a run before its kills are reached, and --mutation puts in a fault of tests.concurrency.mutations.
"""

import argparse
import contextlib
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).absolute().parents[2]
SECONDS = 3600


@dataclass
class Result:
    """What a run did and found; ``str`` of it is what to print."""

    seed: int
    seconds: float = 0.0
    count: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        ways = ", ".join(f"{number} {way}" for way, number in sorted(self.count.items()) if way not in _SUMS)
        found = "\n\n".join(self.faults) or "nothing lost, nothing doubled"
        return (
            f"{self.count['killed']} processes killed in {self.count['rounds']} rounds, seed {self.seed}, "
            f"{self.seconds:.0f} s ({ways}): {found}"
        )


_SUMS = {"killed", "rounds"}


def run(
    kills: int,
    *,
    address: str,
    template: str,
    seed: int | None = None,
    lanes: int = 1,
    more: Sequence[str] = (),
) -> Result:
    """Kill so many processes in so many lanes, each on a copy of the database ``template``.

    ``address`` is a connection string of its server; ``more`` narrows what each lane does, as on the command line.
    """
    result, begin = Result(random.randrange(10**6) if seed is None else seed), time.monotonic()
    with contextlib.ExitStack() as stack:
        started = []
        for lane in range(lanes):
            place = stack.enter_context(_place(address, template))
            share = kills // lanes + (lane < kills % lanes)
            facts = {"kills": share, "seed": result.seed, "lane": lane, "lanes": lanes}
            started.append(_start(place, [f"--{name}={value}" for name, value in facts.items()] + [*more]))
        for process in started:
            said, trouble = process.communicate(timeout=SECONDS)
            _add(result, said, trouble, more)
    result.seconds = time.monotonic() - begin
    return result


def _add(result: Result, said: str, trouble: str, more: Sequence[str]) -> None:
    again = shlex.join(["python", "-m", "tests.concurrency.random_kills", f"--seed={result.seed}", *more])
    try:
        told = json.loads(said.splitlines()[-1])
    except (IndexError, ValueError):
        result.faults.append(f"a lane broke off: {trouble[-3000:]}")
        return
    result.count.update(told["count"])
    result.faults += [
        f"{fault}\nAgain: {again} --round={fault.removeprefix('round ').partition(':')[0]}" for fault in told["faults"]
    ]


@contextlib.contextmanager
def _place(address: str, template: str) -> Iterator[dict[str, str]]:
    """A copy of a database and an empty folder, as the environment of a lane; both are gone afterwards."""
    name = f"kills_{os.getpid()}_{random.randrange(10**9)}"
    with tempfile.TemporaryDirectory() as data:
        _maintain(address, "CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            yield {"DATABASE_URL": make_conninfo(address, dbname=name), "TOUCHSTONE_DATA": data}
        finally:
            _maintain(address, "DROP DATABASE {} WITH (FORCE)", name)


def _start(place: dict[str, str], arguments: list[str]) -> subprocess.Popen[str]:
    settings = {"TOUCHSTONE_MODE": "test", "DJANGO_SETTINGS_MODULE": "tests.concurrency.lane_settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.run_lane", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings, **place},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _maintain(address: str, statement: str, *names: str) -> None:
    with psycopg.connect(make_conninfo(address, dbname="postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextlib.contextmanager
def _server() -> Iterator[str]:
    """The connection string of DATABASE_URL, or of an embedded server that is started for the run."""
    if os.environ.get("DATABASE_URL"):
        yield os.environ["DATABASE_URL"]
        return
    from touchstone.kit import postgres

    with postgres.running(ROOT / ".data" / "tests" / "postgres", durable=False) as server:
        yield postgres.ensure_role_and_database(server, "touchstone")


@contextlib.contextmanager
def _template(address: str) -> Iterator[str]:
    """A database with the tables of today."""
    name = f"kills_template_{os.getpid()}"
    _maintain(address, "CREATE DATABASE {}", name)
    try:
        settings = {"DATABASE_URL": make_conninfo(address, dbname=name), "TOUCHSTONE_MODE": "test"}
        program = "from touchstone.config import preparation; preparation.migrate()"
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, **settings}, check=True)
        yield name
    finally:
        _maintain(address, "DROP DATABASE {} WITH (FORCE)", name)


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--kills", type=int, default=1000)
    reader.add_argument("--lanes", type=int, default=1)
    reader.add_argument("--seed", type=int)
    asked, narrowed = reader.parse_known_args()
    with _server() as address, _template(address) as template:
        result = run(asked.kills, address=address, template=template, seed=asked.seed, lanes=asked.lanes, more=narrowed)
    print(result)
    return 1 if result.faults else 0


if __name__ == "__main__":
    sys.exit(main())
