"""One world for all tests of this folder; each test's own changes are undone."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.blindness.world import World, build


@pytest.fixture(scope="package")
def small_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build(small=True)
        transaction.set_rollback(True)


@pytest.fixture
def world(small_world: World, db: None) -> World:
    return small_world
