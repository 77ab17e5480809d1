"""How `make` finds a Python: it runs every candidate, because a name on PATH may lead nowhere."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).resolve().parents[3] / "Makefile"
SHIM = "#!/bin/sh\necho 'python: command not found' >&2\nexit 127\n"
OLD = "#!/bin/sh\n[ \"$1\" = --version ] && echo 'Python 3.11.2' && exit 0\nexit 1\n"  # the check on its version fails


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A project folder with a space in its name, and a PATH that holds only what a test puts there."""
    (tmp_path / "a project").mkdir()
    shutil.copy(MAKEFILE, tmp_path / "a project" / "Makefile")
    (tmp_path / "bin").mkdir()
    return tmp_path


def install(folder: Path, name: str, program: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(program)
    (folder / name).chmod(0o755)


def real() -> str:
    return f'#!/bin/sh\nexec "{sys.executable}" "$@"\n'


def find(machine: Path) -> subprocess.CompletedProcess[str]:
    make = shutil.which("make")
    assert make
    environment = {"PATH": str(machine / "bin"), "PYENV_ROOT": str(machine / "py env"), "HOME": str(machine)}
    command = [make, "-s", "python"]
    project = machine / "a project"
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def answer(machine: Path) -> str:
    done = find(machine)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def base_python() -> str:
    return os.path.realpath(sys.executable)


def test_python_when_newer_names_lead_nowhere_then_a_later_one_is_taken(machine: Path) -> None:
    install(machine / "bin", "python3.13", SHIM)
    install(machine / "bin", "python3.14", SHIM)
    install(machine / "bin", "python3", real())
    assert os.path.realpath(answer(machine)) == base_python()


def test_python_when_only_pyenv_has_one_then_it_is_found(machine: Path) -> None:
    install(machine / "bin", "python3", OLD)
    install(machine / "py env/versions/3.12.9/bin", "python", real())
    assert os.path.realpath(answer(machine)) == base_python()


def test_python_when_none_is_in_range_then_a_sentence_names_what_is_there(machine: Path) -> None:
    install(machine / "bin", "python3", OLD)
    done = find(machine)
    assert done.returncode != 0
    assert "needs Python 3.12, 3.13 or 3.14 and found none (python3 is Python 3.11.2)" in done.stderr


def test_python_when_it_cannot_make_environments_then_told_what_to_install(machine: Path) -> None:
    body = f'case "$*" in *ensurepip*) exit 1;; *sys*) echo "{machine}/bin/python3"; exit 0;; esac\nexit 1\n'
    install(machine / "bin", "python3", "#!/bin/sh\n" + body)
    done = find(machine)
    assert done.returncode != 0
    assert "cannot make environments" in done.stderr
    assert "python3-venv" in done.stderr


def test_help_when_asked_then_every_target_of_the_front_door_is_listed(machine: Path) -> None:
    make = shutil.which("make")
    assert make
    done = subprocess.run([make, "help"], cwd=machine / "a project", capture_output=True, text=True, check=True)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {"demo", "test", "test-all", "check", "bench", "shots", "lock", "clean", "help"} <= listed
