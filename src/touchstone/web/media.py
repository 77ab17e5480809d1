"""Uploaded files, streamed from the media origin by links that work for five minutes."""

import re
from collections.abc import Iterator
from typing import IO

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from touchstone.core.media import KINDS, Serving
from touchstone.kit import storage

BLOCK = 64 * 1024
_KNOWN = {kind.media_type for kind in KINDS.values()}
_SHOWN = {kind.media_type for kind in KINDS.values() if kind.serving is Serving.SANDBOXED}
# The sandbox takes scripts and the origin away from whatever the file turns out to be; pictures, text and the PDF
# viewer of Chromium work inside it. A player must fetch its own file again, and may keep the origin for that: nothing
# else is there to be had. Only our own pages may frame it.
_POLICY = (
    "{sandbox}; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none';"
    f" form-action 'none'; frame-ancestors {settings.ORIGIN}"
)


def may_be_inline(media_type: str) -> bool:
    """Whether a browser may show this MIME type itself; everything else is a download."""
    return media_type in _SHOWN


@require_safe
def media(request: HttpRequest, signed: str) -> HttpResponseBase:
    """The file a signed link names; 404 for a false or old link and a removed file, 206 or 416 for one byte range."""
    facts = storage.read_link(signed)
    if facts is None or storage.is_removed(facts[0]):
        return HttpResponseNotFound()
    key, name, media_type, inline = facts
    try:
        stream = default_storage.open(key)
    except FileNotFoundError:
        return HttpResponseNotFound()
    span, status = _span(request, stream.size)
    answer = _answer(stream, span, status, sends_body=request.method == "GET")
    answer["Content-Type"] = _content_type(media_type)
    plays = media_type.startswith(("audio/", "video/"))
    answer["Content-Security-Policy"] = _POLICY.format(sandbox="sandbox allow-same-origin" if plays else "sandbox")
    attached = not (inline and may_be_inline(media_type))
    answer["Content-Disposition"] = content_disposition_header(attached, name) or "attachment"
    return answer


def _answer(stream: IO[bytes], span: range, status: int, *, sends_body: bool) -> StreamingHttpResponse:
    size = stream.size  # type: ignore[attr-defined]
    answer = StreamingHttpResponse(_Bytes(stream, span if sends_body else range(0)), status=status)
    answer["Content-Length"] = str(len(span))
    answer["Accept-Ranges"] = "bytes"
    if status != 200:
        answer["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}" if span else f"bytes */{size}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cache-Control"] = f"private, max-age={storage.LINK_SECONDS}"
    answer.xframe_options_exempt = True  # type: ignore[attr-defined]  # frame-ancestors above says who may
    return answer


def _content_type(media_type: str) -> str:
    if media_type not in _KNOWN:
        return "application/octet-stream"
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _span(request: HttpRequest, size: int) -> tuple[range, int]:
    """The bytes asked for and the status to answer with (RFC 9110, 14.2).

    Anything but one plain byte range counts as no range; so does If-Range, for the answer names no version.
    """
    asked = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", "").strip())
    if asked is None or asked[0] == "bytes=-" or "If-Range" in request.headers:
        return range(size), 200
    first, last = asked[1], asked[2]
    if not first:
        span = range(max(size - int(last), 0), size)
    elif last and int(last) < int(first):
        return range(size), 200
    else:
        span = range(int(first), min(int(last) + 1, size) if last else size)
    return (span, 206) if span else (range(0), 416)


class _Bytes:
    """A span of an open file, block by block; closing the answer closes the file, read or not."""

    def __init__(self, stream: IO[bytes], span: range) -> None:
        self.stream, self.span = stream, span

    def __iter__(self) -> Iterator[bytes]:
        left = len(self.span)
        self.stream.seek(self.span.start)
        while left and (block := self.stream.read(min(BLOCK, left))):
            left -= len(block)
            yield block

    def close(self) -> None:
        self.stream.close()
