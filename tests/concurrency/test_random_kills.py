"""Processes killed at random points of what people do: nothing is lost, nothing doubled. And the driver can tell."""

import pytest
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from tests.concurrency.points import address_of
from tests.concurrency.random_kills import Result, run

Database = dict[str, str]
SAMPLE, SEED = 8, 1  # what a run draws is random in the long test alone


@pytest.fixture
def database(transactional_db: None) -> Database:
    """The empty test database, which each lane copies; nobody may be connected to it meanwhile."""
    connections.close_all()
    return {"address": make_conninfo(**address_of(connection)), "template": connection.settings_dict["NAME"]}


def _assert_killed(result: Result, number: int) -> None:
    assert not result.faults, str(result)
    assert result.count["killed"] >= number, str(result)


def test_processes_when_some_are_killed_at_random_then_nothing_is_lost_and_nothing_doubled(database: Database) -> None:
    _assert_killed(run(SAMPLE, seed=SEED, **database), SAMPLE)


@pytest.mark.long
def test_processes_when_a_thousand_are_killed_at_random_then_nothing_is_lost_and_nothing_doubled(
    database: Database,
) -> None:
    result = run(1000, lanes=2, **database)
    print(result)
    _assert_killed(result, 1000)


def test_driver_when_a_lock_is_taken_out_then_it_finds_the_last_use_given_twice(database: Database) -> None:
    more = ["--story=last use of a link", "--how=hang beside a twin", "--step=accept", "--step=second person"]
    result = run(1, more=["--mutation=no lock", "--rounds=20", *more], **database)
    assert any("an invitation counts other uses than it has" in fault for fault in result.faults), str(result)


@pytest.mark.long
@pytest.mark.parametrize(
    ("mutation", "step", "point", "found"),
    [
        pytest.param("no constraint", "jobs", "job ends journal", "each is told once", id="unique constraint"),
        pytest.param("jobs after commit", "submit", "committed", "0 assessors have it in hand", id="transaction"),
    ],
)
def test_driver_when_what_keeps_things_once_is_taken_out_then_it_finds_the_fault(
    database: Database, mutation: str, step: str, point: str, found: str
) -> None:
    more = ["--story=submit", "--how=kill", f"--step={step}", f"--point={point}", "--rounds=40"]
    result = run(40, more=[f"--mutation={mutation}", *more], **database)
    assert any(found in fault for fault in result.faults), str(result)
