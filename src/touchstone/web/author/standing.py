"""Whether one award of the organisation stands: suspended while something is looked into, renewed when it expires."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchstone.catalogue.queries import item_of
from touchstone.core.sight import Side, Viewer
from touchstone.credentials import actions, queries, rules
from touchstone.credentials.models import Award
from touchstone.kit import clock
from touchstone.people.seen import names_seen
from touchstone.web.acting import Request
from touchstone.web.author.forms import SuspendForm
from touchstone.web.author.views import for_award_staff


@require_http_methods(["GET", "HEAD", "POST"])
@for_award_staff
def standing(request: Request, token: str) -> HttpResponse:
    """The page, and what suspends the award."""
    award = rules.REVOKE.get(request.actor, queries.with_substance(Award.objects.all()), token=token)
    form = SuspendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.suspend_award(actor=request.actor, token=token, now=clock.now(), **form.cleaned_data)
        messages.success(request, _("Suspended. The award’s page says so; badge files still verify."))
        return redirect("standing", token)
    context = {
        "award": award,
        "form": form,
        "holder": names_seen(Viewer.AWARD_STAFF, Side.HOLDER, [award.holder_id]).get(award.holder_id, ""),
        "months": item_of(award.version).valid_for_months if award.version else None,
        "expired": award.valid_until is not None and award.valid_until <= clock.now(),
    }
    return render(request, "author/standing.html", context, status=400 if form.is_bound else 200)


@require_POST
@for_award_staff
def lift_suspension(request: Request, token: str) -> HttpResponse:
    actions.lift_suspension(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("The award counts as before."))
    return redirect("standing", token)


@require_POST
@for_award_staff
def renew_award(request: Request, token: str) -> HttpResponse:
    actions.renew_award(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("Renewed. Its badge was signed again with the new date."))
    return redirect("standing", token)
