"""The embedded database's launcher, with real servers in folders of their own."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest

from touchstone.kit import postgres, postgres_programs

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="what only root meets")


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "postgres"
    yield folder
    postgres.stop(folder)


def start(data: Path) -> postgres.Server:
    return postgres.start(data, durable=False)


def ask(server: postgres.Server, question: LiteralString, user: str = "touchstone") -> Any:
    url = postgres.ensure_role_and_database(server, "touchstone")
    with psycopg.connect(url.replace("user=touchstone", f"user={user}")) as connection:
        row = connection.execute(question).fetchone()
        assert row
        return row[0]


def tell(server: postgres.Server, statement: LiteralString) -> None:
    with psycopg.connect(postgres.ensure_role_and_database(server, "touchstone")) as connection:
        connection.execute(statement)


def test_start_when_folder_is_new_then_a_database_whose_role_is_no_superuser(data: Path) -> None:
    server = start(data)
    assert ask(server, "SELECT current_setting('is_superuser')") == "off"
    assert ask(server, "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user") is True
    assert ask(server, "SELECT current_setting('touchstone.embedded', true)") == "on"
    assert ask(server, "SELECT upper('é')") == "É"


def test_start_when_running_then_same_server_and_no_tcp(data: Path) -> None:
    server = start(data)
    assert start(data) == server
    assert ask(server, "SHOW listen_addresses", user="postgres") == ""
    assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(server.socket_dir / f".s.PGSQL.{server.port}"))


def test_role_when_it_asks_for_a_program_then_refused(data: Path) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        tell(start(data), "COPY (SELECT 1) TO PROGRAM 'cat'")


def test_stop_when_data_was_written_then_it_is_there_after_the_next_start(data: Path) -> None:
    tell(start(data), "CREATE TABLE kept AS SELECT 7 AS n")
    postgres.stop(data)
    assert postgres.find(data) is None
    assert ask(start(data), "SELECT n FROM kept") == 7


@pytest.mark.parametrize("name", ["a folder", 'it\'s; "odd", très', "x" * 150])
def test_start_when_path_is_odd_or_long_then_it_answers(tmp_path: Path, name: str) -> None:
    data = tmp_path / name / "postgres"
    try:
        server = start(data)
        assert ask(server, "SELECT 1") == 1
    finally:
        postgres.stop(data)
    assert server.socket_dir == data or not server.socket_dir.exists()


def test_start_when_parent_is_closed_to_others_then_it_stays_closed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = start(closed / "postgres")
    assert ask(server, "SELECT 1") == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    postgres.stop(server.data)


def test_start_when_four_at_once_then_one_server(data: Path) -> None:
    code = "import sys, pathlib; from touchstone.kit import postgres as p; s = p.start(pathlib.Path(sys.argv[1]));"
    code += "p.ensure_role_and_database(s, 'touchstone'); print((s.data / 'postmaster.pid').read_text().split()[0])"

    def run(_: int) -> str:
        return subprocess.run([sys.executable, "-c", code, data], capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(4) as pool:
        pids = set(pool.map(run, range(4)))
    assert len(pids) == 1


def test_running_when_one_of_two_users_leaves_then_the_last_one_stops_it(data: Path) -> None:
    with postgres.running(data, durable=False):
        with postgres.running(data, durable=False) as server:
            pass
        assert ask(server, "SELECT 1") == 1
    assert postgres.find(data) is None


def test_running_when_another_user_was_killed_then_it_is_not_waited_for(data: Path) -> None:
    code = "import sys, pathlib, time; from touchstone.kit import postgres as p\n"
    code += "with p.running(pathlib.Path(sys.argv[1])): print('up', flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", code, data], stdout=subprocess.PIPE, text=True)
    assert other.stdout
    assert other.stdout.readline() == "up\n"
    with postgres.running(data):
        other.kill()
        other.wait()
        other.stdout.close()
    assert postgres.find(data) is None


def test_start_when_server_was_killed_then_committed_rows_are_there(data: Path) -> None:
    server = postgres.start(data)
    tell(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(int((data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert ask(postgres.start(data), "SELECT count(*) FROM kept") == 1000


def test_start_when_dead_servers_number_went_to_another_program_then_it_starts(data: Path) -> None:
    start(data)
    pid_file = data / "postmaster.pid"
    left = pid_file.read_text().splitlines()
    postgres.stop(data)
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as other:
        pid_file.write_text("\n".join([str(other.pid), *left[1:]]) + "\n")
        begin = time.monotonic()
        assert ask(start(data), "SELECT 1") == 1
        other.kill()
    assert time.monotonic() - begin < 15


def test_start_when_an_earlier_setup_was_interrupted_then_it_begins_anew(data: Path) -> None:
    half = data.with_name("postgres.init")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    assert ask(start(data), "SELECT 1") == 1


def test_start_when_folder_holds_something_else_then_a_sentence_and_nothing_touched(data: Path) -> None:
    data.mkdir()
    (data / "letters.txt").write_text("mine")
    with pytest.raises(postgres.PostgresUnavailable, match="holds files, but no PostgreSQL database"):
        start(data)
    assert (data / "letters.txt").read_text() == "mine"


def test_start_when_parent_cannot_be_written_then_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(postgres.PostgresUnavailable, match="cannot be written"):
        start(tmp_path / "file" / "postgres")


def test_start_when_folder_is_of_an_unreadable_major_then_told_to_dump_and_restore(data: Path) -> None:
    data.mkdir()
    (data / "PG_VERSION").write_text("14\n")
    with pytest.raises(postgres.PostgresUnavailable, match=r"written by PostgreSQL 14.*pg_dumpall.*restore"):
        start(data)


def test_start_when_folder_is_of_an_older_major_in_the_wheel_then_carried_over(data: Path) -> None:
    majors = postgres_programs.wheel_majors()
    oldest, newest = min(majors), max(majors)
    if oldest == newest:
        pytest.skip("this wheel holds one major release only")
    tell(postgres.start(data, bindir=majors[oldest], durable=False), "CREATE TABLE kept AS SELECT 'Zoë' AS n")
    postgres.stop(data)
    said: list[str] = []
    server = postgres.start(data, durable=False, say=said.append)
    assert ask(server, "SELECT n FROM kept") == "Zoë"
    assert ask(server, "SELECT current_setting('is_superuser')") == "off"
    assert ask(server, "SHOW server_version").startswith(f"{newest}.")
    assert f"written by PostgreSQL {oldest}" in said[0]
    kept = data.with_name(f"postgres.major-{oldest}")
    assert (kept / "PG_VERSION").read_text() == f"{oldest}\n"
    assert not data.with_name("postgres.dump.sql").exists()


def test_start_when_an_upgrade_was_interrupted_then_told_where_the_data_is(data: Path) -> None:
    data.with_name("postgres.before-18").mkdir()
    with pytest.raises(postgres.PostgresUnavailable, match=r"interrupted.*postgres\.before-18"):
        start(data)


def test_start_when_wheel_is_missing_then_a_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programs, "wheel_majors", dict)
    with pytest.raises(postgres.PostgresUnavailable, match="DATABASE_URL"):
        start(data)


@as_root
def test_start_when_root_may_make_no_namespace_then_it_runs_as_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_programs, "namespaces_allowed", lambda: False)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = start(closed / "postgres")
    assert ask(server, "SELECT 1") == 1
    assert server.data.owner() == "nobody"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    postgres.stop(server.data)
    assert ask(start(server.data), "SELECT 1") == 1
    postgres.stop(server.data)


def test_import_when_django_has_no_settings_then_it_works() -> None:
    code = "import sys; from touchstone.kit import postgres; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
