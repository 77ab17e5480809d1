"""One embedded PostgreSQL for the whole test run, unless DATABASE_URL names a real one.

A plugin (``-p tests.database``), because settings are read before any conftest.
"""

import atexit
import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import settings

DATA = Path(__file__).resolve().parent.parent / ".data" / "tests"
_at_end = contextlib.ExitStack()
atexit.register(_at_end.close)  # a run that fails before it begins is never unconfigured

os.environ["TOUCHSTONE_MODE"] = "test"
os.environ.setdefault("TOUCHSTONE_DATA", str(DATA / os.environ.get("PYTEST_XDIST_WORKER", "main")))
(Path(os.environ["TOUCHSTONE_DATA"]) / "static").mkdir(parents=True, exist_ok=True)
if not os.environ.get("DATABASE_URL"):
    from touchstone.kit import postgres

    server = _at_end.enter_context(postgres.running(DATA / "postgres", durable=False))
    os.environ["DATABASE_URL"] = postgres.ensure_role_and_database(server, "touchstone")


# A busy machine is not a fault of the code. What lands is judged by what it changes, so its examples are the same each
# time; `make test-all` searches on with new ones.
settings.register_profile("searching", deadline=None)
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last process to leave stops the server."""
    _at_end.close()
