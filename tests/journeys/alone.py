"""For what looks at the product outside the tests: its modules ready for use, and a demonstration with a browser.

Import this before anything of the product that has models.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Browser, sync_playwright

from tests import stack as stacks
from touchstone.config import chromium

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.config.test_settings")
django.setup()


@contextmanager
def demonstration() -> Iterator[tuple[stacks.Stack, Browser, Path]]:
    """A demonstration of its own, a browser, and a folder that goes when they do; ends with a sentence without one."""
    program = chromium.find()
    if program is None:
        sys.exit("No Chromium was found. Install it, or name one in TOUCHSTONE_CHROMIUM.")
    with tempfile.TemporaryDirectory(prefix="touchstone-alone-") as folder, sync_playwright() as playwright:
        stack = stacks.start(Path(folder) / "demonstration")
        try:
            browser = playwright.chromium.launch(executable_path=program)
            yield stack, browser, Path(folder)
            browser.close()
        finally:
            stack.stop()
