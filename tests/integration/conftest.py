"""Fixtures of the integration tests."""

import pytest

from tests.cast import Cast
from tests.kept import Kept


@pytest.fixture
def cast(db: None, kept_cast: Kept) -> Cast:
    return kept_cast.put_back()
