"""An earner's submissions: where they stand, and the steps between."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.catalogue import queries as catalogue
from touchstone.kit import clock
from touchstone.kit.errors import NotFound
from touchstone.portfolio import actions, errors, queries
from touchstone.portfolio.enums import AttemptState
from touchstone.web.acting import Request
from touchstone.web.earn import pages, workspace
from touchstone.web.earn.access import earners_page

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@earners_page
def home(request: Request) -> HttpResponse:
    facts = pages.home(request.actor, request.GET.get("after", ""), clock.today())
    return render(request, "earn/home.html", facts)


@require_POST
@earners_page
def start(request: Request, slug: str) -> HttpResponse:
    version = catalogue.get_item(request.actor, slug).current
    if version is None:
        raise NotFound
    begun = actions.start_submission(actor=request.actor, version=version, now=clock.now())
    return redirect("submission", begun.token)


@require_safe
@earners_page
def submission(request: Request, token: str) -> HttpResponse:
    row = queries.get_submission(request.actor, token)
    if workspace.attempt_of(row).state == AttemptState.DRAFT:
        return render(request, "earn/workspace.html", workspace.facts_of(request.actor, row))
    return render(request, "earn/status.html", pages.status(request.actor, row, clock.today()))


@require_http_methods(FORM_METHODS)
@earners_page
def submit(request: Request, token: str) -> HttpResponse:
    row = queries.get_submission(request.actor, token)
    if workspace.attempt_of(row).state != AttemptState.DRAFT:
        return redirect("submission", token)
    facts = pages.review(row, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "earn/review.html", facts)
    if facts["missing"] or not facts["form"].is_valid():
        return render(request, "earn/review.html", facts, status=409 if facts["missing"] else 400)
    return _send(request, token, facts["form"].attested)


def _send(request: Request, token: str, attested: list[str]) -> HttpResponse:
    try:
        actions.submit_attempt(actor=request.actor, token=token, attested=attested, now=clock.now())
        messages.success(request, _("It is on its way. Well done."))
    except errors.NotComplete:
        return redirect("submit", token)  # changed in another window a moment ago; the page says what is missing
    except (errors.AlreadySubmitted, errors.NotEditable):
        pass  # sent twice: the page it leads to says where it stands
    return redirect("submission", token)


@require_http_methods(FORM_METHODS)
@earners_page
def withdraw(request: Request, token: str) -> HttpResponse:
    row = queries.get_submission(request.actor, token)
    if workspace.attempt_of(row).state != AttemptState.SUBMITTED:
        return redirect("submission", token)
    if request.method != "POST":
        return render(request, "earn/withdraw.html", workspace.heading(row))
    actions.withdraw_attempt(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("You took it back. Nobody reads it now, and everything in it is kept."))
    return redirect("submission", token)


@require_POST
@earners_page
def again(request: Request, token: str) -> HttpResponse:
    actions.begin_attempt(actor=request.actor, token=token, now=clock.now())
    return redirect("submission", token)
