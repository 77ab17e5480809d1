"""A new installation without the demonstration's own data: ``python -m tests.concurrency.bare``.

Makes the tables in the folder TOUCHSTONE_DATA and notes the demonstration as loaded, which takes minutes otherwise.
"""

import os

from touchstone.config import demo, preparation
from touchstone.kit import postgres


def main() -> None:
    data = demo.data_folder()
    with postgres.running(data / "postgres") as server:
        os.environ["DATABASE_URL"] = postgres.ensure_role_and_database(server, demo.DATABASE)
        preparation.migrate()
        _note_as_loaded()
        preparation.disconnect()


def _note_as_loaded() -> None:
    from django.db import transaction
    from django.utils import timezone

    from touchstone.demo.load import LOADED
    from touchstone.kit import journal
    from touchstone.kit.actor import system

    with transaction.atomic():
        journal.record(system("tests"), LOADED, now=timezone.now())


if __name__ == "__main__":
    main()
