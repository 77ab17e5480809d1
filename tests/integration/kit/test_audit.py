"""The audit of `make check`: licences from what is installed, weaknesses from a list that may be out of reach."""

import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from ops import audit


@pytest.mark.parametrize(
    ("licence", "binding"),
    [
        ("MIT", False),
        ("Apache-2.0 OR GPL-2.0-or-later", False),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("MIT AND GPL-2.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 (GPLv2)", True),
    ],
)
def test_a_licence_that_binds_is_told_from_one_that_does_not(licence: str, binding: bool):
    assert audit.is_binding(licence) is binding


def test_licence_is_read_where_packages_say_it():
    old = "License :: OSI Approved :: MIT License\nProgramming Language :: Python"
    assert audit.licence_of({"License-Expression": "BSD-3-Clause", "Classifier": old}) == "BSD-3-Clause"
    assert audit.licence_of({"License": "long text", "Classifier": old}) == "MIT License"
    assert audit.licence_of({"License": "ISC", "Classifier": ""}) == "ISC"


def test_every_package_that_runs_here_has_a_licence_that_fits():
    names = list(audit.locked_names(audit.LOCK))
    assert "django" in names
    assert "pytest" not in names
    assert not list(audit.licence_findings(names))


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch):
    """Stands in for pip-audit: prints what it is told."""

    def say(text: str) -> None:
        monkeypatch.setattr(subprocess, "run", lambda *args, **how: SimpleNamespace(stdout=text))

    return say


def test_a_known_weakness_ends_the_check(answered, capsys):
    weak = {"name": "django", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
    answered(json.dumps({"dependencies": [weak]}))
    assert audit.main() == 1
    assert "django 1.0: PYSEC-1, mended in 1.1." in capsys.readouterr().out


def test_no_known_weakness_passes(answered, capsys):
    answered(json.dumps({"dependencies": [{"name": "django", "version": "6.1", "vulns": []}]}))
    assert audit.main() == 0
    assert "no weakness is known" in capsys.readouterr().out


@pytest.mark.parametrize("said", ["", "no network", json.dumps({"dependencies": [{"name": "x", "skip_reason": "y"}]})])
def test_a_list_out_of_reach_is_said_and_stops_nobody(answered, capsys, said: str):
    answered(said)
    assert audit.main() == 0
    assert "could not be checked" in capsys.readouterr().out


def test_a_program_that_hangs_is_left(monkeypatch: pytest.MonkeyPatch, capsys):
    def hangs(*args: object, **how: object) -> None:
        raise subprocess.TimeoutExpired("pip_audit", 1)

    monkeypatch.setattr(subprocess, "run", hangs)
    assert audit.main() == 0
    assert "could not be checked" in capsys.readouterr().out


def test_names_are_read_from_a_lock_file(tmp_path: Path):
    lock = tmp_path / "run.txt"
    rows = ("psycopg[binary]==3.3.9 ; os_name == 'posix' \\", "    --hash=sha256:00", "# note", "Django==6.1")
    lock.write_text("\n".join(rows))
    assert list(audit.locked_names(lock)) == ["psycopg", "Django"]


class Advisories(BaseHTTPRequestHandler):
    """Speaks the protocol of OSV: a weakness for one package, none for others."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        weak = {
            "id": "PYSEC-2026-1",
            "summary": "It is weak.",
            "affected": [
                {
                    "package": {"name": "touchpaper", "ecosystem": "PyPI"},
                    "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
                    "versions": ["1.0"],
                }
            ],
        }
        found = json.dumps({"vulns": [weak]} if asked["package"]["name"] == "touchpaper" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(found)))
        self.end_headers()
        self.wfile.write(found)

    def log_message(self, *args: object) -> None:
        pass


def test_advisories_are_read_by_the_real_program(tmp_path: Path):
    lock = tmp_path / "run.txt"
    digest = "0" * 64
    lock.write_text(f"touchpaper==1.0 --hash=sha256:{digest}\nfireproof==2.0 --hash=sha256:{digest}\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), Advisories) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = audit.known_weaknesses(lock, f"http://127.0.0.1:{server.server_port}/v1/query")
        server.shutdown()
    assert found is not None
    assert list(audit.weakness_findings(found)) == ["touchpaper 1.0: PYSEC-2026-1, mended in 1.1."]
