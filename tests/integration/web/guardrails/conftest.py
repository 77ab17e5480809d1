"""Counters begin at nothing: their table is not emptied between tests with real transactions."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rate")
