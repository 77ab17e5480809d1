"""An award's badge in the older form (Open Badges 2.0), at addresses of its own, where its holder asked for it."""

import json
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.core.openbadges import hosted
from touchstone.core.openbadges.bake import OLDER_KEYWORD, bake_png
from touchstone.credentials import queries
from touchstone.credentials.models import Award
from touchstone.credentials.sharing import actions
from touchstone.credentials.sharing import queries as sharing
from touchstone.kit import clock
from touchstone.kit.actor import ANYONE
from touchstone.kit.errors import NotFound
from touchstone.web.acting import Request
from touchstone.web.awards import documents, links
from touchstone.web.awards.machines import OPEN

TYPE = "application/ld+json"


@login_required
@require_POST
def publish(request: Request, token: str) -> HttpResponse:
    """Publish the older form, or with ``withdraw`` take it back."""
    if "withdraw" in request.POST:
        actions.withdraw_hosted(actor=request.actor, token=token, now=clock.now())
        messages.success(request, _("The older form of this badge stands nowhere any more."))
    else:
        actions.publish_hosted(actor=request.actor, token=token, now=clock.now())
        messages.success(request, _("The older form of this badge is published, with the hash of your e-mail address."))
    return redirect("award", token)


@require_safe
def assertion(request: HttpRequest, token: str) -> HttpResponse:
    """410 with ``revoked`` once the award is revoked."""
    award, badge = _published(token)
    at = addresses_of(award)
    if award.revoked_at:
        return _answer(hosted.compose_revoked(at, str(award.get_revocation_reason_display())), status=410)
    return _answer(hosted.compose_assertion(at, badge))


@require_safe
def badge_class(request: HttpRequest, token: str) -> HttpResponse:
    award, badge = _published(token)
    return _answer(hosted.compose_badge_class(addresses_of(award), badge))


@require_safe
def issuer(request: HttpRequest, token: str) -> HttpResponse:
    award, badge = _published(token)
    email = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return _answer(hosted.compose_issuer(addresses_of(award), badge, url=settings.ORIGIN, email=email))


@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """The mark with the assertion inside, as backpacks of the older form take it."""
    award, badge = _published(token)
    if award.revoked_at:
        raise NotFound
    text = json.dumps(hosted.compose_assertion(addresses_of(award), badge), ensure_ascii=False)
    answer = HttpResponse(bake_png(documents.mark_png_of(award), text, OLDER_KEYWORD), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="badge-{token[:6]}-ob2.png"'
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def addresses_of(award: Award) -> hosted.Addresses:
    place = f"{links.address_of(award)}/ob2"
    return hosted.Addresses(
        f"{place}/assertion.json", f"{place}/class.json", f"{place}/issuer.json", f"{place}/badge.png"
    )


def _published(token: str) -> tuple[Award, dict[str, Any]]:
    """An award that anybody may see and its signed badge; NotFound where its holder did not ask for the older form."""
    award = queries.get_award(ANYONE, token)
    badge = queries.find_badge(award)
    if badge is None or sharing.find_hosted(award) is None or not queries.recipient_of(award):
        raise NotFound
    return award, badge.document


def _answer(document: dict[str, Any], status: int = 200) -> HttpResponse:
    answer = JsonResponse(document, status=status, content_type=TYPE, headers=OPEN)
    answer["Cache-Control"] = "public, no-cache"
    return answer
