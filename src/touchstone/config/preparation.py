"""What must be done to an installation before it serves: tables, static files, demonstration data."""

import os

import django
from django.core.management import call_command
from django.db import ProgrammingError, connections
from django.db.migrations.exceptions import InconsistentMigrationHistory

from touchstone.config.environment import read_environment


class TablesDoNotFit(Exception):
    """The database's tables are not what this version expects to find; the message is a sentence."""


def open_django() -> None:
    """Set Django up; raises SettingsRefused with a sentence for each setting that cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.config.settings")
    read_environment()
    django.setup()


def migrate() -> None:
    """Create or alter the tables, the cache's included; safe to repeat. Raises TablesDoNotFit."""
    open_django()
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except (ProgrammingError, InconsistentMigrationHistory) as problem:
        raise TablesDoNotFit(
            f"The database was made by another version of Touchstone and could not be brought up to date ({problem}). "
            "Use that version, or another database: in a demonstration, make demo TOUCHSTONE_DATA=folder"
        ) from problem
    call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Put styles and scripts where the web server takes them from."""
    open_django()
    call_command("collectstatic", verbosity=0, interactive=False)


def load_demonstration(*, small: bool = False, reset: bool = False) -> None:
    """Fill an empty database with the demonstration's people, catalogue and history; ``reset`` empties it first."""
    open_django()
    call_command("load_demo", small=small, reset=reset)


def disconnect() -> None:
    connections.close_all()
