"""Signed badges and status lists for whoever has their address, straight from the row: no session, no page.

Verifiers and wallets ask for these far more often than people open pages. What this does not answer (signed in, not
shared, not there, a browser that wants the page) goes on to the views, which decide it as before.
"""

import re
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from touchstone.core.openbadges.token import MEDIA_TYPE
from touchstone.credentials import queries
from touchstone.kit.ids import TOKEN_PATTERN

_PATH = re.compile(rf"/(?:awards/({TOKEN_PATTERN})(?:/badge\.(json|jwt))?|status/({TOKEN_PATTERN})(\.jwt)?)")
JSON_TYPE = "application/vc+ld+json"
JSON_TYPES = (JSON_TYPE, "application/ld+json", "application/json")
MACHINE_TYPES = (*JSON_TYPES, MEDIA_TYPE)


class PublicDocuments:
    """Answers GET and HEAD for shared badges and for status lists when no session comes along."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_plain = request.method in ("GET", "HEAD") and settings.SESSION_COOKIE_NAME not in request.COOKIES
        found = _PATH.fullmatch(request.path_info) if is_plain else None
        answer = _answer_at_once(request, found) if found else None
        return answer or self.get_response(request)


def _answer_at_once(request: HttpRequest, found: re.Match[str]) -> HttpResponseBase | None:
    """Without asking first whether the database connection still lives: if it does not, a view opens another."""
    connection.health_check_done = True  # type: ignore[attr-defined]  # Django has it, its stubs do not
    try:
        return _answer(request, found)
    except OperationalError:
        if not connection.in_atomic_block:
            connection.close()
        return None


def _answer(request: HttpRequest, found: re.Match[str]) -> HttpResponseBase | None:
    request.get_host()  # refuses hosts that are not ours, as every page does
    award, ending, status_list, token_ending = found.groups()
    if status_list:
        text = queries.find_status_text(status_list, as_token=bool(token_ending))
        return status_answer(request, text, MEDIA_TYPE if token_ending else JSON_TYPE) if text else None
    kind = _kind(request.headers.get("Accept", ""), ending)
    text = queries.find_public_text(award, as_token=kind == MEDIA_TYPE) if kind else None
    if not text or not kind:
        return None
    answer = document(request, text, kind, cache="public, no-cache")
    if ending:
        attach(answer, award, ending)
    else:
        answer["Vary"] = "Accept, Cookie"
    return answer


def _kind(accept: str, ending: str | None) -> str | None:
    """The type to answer with; None where weighing a page against it is left to the view."""
    if ending:
        return MEDIA_TYPE if ending == "jwt" else JSON_TYPE
    return accept if accept in MACHINE_TYPES else None


def status_answer(request: HttpRequest, text: str, kind: str) -> HttpResponseBase:
    """A status list; verifiers may keep it for a minute."""
    return document(request, text, kind, cache="public, max-age=60")


def document(request: HttpRequest, text: str, kind: str, *, cache: str) -> HttpResponseBase:
    """A signed text, or 304 for who has it. Readable from any site: no cookie is ever sent along."""
    content = text.encode()
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {
        "Access-Control-Allow-Origin": "*",
        "ETag": etag,
        "Cache-Control": cache,
        "Vary": "Cookie",
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
    }
    answer = HttpResponse(content, content_type=kind, headers=headers)
    return get_conditional_response(request, etag=etag, response=answer) or answer


def attach(answer: HttpResponseBase, token: str, ending: str) -> HttpResponseBase:
    """Let a browser save it under a name of its own."""
    answer["Content-Disposition"] = f'attachment; filename="badge-{token[:6]}.{ending}"'
    return answer
