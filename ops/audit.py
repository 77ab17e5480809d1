"""Looks at every package that runs in production: is a weakness known, and does its licence fit ours?

Prints one line per finding. Ends with 1 when there is one, with 0 when there is none or when the list of known
weaknesses cannot be reached: then it says so.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
ADVISORIES = "https://api.osv.dev/v1/query"
SECONDS = 120
# Licences that would bind what we publish. The LGPL is another one, and fits.
_BINDING = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)
_PARTED = re.compile(r"\bOR\b")
# Packages whose own licence is free and whose wheels carry GPL code, and why they may stay. What metadata say of
# them passes; they stand here so that whoever packages Touchstone knows.
CARRIED = {
    "pillow-heif": "its wheel carries x265 (GPL-2.0) for writing HEIC; Touchstone only reads it",
    "imageio-ffmpeg": "its wheel carries ffmpeg (GPL-3.0), which runs as a program of its own",
}


def main() -> int:
    names = set(locked_names(LOCK))
    found = [*licence_findings(names)]
    found += [f"{name} is required no more: take it off the list in ops/audit.py." for name in CARRIED.keys() - names]
    answer = known_weaknesses(LOCK)
    if answer is None:
        print("Known weaknesses could not be checked: the list of advisories cannot be reached from here.")
    else:
        found += weakness_findings(answer)
    for line in found:
        print(line)
    if not found:
        print(f"{len(names)} packages: every licence fits" + ("." if answer is None else ", no weakness is known."))
    return 1 if found else 0


def locked_names(lock: Path) -> Iterator[str]:
    """The package names of a requirements file."""
    for line in lock.read_text().splitlines():
        if line[:1].isalnum():
            yield re.split(r"[=<>!~\[; ]", line, maxsplit=1)[0]


def licence_findings(names: Iterable[str]) -> Iterator[str]:
    """A line for each installed package that only a binding licence allows to use; others are not for this machine."""
    for name in sorted(names):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        said = licence_of(dict(about.items()) | {"Classifier": "\n".join(about.get_all("Classifier") or [])})
        if is_binding(said):
            yield f"{name}: its licence ({said}) would bind Touchstone. Use another package."


def licence_of(about: dict[str, str]) -> str:
    """What a package's metadata says of its licence: the expression, else the classifiers, else a short free text."""
    if about.get("License-Expression"):
        return about["License-Expression"]
    classified = [row.rpartition(":: ")[2] for row in about["Classifier"].splitlines() if row.startswith("License ::")]
    return " OR ".join(classified) or about.get("License", "")[:100]


def is_binding(licence: str) -> bool:
    """Whether every way to use it goes through the GPL or AGPL."""
    ways = _PARTED.split(licence)
    return bool(licence) and all(_BINDING.search(way) for way in ways)


def known_weaknesses(lock: Path, advisories: str = ADVISORIES) -> dict[str, Any] | None:
    """pip-audit's answer for a lock file, from the OSV list; None when the list cannot be reached."""
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--osv-url", advisories]
    command += ["--require-hashes", "--disable-pip", "--requirement", str(lock)]
    command += ["--format", "json", "--progress-spinner", "off"]
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        answer = json.loads(ended.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    audited = [row for row in answer.get("dependencies", []) if "vulns" in row]
    return answer if audited else None


def weakness_findings(answer: dict[str, Any]) -> Iterator[str]:
    """A line for each known weakness in pip-audit's answer, and for each package it left out."""
    for row in answer["dependencies"]:
        if "skip_reason" in row:
            print(f"{row['name']} could not be checked: {row['skip_reason']}")
        for weakness in row.get("vulns", []):
            mended = ", ".join(weakness.get("fix_versions", [])) or "no version yet"
            yield f"{row['name']} {row['version']}: {weakness['id']}, mended in {mended}."


if __name__ == "__main__":
    sys.exit(main())
