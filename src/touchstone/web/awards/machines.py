"""What verifiers elsewhere fetch: issuers' DID documents and status lists. Always public."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from touchstone.core.openbadges.token import MEDIA_TYPE
from touchstone.credentials import queries
from touchstone.credentials.verification import did_document
from touchstone.kit.errors import NotFound
from touchstone.web.awards.public import JSON_TYPE, status_answer

OPEN = {"Access-Control-Allow-Origin": "*"}


@require_safe
@cache_control(public=True, max_age=60)
def did(request: HttpRequest, token: str) -> HttpResponse:
    document = did_document(token)
    if document is None:
        raise NotFound
    return JsonResponse(document, content_type="application/did+json", headers=OPEN)


@require_safe
def status_list(request: HttpRequest, token: str, as_token: str | None = None) -> HttpResponseBase:
    text = queries.find_status_text(token, as_token=bool(as_token))
    if text is None:
        raise NotFound
    return status_answer(request, text, MEDIA_TYPE if as_token else JSON_TYPE)
