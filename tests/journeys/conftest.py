"""One running Touchstone for all journeys, and a browser to make them with.

Every module is marked ``xdist_group("stack")``: one process makes all journeys (with ``--dist loadgroup``).
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests import stack as stacks
from tests.interop import outside
from tests.journeys.visitor import Visitor, Visitors
from touchstone.config import chromium

expect.set_options(timeout=20_000)  # as long as a click waits; a machine with much else to do needs it


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = chromium.find()
    if program is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("no Chromium was found; TOUCHSTONE_CHROMIUM may name one")
    outside.install_packages()  # axe is among them
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[stacks.Stack]:
    running = stacks.start(tmp_path_factory.mktemp("stack"))
    yield running
    running.stop()


@pytest.fixture
def visitors(browser: Browser, stack: stacks.Stack) -> Iterator[Visitors]:
    """Makes visitors; at the end none of their pages may have complained."""
    present: list[Visitor] = []

    def arrive(**options: Any) -> Visitor:
        present.append(Visitor(browser, stack.origin, **options))
        return present[-1]

    yield arrive
    troubles = [trouble for visitor in present for trouble in visitor.unexpected]
    for visitor in present:
        visitor.close()
    assert not troubles, troubles


@pytest.fixture
def visitor(visitors: Visitors) -> Visitor:
    return visitors()
