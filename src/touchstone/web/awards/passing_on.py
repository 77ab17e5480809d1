"""What other places show of an award: its picture, its code to scan, and its answer to oEmbed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from touchstone.credentials import queries
from touchstone.credentials.enums import Visibility
from touchstone.kit.actor import ANYONE
from touchstone.kit.errors import NotFound
from touchstone.web.acting import Request
from touchstone.web.awards import links, pages
from touchstone.web.awards.card import card_png

TEN_MINUTES = 600
OPEN = {"Access-Control-Allow-Origin": "*"}


@require_safe
def card(request: Request, token: str) -> HttpResponse:
    """Without her name while the award is private, for whoever may see it then."""
    row = queries.get_award(request.actor, token)
    is_private = row.visibility == Visibility.PRIVATE
    answer = HttpResponse(card_png(row, holder=pages.holder_seen(ANYONE, row)), content_type="image/png")
    _keep(answer, is_private=is_private)
    return answer


@require_safe
def qr(request: Request, token: str) -> HttpResponse:
    row = queries.get_award(request.actor, token)
    answer = HttpResponse(links.qr_svg(links.address_of(row)), content_type="image/svg+xml")
    _keep(answer, is_private=row.visibility == Visibility.PRIVATE)
    return answer


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: 404 for what is not shared, 501 for another form than JSON."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    token = links.award_named(request.GET.get("url", ""))
    if not token:
        raise NotFound
    return JsonResponse(links.oembed(queries.get_award(ANYONE, token)), headers=OPEN)


def _keep(answer: HttpResponse, *, is_private: bool) -> None:
    """Others may keep what is shared for ten minutes: after so long it is gone when the award is private again."""
    if is_private:
        patch_cache_control(answer, private=True, no_cache=True)
    else:
        patch_cache_control(answer, public=True, max_age=TEN_MINUTES)
        answer["Access-Control-Allow-Origin"] = "*"
