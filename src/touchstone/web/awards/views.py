"""Awards: the holder's own list, the page of each for people and machines, and its files."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from touchstone.credentials import actions, queries, rules
from touchstone.credentials.models import Award
from touchstone.web.acting import Request
from touchstone.web.awards import documents, pages
from touchstone.web.awards.forms import RevokeForm, ShareForm


@login_required
@require_safe
def awards(request: Request) -> HttpResponse:
    page = queries.list_awards(request.actor, after=request.GET.get("after", ""))
    rows = [(row, documents.mark_of(row)) for row in page]
    return render(request, "awards/awards.html", {"page": page, "rows": rows})


@require_safe
@vary_on_headers("Accept")
@cache_control(no_cache=True, private=True)
def award(request: Request, token: str) -> HttpResponse:
    """The page, or for whoever prefers a machine's type the signed badge."""
    row = queries.get_award(request.actor, token)
    wanted = request.get_preferred_type(["text/html", *documents.MACHINE_TYPES])
    if wanted in documents.MACHINE_TYPES:
        return _machine(documents.badge_text(documents.signed_badge(row)), wanted)
    return render(request, "awards/award.html", pages.of_award(request, row, now=timezone.now()))


@require_safe
@cache_control(no_cache=True, private=True)
def award_json(request: Request, token: str) -> HttpResponse:
    row = queries.get_award(request.actor, token)
    answer = _machine(documents.badge_text(documents.signed_badge(row)), documents.MACHINE_TYPES[0])
    return _download(answer, row, "json")


@require_safe
@cache_control(no_cache=True, private=True)
def award_png(request: Request, token: str) -> HttpResponse:
    row = queries.get_award(request.actor, token)
    return _download(_machine(documents.baked_png(row), "image/png"), row, "png")


@require_safe
@cache_control(no_cache=True, private=True)
def award_svg(request: Request, token: str) -> HttpResponse:
    row = queries.get_award(request.actor, token)
    return _download(_machine(documents.baked_svg(row), "image/svg+xml"), row, "svg")


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


def _machine(content: str | bytes, content_type: str) -> HttpResponse:
    """Readable from any site: whoever has the address may read it anyway, and no cookie is ever sent along."""
    return HttpResponse(content, content_type=content_type, headers={"Access-Control-Allow-Origin": "*"})


def _download(answer: HttpResponse, row: Award, ending: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="badge-{row.token[:6]}.{ending}"'
    return answer
