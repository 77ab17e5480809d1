"""The demonstration loads whole, once, and only where invented people belong."""

import datetime as dt

import pytest

from touchstone.demo import load as loading

NOW = dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC)


@pytest.mark.django_db
def test_load(capsys):
    loading.load(now=NOW, progress=print)
