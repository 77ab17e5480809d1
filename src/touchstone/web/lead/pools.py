"""The assessors of the own and allied pools, and the alliances themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.assessment import actions, leading
from touchstone.kit import clock
from touchstone.kit.errors import NotFound
from touchstone.people import queries
from touchstone.people.enums import Role
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request
from touchstone.web.lead.forms import AllyForm, QualifyForm


@require_safe
@acting_as(Role.SCORING_LEADER)
def lead_assessors(request: Request) -> HttpResponse:
    """Who assesses, how much each holds and takes, and what she may score."""
    page, pooled = leading.list_assessors(request.actor, now=clock.now(), after=request.GET.get("after", ""))
    return render(request, "lead/assessors.html", {"page": page, "assessors": pooled})


@require_POST
@acting_as(Role.SCORING_LEADER)
def qualify(request: Request) -> HttpResponse:
    """Let an assessor of the pools score one more item."""
    form = QualifyForm(request.POST)
    if not form.is_valid():
        raise NotFound
    membership, item = form.cleaned_data["membership"], form.cleaned_data["item"]
    actions.qualify_from_pools(actor=request.actor, membership=membership, micro_credential=item, now=clock.now())
    messages.success(request, _("Qualified. Work that waits is offered within ten minutes."))
    return redirect("lead_assessors")


@require_http_methods(["GET", "HEAD", "POST"])
@acting_as(Role.SCORING_LEADER)
def lead_allies(request: Request) -> HttpResponse:
    """Alliances of the issuer in both directions; a POST asks another issuer."""
    if request.method == "POST":
        form = AllyForm(request.POST)
        ally = queries.find_organisation(form.cleaned_data["ally"]) if form.is_valid() else None
        if ally is None:
            raise NotFound
        actions.ask_alliance(actor=request.actor, ally=ally, now=clock.now())
        messages.success(request, _("Asked. Their scoring leaders get a mail; it counts once they agree."))
        return redirect("lead_allies")
    rows = leading.list_alliances(request.actor)
    own = request.actor.organisation
    context = {
        "ours": [row for row in rows if row.issuer_id == own],
        "theirs": [row for row in rows if row.ally_id == own],
        "possible": leading.list_possible_allies(request.actor),
    }
    return render(request, "lead/allies.html", context)


@require_POST
@acting_as(Role.SCORING_LEADER)
def agree(request: Request, token: str) -> HttpResponse:
    actions.agree_alliance(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("Agreed. Your assessors are asked only for items they are qualified for."))
    return redirect("lead_allies")


@require_POST
@acting_as(Role.SCORING_LEADER)
def end(request: Request, token: str) -> HttpResponse:
    actions.end_alliance(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("Ended. What is in somebody’s hands is still finished."))
    return redirect("lead_allies")
