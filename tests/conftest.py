"""What tests of every kind share."""

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.kept import Kept, keep_cast


@pytest.fixture(scope="session")
def kept_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Kept:
    with django_db_blocker.unblock(), transaction.atomic():
        kept = keep_cast()
        transaction.set_rollback(True)
    return kept
