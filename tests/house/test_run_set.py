"""The product runs with what requirements/run.txt installs: nothing of the tests' set is leaned on unseen."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = """
import importlib.abc, importlib.metadata, os, re, sys

allowed = set(sys.argv[1:])
plain = lambda name: re.sub(r"[-_.]+", "-", name).lower()
places = importlib.metadata.packages_distributions()

class OnlyTheRunSet(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        owners = {plain(one) for one in places.get(name.partition(".")[0], ())}
        if owners and not owners & allowed:
            raise ModuleNotFoundError(f"{name} is of {sorted(owners)}, which requirements/run.txt does not install")

sys.meta_path.insert(0, OnlyTheRunSet())
import django
django.setup()
import touchstone.config.command, touchstone.config.demo, touchstone.config.urls, touchstone.config.wsgi
from django.urls import get_resolver
from procrastinate.contrib.django import app
assert get_resolver().reverse_dict and app.tasks
print("imported")
"""


def _run_set() -> list[str]:
    lines = (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines()
    names = [found[1] for line in lines if (found := re.match(r"([A-Za-z0-9._-]+)==", line))]
    return [re.sub(r"[-_.]+", "-", name).lower() for name in names]


def test_product_when_only_the_run_set_is_there_then_all_of_it_can_be_imported():
    names = [*_run_set(), "touchstone"]
    assert "django" in names
    done = subprocess.run(
        [sys.executable, "-c", START, *names], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.strip().endswith("imported"), done.stderr[-2000:]
