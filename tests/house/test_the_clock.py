"""Only the clock reads the time, but for what guards the machine itself."""

import re
from pathlib import Path

import touchstone

ROOT = Path(touchstone.__file__).parent
READS_TIME = re.compile(r"\b(timezone\.(now|localdate|localtime)\(\)|datetime\.(now|today|utcnow)\(|date\.today\()")
ON_REAL_TIME = {
    "api/bearer.py",  # the age of access tokens
    "kit/clock.py",  # the clock itself
    "kit/jobs.py",  # sweeps of limits' counters and of half uploads
    "kit/uploads.py",  # the age of files on disk
    "portfolio/jobs.py",  # the age of files in storage
    "people/lockout.py",  # sign-in
    "web/limits.py",  # limits
    "config/command.py",  # a command of whoever runs the machine
}


def test_only_the_clock_reads_the_time() -> None:
    reading = {str(path.relative_to(ROOT)) for path in ROOT.rglob("*.py") if READS_TIME.search(path.read_text("utf-8"))}
    assert reading <= ON_REAL_TIME, "hand the moment in, or read it from touchstone.kit.clock"
    assert reading >= ON_REAL_TIME, "no longer an exception"
