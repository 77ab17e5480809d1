"""The `touchstone` command: what a person is told when something foreseeable is wrong."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from touchstone.config import chromium, doctor


def touchstone(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TOUCHSTONE_", "DATABASE_", "DJANGO_"))}
    command = [sys.executable, "-m", "touchstone.config.command", *arguments]
    return subprocess.run(command, env=kept | environment, capture_output=True, text=True, check=False)


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence on standard error of a command that did not do what was asked."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_demo_when_port_is_taken_then_another_one_is_proposed(tmp_path: Path, taken_port: int) -> None:
    done = touchstone("demo", PORT=str(taken_port), TOUCHSTONE_DATA=str(tmp_path / "data"))
    assert f"Port {taken_port} is already used" in refusal(done)
    assert "make demo PORT=" in done.stderr


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_demo_when_port_is_no_port_then_a_sentence(tmp_path: Path, port: str) -> None:
    assert "PORT is" in refusal(touchstone("demo", PORT=port, TOUCHSTONE_DATA=str(tmp_path / "data")))


def test_demo_when_folder_cannot_be_written_then_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = touchstone("demo", TOUCHSTONE_DATA=str(tmp_path / "file" / "data"))
    assert "cannot be written" in refusal(done)
    assert "TOUCHSTONE_DATA=" in done.stderr


def test_demo_when_one_runs_in_the_folder_then_told_where(tmp_path: Path) -> None:
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("http://localhost:8123/")
        lock.flush()
        said = refusal(touchstone("demo", TOUCHSTONE_DATA=str(tmp_path)))
    assert "already running" in said
    assert "http://localhost:8123/" in said


def test_migrate_when_production_has_no_secret_then_a_sentence() -> None:
    assert "TOUCHSTONE_SECRET must hold" in refusal(touchstone("migrate"))


def test_migrate_when_no_database_answers_then_a_sentence(tmp_path: Path) -> None:
    url = f"postgresql:///touchstone?host={tmp_path}&user=touchstone"
    done = touchstone("migrate", TOUCHSTONE_MODE="demonstration", DATABASE_URL=url)
    assert "The database cannot be used" in refusal(done)


def test_worker_when_no_demonstration_runs_then_a_sentence(tmp_path: Path) -> None:
    done = touchstone("worker", TOUCHSTONE_MODE="demonstration", TOUCHSTONE_DATA=str(tmp_path))
    assert "No demonstration is running" in refusal(done)


def test_content_check_when_folder_is_wrong_then_every_problem_is_named(tmp_path: Path) -> None:
    (tmp_path / "items").mkdir()
    (tmp_path / "items" / "a.json").write_text("{")
    said = refusal(touchstone("content", "check", tmp_path))
    assert "issuers.json" in said
    assert "items/a.json" in said
    assert "is not a folder" in refusal(touchstone("content", "check", tmp_path / "absent"))


def test_verify_when_file_is_no_badge_then_named_steps_and_no_django(tmp_path: Path) -> None:
    (tmp_path / "letter.json").write_text("Dear all")
    code = "import sys; from touchstone.config import command; code = command.main(sys.argv[1:]);"
    code += "sys.exit(99 if 'django' in sys.modules else code)"
    command = [sys.executable, "-c", code, "verify", tmp_path / "letter.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "parsed" in done.stdout


def test_command_when_called_wrongly_then_usage() -> None:
    done = touchstone("dance")
    assert done.returncode == 2
    assert "usage: touchstone" in done.stderr


@pytest.mark.parametrize(("version", "well"), [((3, 11), False), ((3, 12), True), ((3, 14), True), ((3, 15), False)])
def test_doctor_when_python_is_looked_at_then_only_the_range_is_well(version: tuple[int, int], well: bool) -> None:
    assert doctor.check_python(version).well is well


def test_doctor_when_postgresql_is_too_old_then_told_the_oldest_one() -> None:
    assert doctor.check_version(15).well
    assert "15 or newer" in doctor.check_version(14).sentence
    assert doctor.check_version(14).well is False


def test_doctor_when_production_is_bare_then_settings_come_first(tmp_path: Path) -> None:
    done = touchstone("doctor", TOUCHSTONE_DATA=str(tmp_path / "absent"))
    assert done.returncode == 1
    lines = dict(line.split(None, 2)[1::-1] for line in done.stdout.splitlines() if not line.startswith(" "))
    assert lines == {"python": "ok", "folder": "MEND", "settings": "MEND", "database": "-"}


@pytest.mark.django_db
def test_doctor_when_the_tests_database_is_examined_then_no_worker_is_the_only_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOUCHSTONE_DATA", str(tmp_path))
    findings = {finding.check: finding for finding in doctor.examine()}
    assert [name for name, finding in findings.items() if not finding.well] == ["worker"]
    assert findings["tables"].sentence == "All migrations are applied."


@pytest.mark.django_db
def test_doctor_when_production_uses_the_embedded_database_then_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings
    from django.db import connection

    from touchstone.kit import postgres

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [postgres.EMBEDDED_MARK])
    assert doctor.check_embedded().well
    production = settings.ENVIRONMENT.model_copy(update={"mode": "production"})
    monkeypatch.setattr(settings, "ENVIRONMENT", production)
    found = doctor.check_embedded()
    assert found.well is False
    assert "DATABASE_URL" in found.sentence


def test_chromium_when_one_is_named_then_it_is_taken_and_a_wrong_name_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\n")
    monkeypatch.setenv("TOUCHSTONE_CHROMIUM", str(browser))
    assert chromium.find() is None
    browser.chmod(0o755)
    assert chromium.find() == browser


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_chromium_when_it_is_missing_then_only_ci_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("TOUCHSTONE_CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("CI", ci)
    assert chromium.main() == code
    assert "Install it" in capsys.readouterr().err
