"""What verifiers elsewhere fetch: issuers' DID documents and status lists. Always public."""

import json
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from touchstone.credentials import queries
from touchstone.credentials.verification import did_document
from touchstone.kit.errors import NotFound

OPEN = {"Access-Control-Allow-Origin": "*"}


@require_safe
@cache_control(public=True, max_age=60)
def did(request: HttpRequest, token: str) -> HttpResponse:
    document = did_document(token)
    if document is None:
        raise NotFound
    return JsonResponse(document, content_type="application/did+json", headers=OPEN)


@require_safe
@cache_control(public=True, max_age=60)
def status_list(request: HttpRequest, token: str) -> HttpResponseBase:
    row = queries.find_status_list(token)
    if row is None:
        raise NotFound
    text = json.dumps(row.document, ensure_ascii=False)
    etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    answer = HttpResponse(text, content_type="application/vc+ld+json", headers={**OPEN, "ETag": etag})
    return get_conditional_response(request, etag=etag, response=answer) or answer
