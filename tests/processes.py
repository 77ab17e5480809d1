"""Which tests share a process when several run at once (a plugin, ``-p tests.processes``).

What is dear to set up stays together: the running product of the journeys, the loaded demonstration.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/journeys/", "tests/integration/demo/", "tests/concurrency/", "tests/blindness/")


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist is untyped
    """Groups by folder for some, every other test by itself."""

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)
