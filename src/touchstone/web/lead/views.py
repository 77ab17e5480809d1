"""Work under way as its scoring leaders see it: by code, with assessors by name, and why nobody may read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.assessment import actions, leading, queries
from touchstone.assessment.models import ReadingPlan
from touchstone.kit import clock
from touchstone.people.enums import Role
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request
from touchstone.web.lead.forms import WaiveForm


@require_safe
@acting_as(Role.SCORING_LEADER)
def lead_home(request: Request) -> HttpResponse:
    """What somebody is sought for, then what somebody has."""
    searching = leading.list_searching(request.actor, after=request.GET.get("searching", ""))
    under_way = leading.list_under_way(request.actor, after=request.GET.get("after", ""))
    context = {
        "searching": leading.led(searching),
        "more_searching": searching.after,
        "page": under_way,
        "under_way": leading.led(under_way),
        "today": clock.today(),
    }
    return render(request, "lead/home.html", context)


@require_safe
@acting_as(Role.SCORING_LEADER)
def lead_work(request: Request, token: str) -> HttpResponse:
    """One piece of work: who reads it and why, who is missing and why, and what can be done."""
    return _work(request, leading.get_plan(request.actor, token), WaiveForm())


@require_POST
@acting_as(Role.SCORING_LEADER)
def search(request: Request, token: str) -> HttpResponse:
    actions.search_again(actor=request.actor, token=token, now=clock.now())
    return _searched(request, token)


@require_POST
@acting_as(Role.SCORING_LEADER)
def widen(request: Request, token: str) -> HttpResponse:
    actions.widen_search(actor=request.actor, token=token, now=clock.now())
    return _searched(request, token)


@require_POST
@acting_as(Role.SCORING_LEADER)
def take(request: Request, token: str) -> HttpResponse:
    actions.take_reading(actor=request.actor, token=token, now=clock.now())
    sentence = _("It is offered to you. Choose your assessor role in the header to accept and score it.")
    messages.success(request, sentence)
    return redirect("lead_work", token)


@require_POST
@acting_as(Role.SCORING_LEADER)
def second(request: Request, token: str) -> HttpResponse:
    actions.ask_second_reading(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("This work is read twice now. A second reader is being asked."))
    return redirect("lead_work", token)


@require_POST
@acting_as(Role.SCORING_LEADER)
def waive(request: Request, token: str) -> HttpResponse:
    """Let one reading stand, for a reason in writing."""
    plan, form = leading.get_plan(request.actor, token), WaiveForm(request.POST)
    if not form.is_valid():
        return _work(request, plan, form)
    reason = form.cleaned_data["reason"]
    actions.waive_second_reading(actor=request.actor, token=token, reason=reason, now=clock.now())
    messages.success(request, _("The one reading stands. Your reason is kept with the promise."))
    return redirect("lead_work", token)


def _searched(request: Request, token: str) -> HttpResponse:
    if queries.readings_missing(leading.get_plan(request.actor, token)):
        messages.info(request, _("Still nobody who may read it. The search goes on by itself every ten minutes."))
    else:
        messages.success(request, _("Somebody was found and asked."))
    return redirect("lead_work", token)


def _work(request: Request, plan: ReadingPlan, form: WaiveForm) -> HttpResponse:
    open_still = leading.is_undecided(plan)
    context = {
        "work": leading.led([plan])[0],
        "plan": plan,
        "open": open_still,
        "search": leading.search(plan, now=clock.now()) if open_still else None,
        "may_waive": open_still and queries.may_waive(plan),
        "reads_too": any(
            row.role == Role.ASSESSOR and row.organisation_id == request.actor.organisation
            for row in request.memberships
        ),
        "form": form,
        "today": clock.today(),
    }
    return render(request, "lead/work.html", context, status=400 if form.is_bound else 200)
