"""What a machine can see of the project's upkeep."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


@pytest.mark.django_db
def test_migrations_ran_on_a_server_of_the_supported_range():
    assert connection.pg_version >= 150000


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_lock_files_carry_hashes_and_no_addresses(lock: Path):
    text = lock.read_text()
    assert "://" not in text
    assert text.count("==") <= text.count("--hash=")


def test_npm_lock_carries_no_addresses():
    lock = ROOT / "tests" / "interop" / "package-lock.json"
    assert '"resolved"' not in lock.read_text()


def test_nothing_is_left_to_do_later():
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    here = Path(__file__)
    for folder in ("src", "tests", "bench", "ops"):
        for path in (ROOT / folder).rglob("*.py"):
            if path != here and "node_modules" not in path.parts:
                assert not mark.search(path.read_text()), path
