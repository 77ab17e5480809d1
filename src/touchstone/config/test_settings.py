"""Settings for tests and type checks: the same file, read in test mode."""

import os

os.environ.setdefault("TOUCHSTONE_MODE", "test")

from touchstone.config.settings import *  # noqa: F403
