"""A person's badges, for an app she has let at them: taken in pages, and brought from elsewhere.

Source: 1EdTech Open Badges 3.0, section 6.2. Whatever was signed goes out letter for letter.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseNotAllowed
from django.utils.translation import gettext_lazy as _

from touchstone.api.answers import ApiRefusal, status_info, told_as_status
from touchstone.api.bearer import authorise
from touchstone.api.oauth import address_of
from touchstone.core.openbadges.times import NotAMoment, read_timestamp
from touchstone.core.openbadges.token import is_token
from touchstone.credentials import imports
from touchstone.credentials.actions import importing
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.scopes import Scope
from touchstone.kit import clock

SIZE, MOST = 50, 100
FURTHEST = 1_000_000
JSON_TYPES = frozenset({"application/json", "application/ld+json", "application/vc+ld+json", "application/vc"})
TOKEN_TYPES = frozenset({"text/plain", "application/jwt", "application/vc+jwt"})


class NumberWrong(ApiRefusal):
    status = 400
    minor = "invalid_query_parameter"
    sentence = _("“{name}” is a whole number from {least} to {most}.")


class MomentWrong(ApiRefusal):
    status = 400
    minor = "invalid_query_parameter"
    sentence = _("“since” is a date with time and time zone, such as 2026-09-01T00:00:00Z.")


class KindWrong(ApiRefusal):
    status = 415
    sentence = _("Send a badge as application/json or, signed as a token (JWT), as text/plain; one badge at a time.")


class BadgeTooLarge(ApiRefusal):
    status = 413
    sentence = _("A badge of more than 2 MB is not read.")


class NothingSent(ApiRefusal):
    status = 400
    sentence = _("The request holds no badge.")


@told_as_status
def credentials(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _take(request)
    return _bring(request) if request.method == "POST" else not_allowed("GET", "POST")


def not_allowed(*methods: str) -> HttpResponse:
    """The answer to a method that an address does not have."""
    answer: HttpResponse = status_info(405, _("This address answers to {these}.").format(these=", ".join(methods)))
    answer["Allow"] = HttpResponseNotAllowed(methods)["Allow"]
    return answer


def _take(request: HttpRequest) -> HttpResponse:
    """getCredentials: a page of badges, with where the first, last, next and previous pages are."""
    actor, _token = authorise(request, Scope.READ_BADGES)
    limit = _number(request, "limit", SIZE, least=1, most=MOST)
    offset = _number(request, "offset", 0, least=0, most=FURTHEST)
    taken = imports.take_badges(actor, limit=limit, offset=offset, since=_since(request))
    tokens = json.dumps(taken.tokens)
    text = f'{{"credential": [{", ".join(taken.texts)}], "compactJwsString": {tokens}}}'
    answer = HttpResponse(text, content_type="application/json")
    answer["X-Total-Count"] = str(taken.total)
    answer["Link"] = _links(request, limit, offset, taken.total)
    answer["Cache-Control"] = "no-store"
    return answer


def _bring(request: HttpRequest) -> HttpResponse:
    """upsertCredential: 201 for a new badge, 200 for one that was here or was replaced; the answer is the badge."""
    actor, _token = authorise(request, Scope.BRING_BADGES)
    content = _content(request)
    brought = importing.import_badge(actor=actor, content=content, elsewhere=Elsewhere(), now=clock.now())
    is_new = brought.outcome is importing.Outcome.ADDED
    kind = "text/plain" if is_token(content) else "application/json"
    return HttpResponse(
        content, content_type=kind, status=201 if is_new else 200, headers={"Cache-Control": "no-store"}
    )


def _content(request: HttpRequest) -> bytes:
    if int(request.META.get("CONTENT_LENGTH") or 0) > importing.MOST_BYTES:
        raise BadgeTooLarge
    content = request.body.strip()
    if not content:
        raise NothingSent
    kind = request.content_type
    if kind in TOKEN_TYPES if is_token(content) else kind in JSON_TYPES and content.startswith(b"{"):
        return content
    raise KindWrong


def _number(request: HttpRequest, name: str, usual: int, *, least: int, most: int) -> int:
    text = request.GET.get(name, str(usual))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
    if number < least or (name == "offset" and number > most):
        raise NumberWrong(name=name, least=least, most=most)
    return min(number, most)


def _since(request: HttpRequest) -> datetime | None:
    text = request.GET.get("since", "").replace(" ", "+")  # a plus sign that was not encoded
    try:
        return read_timestamp(text) if text else None
    except NotAMoment:
        raise MomentWrong from None


def _links(request: HttpRequest, limit: int, offset: int, total: int) -> str:
    """The Link header (RFC 8288). What else was asked stays as it was."""
    last = max(0, (total - 1) // limit * limit)
    pages = {"first": 0, "last": last}
    if offset + limit < total:
        pages["next"] = offset + limit
    if offset > 0:
        pages["prev"] = max(0, min(offset - limit, last))
    since = {"since": request.GET["since"]} if request.GET.get("since") else {}
    return ", ".join(f'<{_page({"limit": limit, "offset": at, **since})}>; rel="{name}"' for name, at in pages.items())


def _page(query: Mapping[str, object]) -> str:
    return f"{address_of('ob_credentials')}?{urlencode(query)}"
