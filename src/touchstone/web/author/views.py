"""Award staff release what the passing rule decided; they cannot change it. They see codes, and holders of awards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.assessment import actions, queries
from touchstone.core.sight import Side, Viewer
from touchstone.credentials import queries as credentials
from touchstone.kit import clock
from touchstone.people.enums import Role
from touchstone.people.seen import names_seen
from touchstone.portfolio.enums import AttemptState
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request

for_award_staff = acting_as(Role.AWARD_STAFF)


@require_safe
@for_award_staff
def decisions(request: Request) -> HttpResponse:
    """Decisions that wait for release, the longest waiting first."""
    page = queries.list_decisions_to_release(request.actor, after=request.GET.get("after", ""))
    return render(request, "author/decisions.html", {"page": page})


@require_safe
@for_award_staff
def decision(request: Request, token: str) -> HttpResponse:
    """One decision with the levels and comments it follows from."""
    row = queries.get_decision(request.actor, token)
    withdrawn = row.attempt.state == AttemptState.WITHDRAWN
    feedback = queries.feedback_on(Viewer.AWARD_STAFF, row.attempt, row)
    context = {"decision": row, "feedback": feedback, "withdrawn": withdrawn}
    return render(request, "author/decision.html", context)


@require_POST
@for_award_staff
def release(request: Request, token: str) -> HttpResponse:
    row = actions.release_decision(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("Released {code}. The earner is told by mail now.").format(code=row.code))
    return redirect("decisions")


@require_safe
@for_award_staff
def issued(request: Request) -> HttpResponse:
    """Every award of the organisation, newest first."""
    page = credentials.list_issued_awards(request.actor, after=request.GET.get("after", ""))
    names = names_seen(Viewer.AWARD_STAFF, Side.HOLDER, [award.holder_id for award in page])
    return render(request, "author/issued.html", {"page": page, "names": names})
