"""One loaded demonstration for the tests of a file: it is read, not changed, or changed inside a test's transaction."""

import datetime as dt
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from touchstone.demo import load as loading

NOW = dt.datetime.now(tz=dt.UTC).replace(microsecond=0)


@pytest.fixture(scope="session")
def lines() -> list[str]:
    """What loading said."""
    return []
