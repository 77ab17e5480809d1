"""`make demo`: the whole platform on this machine, with demonstration data, until Ctrl-C."""

import fcntl
import http.client
import os
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from touchstone.config.processes import Child, web_command, worker_command
from touchstone.kit import postgres

DATABASE = "touchstone"
_UP_SECONDS = 90
_TEND_SECONDS = 0.3
_DATABASE_SECONDS = 2.0
_HOST = "127.0.0.1"


class CannotStart(Exception):
    """The demonstration cannot start; the message is a sentence that says what to do."""


def run(*, small: bool = False, reset: bool = False) -> int:
    """Set up, start and keep the demonstration until Ctrl-C or SIGTERM; 0 when it was asked to stop.

    ``small`` loads one piece of work of every kind, ``reset`` throws away what is there and loads anew.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    begin = time.monotonic()
    port = chosen_port()
    try:
        with ExitStack() as stack:
            stack.callback(_ignore_signals)  # runs last: nothing may disturb the database's stop
            data = stack.enter_context(_data_folder(port))
            _require_free(port)
            database = _set_up(data, port, stack, small=small, reset=reset)
            stack.callback(_ignore_signals)
            _keep_running(data, port, begin, stack, database)
    except KeyboardInterrupt:
        _ignore_signals()
    return 0


def connect_to_running() -> None:
    """Let another command of this installation use the running demonstration's database and secret.

    Raises CannotStart when none runs in TOUCHSTONE_DATA.
    """
    data = data_folder()
    server = postgres.find(data / "postgres")
    if server is None:
        raise CannotStart(f"No demonstration is running in {data}. Start it with make demo, or set DATABASE_URL.")
    address = urlsplit((data / "demo.lock").read_text())
    os.environ["DATABASE_URL"] = server.url(DATABASE)
    os.environ.setdefault("PORT", str(address.port or chosen_port()))
    os.environ.setdefault("TOUCHSTONE_SECRET", _kept_secret(data))


def data_folder() -> Path:
    return Path(os.environ.get("TOUCHSTONE_DATA") or ".data").expanduser().absolute()


def chosen_port() -> int:
    said = os.environ.get("PORT") or "8000"
    if not said.isdecimal() or not 1 <= int(said) <= 65535:
        raise CannotStart(f"PORT is {said!r}, but it must be a number from 1 to 65535, for instance PORT=8000.")
    return int(said)


# --- setting up ------------------------------------------------------------------------------------------


def _set_up(data: Path, port: int, stack: ExitStack, *, small: bool, reset: bool) -> "_Database | None":
    """Bring everything up to date; returns the embedded database, or None when DATABASE_URL names a server."""
    os.environ |= {
        "TOUCHSTONE_MODE": "demonstration",
        "TOUCHSTONE_DATA": str(data),
        "PORT": str(port),
        "TOUCHSTONE_ORIGIN": f"http://localhost:{port}",
        "TOUCHSTONE_MEDIA_ORIGIN": f"http://{_HOST}:{port}",  # to a browser, another origin
        "DJANGO_SETTINGS_MODULE": "touchstone.config.settings",
    }
    os.environ.setdefault("TOUCHSTONE_SECRET", _kept_secret(data))
    database = None
    if not os.environ.get("DATABASE_URL"):
        with _step("Starting the embedded database"):
            server = stack.enter_context(postgres.running(data / "postgres", say=_say))
            os.environ["DATABASE_URL"] = postgres.ensure_role_and_database(server, DATABASE)
            database = _Database(server.data)
    from touchstone.config import preparation  # Django reads the environment when it is imported

    with _step("Bringing the database's tables up to date"):
        preparation.migrate()
    with _step("Collecting styles and scripts"):
        preparation.collect_static()
    with _step("Loading the demonstration data " + ("anew" if reset else "unless they are there")):
        preparation.load_demonstration(small=small, reset=reset)
    preparation.disconnect()
    return database


@contextmanager
def _data_folder(port: int) -> Iterator[Path]:
    """Make and lock the data folder; a second demonstration in the same folder is told where the first one is."""
    data = data_folder()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = (data / "demo.lock").open("a+")
    except OSError as error:
        raise CannotStart(
            f"The folder {data} cannot be written ({error.strerror}). Make it writable for this account, "
            "or name another one: make demo TOUCHSTONE_DATA=folder"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"A demonstration is already running in {data}: {lock.read().strip()}. "
                "For a second one, name another folder and port: make demo TOUCHSTONE_DATA=folder PORT=8001"
            ) from None
        lock.truncate(0)
        lock.write(f"http://localhost:{port}/")
        lock.flush()
        yield data


def _require_free(port: int) -> None:
    for family, host in ((socket.AF_INET, _HOST), (socket.AF_INET6, "::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as probe:  # a machine without IPv6
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                raise CannotStart(
                    f"Port {port} is already used by another program. "
                    f"Choose another one: make demo PORT={port % 65535 + 1}"
                )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            raise CannotStart(
                f"Port {port} cannot be opened ({error.strerror}). Choose another one: make demo PORT=8001"
            ) from error


def _kept_secret(data: Path) -> str:
    """The installation's random secret, made at first use and readable by its owner only."""
    file = data / "secret"
    with suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as fresh:
            fresh.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


# --- running -----------------------------------------------------------------------------------------------


class _Database:
    """The embedded server, kept running. It is nobody's child, so its death shows only when it does not answer."""

    def __init__(self, data: Path) -> None:
        self._data, self._asked_at = data, time.monotonic()

    def tend(self) -> None:
        """Start the server again when it does not answer; to be called often. Raises PostgresUnavailable."""
        if time.monotonic() - self._asked_at < _DATABASE_SECONDS:
            return
        if postgres.find(self._data) is None:
            _say("The database does not answer; starting it again.")
            postgres.start(self._data, say=_say)
        self._asked_at = time.monotonic()


def _keep_running(data: Path, port: int, begin: float, stack: ExitStack, database: _Database | None) -> None:
    children = [Child("web server", web_command(_HOST, port), _say), Child("job worker", worker_command(), _say)]
    kept: list[Child | _Database] = [*([database] if database else []), *children]
    stack.callback(_stop_all, children)
    with _step("Starting the web server and the job worker"):
        _wait_until_up(port, kept)
    _say(
        f"\nTouchstone is up after {time.monotonic() - begin:.0f} s:  http://localhost:{port}/\n"
        f"Sign in as anyone of the demonstration:  http://localhost:{port}/demo/\n"
        f"The data stays in {data}. Stop with Ctrl-C.\n"
    )
    while True:
        _tend(kept)


def _tend(kept: list[Child | _Database]) -> None:
    if _asked_to_stop:
        raise KeyboardInterrupt
    for one in kept:
        one.tend()
    time.sleep(_TEND_SECONDS)


def _wait_until_up(port: int, kept: list[Child | _Database]) -> None:
    deadline = time.monotonic() + _UP_SECONDS
    while not _healthy(port):
        if time.monotonic() > deadline:
            raise CannotStart(
                f"The web server did not answer within {_UP_SECONDS} seconds. The lines above say why; "
                "touchstone doctor checks the installation."
            )
        _tend(kept)


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(_HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _stop_all(children: list[Child]) -> None:
    _ignore_signals()
    with _step("Stopping"):
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait_until_stopped()


_asked_to_stop = False


def _interrupt(_number: int, _frame: object) -> None:
    """Stop at once; the mark is for the moment a process is being started, when Python drops what a handler raises."""
    global _asked_to_stop
    _asked_to_stop = True
    raise KeyboardInterrupt


def _ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Say what is being done, and after it how many seconds it took."""
    begin = time.monotonic()
    _say(f"{what} …")
    yield
    _say(f"  {time.monotonic() - begin:.1f} s")


def _say(sentence: str) -> None:
    with suppress(BrokenPipeError):
        print(sentence, flush=True)
