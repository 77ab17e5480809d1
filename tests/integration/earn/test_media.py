"""The media origin: streams what a signed link names, and nothing else."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.test import Client

from touchstone.core.media import KINDS
from touchstone.kit import storage

pytestmark = pytest.mark.django_db  # removed files are known by the database

CONTENT = bytes(range(256)) * 1000
HOST = urlsplit(settings.MEDIA_ORIGIN).netloc


@pytest.fixture
def key() -> str:
    return default_storage.save(f"{storage.new_folder()}/blind", ContentFile(CONTENT))


def get(
    key: str, media_type: str = "video/mp4", *, inline: bool = True, method: str = "get", **headers: str
) -> HttpResponse:
    link = storage.link(key, name="Evidence 1.mp4", media_type=media_type, inline=inline)
    return getattr(Client(), method)(urlsplit(link).path, headers={"host": HOST, **headers})


def test_media_when_the_link_is_good_then_streams_with_every_guard(key: str):
    answer = get(key)
    assert answer.status_code == 200
    assert answer.getvalue() == CONTENT
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == str(len(CONTENT))
    assert answer["Content-Disposition"] == 'inline; filename="Evidence 1.mp4"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = (
        "sandbox allow-same-origin; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"
    )
    assert answer["Content-Security-Policy"].startswith(policy)
    assert f"frame-ancestors {settings.ORIGIN}" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "private, max-age=300"
    assert answer["Accept-Ranges"] == "bytes"


def test_media_when_only_the_head_is_asked_then_sends_no_body(key: str):
    answer = get(key, method="head")
    assert answer["Content-Length"] == str(len(CONTENT))
    assert answer.getvalue() == b""


RANGES = [
    ("bytes=0-0", 0, 1),
    ("bytes=10-19", 10, 20),
    ("bytes=100-", 100, len(CONTENT)),
    ("bytes=-5", len(CONTENT) - 5, len(CONTENT)),
    ("bytes=0-99999999999", 0, len(CONTENT)),
    ("bytes=-99999999999", 0, len(CONTENT)),
    ("bytes=65530-131080", 65530, 131081),
]


@pytest.mark.parametrize(("asked", "first", "stop"), RANGES)
def test_media_when_a_range_is_asked_then_sends_just_that(key: str, asked: str, first: int, stop: int):
    answer = get(key, range=asked)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{stop - 1}/{len(CONTENT)}"
    assert answer["Content-Length"] == str(stop - first)
    assert answer.getvalue() == CONTENT[first:stop]


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=-0", "bytes=999999999-1000000000"])
def test_media_when_the_range_lies_outside_then_416(key: str, asked: str):
    answer = get(key, range=asked)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(CONTENT)}"
    assert answer.getvalue() == b""


@pytest.mark.parametrize(
    "asked", ["bytes=9-1", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=a-b", "bytes=" + "9" * 99 + "-"]
)
def test_media_when_the_range_makes_no_sense_then_sends_everything(key: str, asked: str):
    answer = get(key, range=asked)
    assert answer.status_code == 200
    assert answer.getvalue() == CONTENT


def test_media_when_the_range_depends_on_a_version_then_sends_everything(key: str):
    assert get(key, range="bytes=0-1", **{"if-range": '"one"'}).status_code == 200


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_media_when_shown_inline_then_only_kinds_that_may_be(key: str, kind):
    shown = get(key, kind.media_type)
    may = kind.serving == "sandboxed"
    assert shown["Content-Disposition"].startswith("inline" if may else "attachment")
    assert shown["Content-Type"].partition(";")[0] == kind.media_type
    plays = kind.group in {"audio", "video"}
    assert ("allow-same-origin" in shown["Content-Security-Policy"]) == plays
    assert "allow-scripts" not in shown["Content-Security-Policy"]
    assert get(key, kind.media_type, inline=False)["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/javascript", ""])
def test_media_when_the_kind_is_none_of_ours_then_downloads_as_bytes(key: str, media_type: str):
    answer = get(key, media_type)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_media_when_the_link_was_changed_then_not_found(key: str):
    path = urlsplit(storage.link(key, name="x", media_type="video/mp4", inline=True)).path
    for false in (path[:-1] + ("A" if path[-1] != "A" else "B"), "/media/x", "/media/" + path[10:]):
        assert Client().get(false, headers={"host": HOST}).status_code == 404


def test_media_when_the_link_is_too_old_then_not_found(key: str, monkeypatch: pytest.MonkeyPatch):
    path = urlsplit(storage.link(key, name="x", media_type="video/mp4", inline=True)).path
    monkeypatch.setattr(storage, "LINK_SECONDS", -1)
    assert Client().get(path, headers={"host": HOST}).status_code == 404


def test_media_when_the_file_is_gone_then_not_found(key: str):
    storage.discard(key)
    assert get(key).status_code == 404


def test_media_when_asked_on_the_main_origin_then_not_found(key: str):
    path = urlsplit(storage.link(key, name="x", media_type="video/mp4", inline=True)).path
    assert Client().get(path).status_code == 404


def test_media_when_posted_to_then_405(key: str):
    assert get(key, method="post").status_code == 405


def test_media_when_the_name_is_odd_then_the_header_stays_one_line(key: str):
    link = storage.link(key, name='a"b\r\nX: y é.mp4', media_type="video/mp4", inline=True)
    answer = Client().get(urlsplit(link).path, headers={"host": HOST})
    assert answer.status_code == 200
    assert "X" not in answer.headers
