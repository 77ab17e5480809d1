"""The transcript: every award of hers that stands, as a page to print and as one signed document (CLR 2.0)."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from touchstone.core.openbadges.transcript import MOST_BADGES
from touchstone.core.sight import Side, Viewer
from touchstone.credentials.transcripts import actions, queries
from touchstone.kit import clock
from touchstone.kit.errors import NotFound
from touchstone.people.seen import names_seen
from touchstone.web.acting import Request
from touchstone.web.awards import links
from touchstone.web.awards.machines import OPEN
from touchstone.web.awards.pages import criteria_met
from touchstone.web.awards.public import JSON_TYPE


@login_required
@require_safe
def transcript(request: Request) -> HttpResponse:
    awards = queries.list_for_transcript(request.actor)
    person = request.actor.person
    names = names_seen(Viewer.EARNER, Side.HOLDER, [person]) if person and awards else {}
    context = {
        "rows": [(award, criteria_met(award), links.address_of(award)) for award in awards],
        "holder": names.get(person, "") if person else "",
        "on": clock.today(),
        "fits": len(awards) <= MOST_BADGES,
    }
    return render(request, "awards/transcript.html", context)


@login_required
@require_safe
@never_cache
def transcript_json(request: Request) -> HttpResponse:
    now = clock.now()
    document = actions.make_transcript(actor=request.actor, now=now)
    answer = HttpResponse(json.dumps(document, ensure_ascii=False), content_type=JSON_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="transcript-{now:%Y-%m-%d}.json"'
    return answer


@require_safe
@cache_control(public=True, max_age=60)
def platform_did(request: HttpRequest) -> HttpResponse:
    """Whose signature stands under transcripts; 404 where keys name themselves or none was needed yet."""
    document = queries.platform_document()
    if document is None:
        raise NotFound
    return JsonResponse(document, content_type="application/did+json", headers=OPEN)
