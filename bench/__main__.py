"""`make bench`: start the whole product in a temporary folder, measure, print one table."""

import os
import tempfile
from pathlib import Path

from bench import assignment, pages, privacy, reliability, signing, throughput
from bench.table import Row, show
from tests import stack as product
from touchstone.kit import postgres


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print("Starting the demonstration …", flush=True)
        stack = product.start(Path(folder))
        try:
            _use_its_database(stack)
            rows: list[Row] = [*pages.measure(stack.demo()), *throughput.measure(stack), *signing.measure()]
        finally:
            stack.stop()
    rows += [*privacy.measure(), *reliability.measure(), *assignment.measure()]
    show(rows)


def _use_its_database(stack: product.Stack) -> None:
    """Let this process read what the demonstration serves."""
    data = stack.folder / "data"
    server = postgres.find(data / "postgres")
    if server is None:
        raise SystemExit("The demonstration's database was not found.")
    os.environ |= {
        "TOUCHSTONE_MODE": "demonstration",
        "TOUCHSTONE_DATA": str(data),
        "TOUCHSTONE_SECRET": (data / "secret").read_text().strip(),
        "TOUCHSTONE_ORIGIN": stack.origin,
        "DATABASE_URL": server.url("touchstone"),
        "DJANGO_SETTINGS_MODULE": "touchstone.config.settings",
        "PORT": str(stack.port),
    }
    import django

    django.setup()


if __name__ == "__main__":
    main()
