"""The browser that journey tests and screenshots drive: the machine's own Chromium, installed when it can be.

`python -m touchstone.config.chromium` finds or installs it and says in a sentence what is missing.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_PROGRAMS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
PACKAGE = "chromium"


def find() -> Path | None:
    """The browser named in TOUCHSTONE_CHROMIUM, else the first one on PATH or in its usual place, else None."""
    named = os.environ.get("TOUCHSTONE_CHROMIUM")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    on_path = (shutil.which(name) for name in NAMES)
    usual = (str(program) for program in MAC_PROGRAMS if program.exists())
    return next((Path(program) for program in (*on_path, *usual) if program), None)


def main() -> int:
    """Make sure a browser is there; 1 only where its absence must not pass unseen (CI)."""
    if find() or (_install() and find()):
        return 0
    print(
        "No Chromium was found, so the tests in a browser are skipped. Install it "
        "(Debian: apt-get install chromium), or name one in TOUCHSTONE_CHROMIUM.",
        file=sys.stderr,
    )
    return 1 if os.environ.get("CI") else 0


def _install() -> bool:
    """Install the package without a question, where this account may."""
    prefix = _right_to_install()
    if prefix is None or os.environ.get("TOUCHSTONE_CHROMIUM"):
        return False
    begin = time.monotonic()
    print(f"Installing {PACKAGE}, the browser the tests drive", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", PACKAGE]):
        command = [*prefix, "apt-get", *step]
        if subprocess.run(command, env=environment, check=False, capture_output=True).returncode:
            return False
    print(f"Installed after {time.monotonic() - begin:.0f} s")
    return True


def _right_to_install() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


if __name__ == "__main__":
    sys.exit(main())
