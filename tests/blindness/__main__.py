"""``python -m tests.blindness``: build the world in a database of its own, crawl it, print the report."""

import argparse
import logging
import os
import sys
import time

from tests import database  # starts a database server; settings are read after this


def main() -> int:
    """0 when nothing leaked and everything could be read."""
    asked = argparse.ArgumentParser(prog="python -m tests.blindness", description=__doc__)
    asked.add_argument("--small", action="store_true", help="the small world, and nobody tries others' addresses")
    asked.add_argument("--who", nargs="*", help="only these members of the cast")
    said = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchstone.config.test_settings")
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.db import transaction
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.blindness.crawler import crawl
    from tests.blindness.world import build

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    begun = time.monotonic()
    try:
        with transaction.atomic():
            world = build(small=said.small)
            faces = [face for face in world.faces if not said.who or face.who in said.who]
            report = crawl(world, faces, try_others=not said.small, told=print)
            transaction.set_rollback(True)
    finally:
        teardown_databases(made, verbosity=0)
    print(report)
    print(f"{time.monotonic() - begun:.0f} s")
    return 1 if report.leaks or report.broken else 0


if __name__ == "__main__":
    try:
        code = main()
    finally:
        database.pytest_unconfigure(None)  # stops the server that importing it started
    sys.exit(code)
