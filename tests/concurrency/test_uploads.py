"""What a killed process left of an upload is swept away; what is still on its way is left alone."""

import os
from pathlib import Path

import pytest
from django.test import RequestFactory

from tests import builders as b
from touchstone.kit import uploads


@pytest.fixture
def place(tmp_path: Path, settings) -> Path:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "data" / "uploads"
    return uploads.folder()


def _left(path: Path, *, hours: float) -> Path:
    moment = b.NOW.timestamp() - hours * 3600
    os.utime(path, (moment, moment))
    return path


def test_folder_when_made_then_only_its_owner_may_look_inside(place: Path) -> None:
    assert place.stat().st_mode & 0o777 == 0o700


def test_remove_leftovers_when_a_file_and_a_folder_are_old_then_both_go_and_young_ones_stay(place: Path) -> None:
    (place / "old.upload").write_bytes(b"half")
    (place / "copying").mkdir()
    (place / "copying" / "blind").write_bytes(b"half")
    (place / "young.upload").write_bytes(b"on its way")
    _left(place / "old.upload", hours=7)
    _left(place / "copying", hours=7)
    _left(place / "young.upload", hours=5)
    uploads.remove_leftovers(now=b.NOW)
    assert [path.name for path in place.iterdir()] == ["young.upload"]


def test_upload_when_its_end_never_comes_then_nothing_is_left_and_its_name_is_known(place: Path) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="board.jpg"\r\n\r\n'
    request = RequestFactory().post("/", head + b"half of it" * 1000, content_type="multipart/form-data; boundary=x")
    assert not request.FILES
    assert request.META[uploads.CUT_OFF] == "board.jpg"
    assert list(place.iterdir()) == []


def test_upload_when_it_comes_whole_then_it_lies_in_our_folder(place: Path) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="board.jpg"\r\n\r\nall\r\n--x--\r\n'
    request = RequestFactory().post("/", part, content_type="multipart/form-data; boundary=x")
    assert Path(request.FILES["file"].temporary_file_path()).parent == place
    assert uploads.CUT_OFF not in request.META
    request.close()
