"""Settings of the processes that are killed: what leaves by mail is noted."""

from touchstone.config.test_settings import *  # noqa: F403

MAILERS = {"default": {"BACKEND": "tests.concurrency.wire.Wire"}}
