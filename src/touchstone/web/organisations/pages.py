"""An organisation for its administrators: what stands under it, its e-mail domains, and who asked to join."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.kit import clock
from touchstone.kit.errors import Refusal
from touchstone.people import actions, queries
from touchstone.web.acting import Request
from touchstone.web.organisations.access import for_administrators, for_its_own_administrators, get_place, show
from touchstone.web.organisations.forms import DomainForm, PartForm
from touchstone.web.organisations.rows import row_id


@require_safe
@for_administrators
def organisations(request: Request) -> HttpResponse:
    """Every organisation the actor administers."""
    page = queries.list_organisations(request.actor, after=request.GET.get("after", ""))
    return render(request, "organisations/organisations.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def organisation(request: Request, slug: str) -> HttpResponse:
    """Its place in the tree and what stands below; a part can be added."""
    place = get_place(request, slug)
    form = PartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            part = actions.add_part(actor=request.actor, organisation=place, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("{part} is part of {place} now.").format(part=part, place=place))
            return redirect("organisation", slug)
    parts = queries.list_parts(request.actor, place.id, after=request.GET.get("after", ""))
    facts = {"above": queries.list_above(place.id), "parts": parts, "form": form}
    return show(request, "organisation", place, status=400 if request.method == "POST" else 200, **facts)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def domains(request: Request, slug: str) -> HttpResponse:
    place = get_place(request, slug)
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.set_domain(actor=request.actor, organisation=place, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("domain", str(refusal))
        else:
            messages.success(request, _("{domain} is entered.").format(domain=row))
            return redirect("domains", slug)
    rows = queries.list_domains(request.actor, place.id)
    return show(request, "domains", place, status=400 if request.method == "POST" else 200, form=form, rows=rows)


@require_POST
@for_administrators
def remove_domain(request: Request, slug: str) -> HttpResponse:
    place = get_place(request, slug)
    domain = request.POST.get("domain", "")
    actions.remove_domain(actor=request.actor, organisation=place, domain=domain, now=clock.now())
    messages.success(request, _("The domain is removed. Whoever joined by it stays."))
    return redirect("domains", slug)


@require_safe
@for_its_own_administrators
def join_requests(request: Request, slug: str) -> HttpResponse:
    """Who says that she works here and asks for a yes, the longest waiting first."""
    place = get_place(request, slug)
    page = queries.list_join_requests(request.actor, place.id, after=request.GET.get("after", ""))
    return show(request, "requests", place, page=page)


@require_POST
@for_its_own_administrators
def answer_request(request: Request, slug: str) -> HttpResponse:
    get_place(request, slug)
    wanted, now = row_id(request, "request"), clock.now()
    if request.POST.get("answer") == "yes":
        actions.accept_request(actor=request.actor, request=wanted, now=now)
        messages.success(request, _("Noted: this person works here."))
    else:
        actions.refuse_request(actor=request.actor, request=wanted, now=now)
        messages.success(request, _("Noted: this person does not work here."))
    return redirect("join_requests", slug)
