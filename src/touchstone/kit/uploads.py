"""Files on their way in: a folder of our own, emptied of what a killed process left behind."""

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils import timezone

CUT_OFF = "touchstone.cut_off"  # in a request's META: the name of the file whose end never came
GRACE = timedelta(hours=6)  # longer than any upload takes


class UploadHandler(TemporaryFileUploadHandler):
    """Django's, with the folder made at first use; each upload sweeps it, for hosts on which no worker runs."""

    def new_file(self, *args: Any, **facts: Any) -> None:
        remove_leftovers(now=timezone.now())
        super().new_file(*args, **facts)

    def upload_interrupted(self) -> None:
        """Remove the half file, and keep its name: Django drops it without a word."""
        super().upload_interrupted()
        if self.request is not None:
            self.request.META[CUT_OFF] = self.file_name


def folder() -> Path:
    """Where uploads and copies in the making lie until they are stored; only this account can look inside."""
    place = Path(settings.FILE_UPLOAD_TEMP_DIR)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def remove_leftovers(*, now: datetime) -> None:
    """Remove what has lain here for so long that whoever wrote it must have been killed."""
    for path in folder().iterdir():
        with suppress(FileNotFoundError):  # its owner, or another sweep, was faster
            if path.stat().st_mtime < (now - GRACE).timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
