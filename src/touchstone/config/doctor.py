"""`touchstone doctor`: named checks of an installation, each answered with a sentence that says what to do."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from touchstone.kit import postgres

PYTHON_RANGE = ((3, 12), (3, 14))


@dataclass(frozen=True)
class Finding:
    """One check's answer. `well` is None when the check could not be made."""

    check: str
    well: bool | None
    sentence: str


def run(out: TextIO) -> int:
    """Print one line per check; 0 when every check that could be made is well, else 1."""
    findings = list(examine())
    marks = {True: "ok", False: "MEND", None: "-"}
    for finding in findings:
        first, *rest = finding.sentence.splitlines()
        out.write(f"{marks[finding.well]:<5} {finding.check:<11} {first}\n")
        out.writelines(f"{'':<17} {line}\n" for line in rest)
    return 1 if any(finding.well is False for finding in findings) else 0


def examine() -> Iterator[Finding]:
    """Every check in order; those that need settings or a database are left out with a reason when these fail."""
    yield check_python(sys.version_info[:2])
    yield check_data_folder(_data_folder())
    settings = check_settings()
    yield settings
    if not settings.well:
        yield Finding("database", None, "Not checked: the settings come first.")
        return
    from django.db import OperationalError, connection

    try:
        yield check_version(connection.cursor().connection.info.server_version // 10000)
    except OperationalError as problem:
        said = " ".join(str(problem).split())
        yield Finding("database", False, f"The database does not answer ({said}). Check DATABASE_URL and the server.")
        return
    yield check_embedded()
    yield check_migrations()
    yield check_worker()


def check_python(version: tuple[int, int]) -> Finding:
    said = ".".join(map(str, version))
    lowest, highest = (".".join(map(str, end)) for end in PYTHON_RANGE)
    if PYTHON_RANGE[0] <= version <= PYTHON_RANGE[1]:
        return Finding("python", True, f"Python {said} is in range.")
    return Finding("python", False, f"Python {said} is not in range. Install one from {lowest} to {highest}.")


def check_data_folder(folder: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Finding("folder", True, f"The data folder {folder} can be written.")
    except OSError as problem:
        return Finding(
            "folder", False, f"The data folder {folder} cannot be written ({problem.strerror}). Set TOUCHSTONE_DATA."
        )


def check_settings() -> Finding:
    """Secret, origins, database address and mail: production refuses to run without them."""
    from touchstone.config import demo, preparation
    from touchstone.config.environment import SettingsRefused

    try:
        if os.environ.get("TOUCHSTONE_MODE") == "demonstration" and not os.environ.get("DATABASE_URL"):
            demo.connect_to_running()
        preparation.open_django()
    except (SettingsRefused, demo.CannotStart, postgres.PostgresUnavailable) as problem:
        return Finding("settings", False, str(problem))
    from django.conf import settings

    mode = settings.ENVIRONMENT.mode
    return Finding("settings", True, f"Mode {mode}, secret set, origin {settings.ORIGIN}.")


def check_version(major: int) -> Finding:
    if major >= postgres.LOWEST_MAJOR:
        return Finding("database", True, f"PostgreSQL {major} answers.")
    return Finding("database", False, f"PostgreSQL {major} is too old. Use {postgres.LOWEST_MAJOR} or newer.")


def check_embedded() -> Finding:
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [postgres.EMBEDDED_MARK])
        embedded = cursor.fetchone()[0] == "on"
    if not embedded:
        return Finding("server", True, "The database has a server of its own.")
    if settings.ENVIRONMENT.mode == "production":
        sentence = "The embedded database is for demonstrations. Name a PostgreSQL server with backups in DATABASE_URL."
        return Finding("server", False, sentence)
    return Finding("server", True, "The embedded database serves a demonstration or tests.")


def check_migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        return Finding("tables", False, f"{waiting} migrations are not applied. Run: touchstone migrate")
    return Finding("tables", True, "All migrations are applied.")


def check_worker() -> Finding:
    from django.db import DatabaseError

    from touchstone.kit import jobs

    alive: Callable[[], bool] = jobs.worker_is_alive
    try:
        if alive():
            return Finding("worker", True, "A job worker has shown a sign of life within the last seconds.")
    except DatabaseError:
        return Finding("worker", None, "Not checked: the tables come first.")
    return Finding(
        "worker", False, "No job worker runs, so no mail is sent and no badge is issued. Run: touchstone worker"
    )


def _data_folder() -> Path:
    return Path(os.environ.get("TOUCHSTONE_DATA") or ".data").expanduser().absolute()
