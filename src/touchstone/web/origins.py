"""Uploaded files come from an origin of their own, and nothing else does."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound


class SeparateMediaOrigin:
    """``/media/`` answers only on the media origin's host, every other path only elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.media_host = plain_host(settings.MEDIA_ORIGIN.split("://")[1])

    def __call__(self, request: HttpRequest) -> HttpResponse:
        on_media_host = plain_host(request.META.get("HTTP_HOST", "")) == self.media_host
        if request.path.startswith("/media/") != on_media_host and not request.path.startswith("/healthz"):
            return HttpResponseNotFound()
        return self.get_response(request)


def plain_host(host: str) -> str:
    """A host and port as they are compared: the same host may be written in capitals, with a dot or the usual port."""
    name, colon, port = host.lower().rpartition(":") if not host.endswith("]") else (host.lower(), "", "")
    if not colon:
        name, port = host.lower(), ""
    return name.rstrip(".") + (f":{port}" if port not in {"", "80", "443"} else "")
