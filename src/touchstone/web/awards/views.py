"""Awards: the holder's own list, the page of each for people and machines, and its files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from touchstone.core.openbadges.token import MEDIA_TYPE
from touchstone.credentials import actions, queries, rules
from touchstone.credentials.models import Award
from touchstone.web.acting import Request
from touchstone.web.awards import documents, pages
from touchstone.web.awards.forms import RevokeForm, ShareForm
from touchstone.web.awards.public import JSON_TYPE, MACHINE_TYPES, attach, document


@login_required
@require_safe
def awards(request: Request) -> HttpResponse:
    page = queries.list_awards(request.actor, after=request.GET.get("after", ""))
    rows = [(row, documents.mark_of(row)) for row in page]
    return render(request, "awards/awards.html", {"page": page, "rows": rows})


@require_safe
@vary_on_headers("Accept")
@cache_control(no_cache=True, private=True)
def award(request: Request, token: str) -> HttpResponseBase:
    """The page, or for whoever prefers a machine's type the signed badge."""
    row = queries.get_award(request.actor, token)
    wanted = request.get_preferred_type(["text/html", *MACHINE_TYPES])
    if wanted in MACHINE_TYPES:
        return _signed(request, row, str(wanted))
    return render(request, "awards/award.html", pages.of_award(request, row, now=timezone.now()))


@require_safe
def award_json(request: Request, token: str) -> HttpResponseBase:
    return attach(_signed(request, queries.get_award(request.actor, token), JSON_TYPE), token, "json")


@require_safe
def award_jwt(request: Request, token: str) -> HttpResponseBase:
    return attach(_signed(request, queries.get_award(request.actor, token), MEDIA_TYPE), token, "jwt")


@require_safe
@cache_control(no_cache=True, private=True)
def award_png(request: Request, token: str) -> HttpResponseBase:
    row = queries.get_award(request.actor, token)
    return _image(documents.baked_png(row), "image/png", row, "png")


@require_safe
@cache_control(no_cache=True, private=True)
def award_svg(request: Request, token: str) -> HttpResponseBase:
    row = queries.get_award(request.actor, token)
    return _image(documents.baked_svg(row), "image/svg+xml", row, "svg")


@login_required
@require_POST
def share(request: Request, token: str) -> HttpResponse:
    row = queries.get_own_award(request.actor, token)
    form = ShareForm(request.POST)
    if not form.is_valid():
        context = pages.of_award(request, row, now=timezone.now(), share=form)
        return render(request, "awards/award.html", context, status=400)
    row = actions.share_award(actor=request.actor, token=token, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Saved. Who may see it: %(who)s.") % {"who": row.get_visibility_display()})
    return redirect("award", token)


@login_required
@require_POST
def revoke(request: Request, token: str) -> HttpResponse:
    row = queries.get_award(request.actor, token)
    rules.REVOKE.require(request.actor, row)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        context = pages.of_award(request, row, now=timezone.now(), revoke=form)
        return render(request, "awards/award.html", context, status=400)
    actions.revoke_award(actor=request.actor, token=token, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The award is revoked. Its badge says so from now on wherever it is verified."))
    return redirect("award", token)


def _signed(request: Request, row: Award, kind: str) -> HttpResponseBase:
    badge = documents.signed_badge(row)
    text = documents.token_of(badge) if kind == MEDIA_TYPE else badge.text
    return document(request, text, kind, cache="private, no-cache")


def _image(content: bytes, content_type: str, row: Award, ending: str) -> HttpResponseBase:
    """Readable from any site: whoever has the address may read it anyway, and no cookie is ever sent along."""
    answer = HttpResponse(content, content_type=content_type, headers={"Access-Control-Allow-Origin": "*"})
    return attach(answer, row.token, ending)
