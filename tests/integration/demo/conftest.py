"""The demonstration, loaded once and for real for all tests in this folder; each test's own changes are rolled back.

It is the small one, with one piece of work of every kind; ``test_loading_all`` loads the rest.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from touchstone.demo import load as loading
from touchstone.kit.drain import run_waiting_jobs

NOW = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs them all, so that the demonstration is loaded once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demonstration"))


type Told = list[tuple[str, int, int]]


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """What loading told of its progress."""
    told: Told = []
    with django_db_blocker.unblock():
        empty()
        loading.load(now=NOW, progress=lambda *how_far: told.append(how_far), small=True)
        run_waiting_jobs()
        yield told
        empty()
        connection.close()


@pytest.fixture
def demonstration(loaded: Told, db: None) -> None:
    """The loaded demonstration, to look at or to change until the test ends."""


def empty() -> None:
    """Nothing in any table, also in the middle of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
