"""What must be done to an installation before it serves: tables, static files, demonstration data."""

import os

import django
from django.core.management import call_command
from django.db import connections

from touchstone.config.environment import read_environment


def open_django() -> None:
    """Set Django up; raises SettingsRefused with a sentence for each setting that cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.config.settings")
    read_environment()
    django.setup()


def migrate() -> None:
    """Create or alter the tables, the cache's included; safe to repeat."""
    open_django()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def collect_static() -> None:
    """Put styles and scripts where the web server takes them from."""
    open_django()
    call_command("collectstatic", verbosity=0, interactive=False)


def load_demonstration() -> None:
    """Fill an empty database with the demonstration's people, catalogue and history."""
    open_django()
    call_command("load_demo")


def disconnect() -> None:
    connections.close_all()
