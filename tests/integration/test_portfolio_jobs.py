"""The nightly job that removes evidence no row owns."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from tests import builders as b
from tests.cast import Cast
from touchstone.kit import storage
from touchstone.portfolio import intake, jobs
from touchstone.portfolio.models import Artifact


@pytest.fixture
def files(tmp_path: Path, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    return tmp_path


def _age(key: str) -> None:
    moment = (dt.datetime.now() - dt.timedelta(days=1)).timestamp()
    os.utime(default_storage.path(key), (moment, moment))


def test_orphans_are_removed_and_owned_or_young_files_stay(cast: Cast, files: Path):
    submission = cast.draft()
    Artifact.objects.filter(submission=submission).delete()
    note = files / "note.txt"
    note.write_text("Twelve students answered after the pause.")
    artifact = intake.add_file(
        actor=b.actor(cast.earner), token=submission.token, slot="recording", name="note.txt", path=note, now=b.NOW
    )
    orphan, young = storage.new_folder(), storage.new_folder()
    storage.keep(f"{orphan}/original", note)
    storage.keep(f"{young}/original", note)
    for key in (artifact.original, artifact.blind, f"{orphan}/original"):
        _age(key)

    jobs.remove_orphans(timestamp=0)

    assert default_storage.exists(artifact.original)
    assert default_storage.exists(artifact.blind)
    assert default_storage.exists(f"{young}/original")
    assert not default_storage.exists(orphan)
