"""Who holds a role in an organisation, who works there, and what its administrators may change about that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.kit import clock
from touchstone.kit.errors import Refusal
from touchstone.people import actions, queries, rules
from touchstone.people.models import Employment, Membership
from touchstone.web.account.forms import EndForm
from touchstone.web.account.work import DayMissing
from touchstone.web.acting import Request
from touchstone.web.organisations.access import for_its_own_administrators, get_place, show
from touchstone.web.organisations.forms import DatesForm
from touchstone.web.organisations.rows import row_id


@require_safe
@for_its_own_administrators
def members(request: Request, slug: str) -> HttpResponse:
    """Everybody with a role here, now or from a later day on, by name."""
    place, today = get_place(request, slug), clock.now().date()
    page = queries.list_members(request.actor, place.id, on=today, after=request.GET.get("after", ""))
    return show(request, "members", place, page=page, today=today)


@require_POST
@for_its_own_administrators
def change_dates(request: Request, slug: str) -> HttpResponse:
    """The first and the last day of a role; when something is wrong with them, the form again."""
    place = get_place(request, slug)
    row = _membership(request, row_id(request, "membership"))
    form = DatesForm(request.POST)
    if form.is_valid():
        try:
            actions.change_membership_dates(
                actor=request.actor, membership=row.id, now=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The dates are changed."))
            return redirect("members", slug)
    return show(request, "dates", place, status=400, form=form, row=row)


@require_POST
@for_its_own_administrators
def remove(request: Request, slug: str) -> HttpResponse:
    """Take a role away, after asking once more."""
    place = get_place(request, slug)
    row = _membership(request, row_id(request, "membership"))
    if not request.POST.get("sure"):
        return show(request, "remove", place, row=row)
    actions.remove_member(actor=request.actor, membership=row.id, now=clock.now())
    messages.success(
        request,
        _("{name} no longer holds the role {role}.").format(name=row.person.person, role=row.get_role_display()),
    )
    return redirect("members", slug)


@require_safe
@for_its_own_administrators
def employees(request: Request, slug: str) -> HttpResponse:
    """Everybody who works here as far as is noted, by name."""
    place, today = get_place(request, slug), clock.now().date()
    page = queries.list_employees(request.actor, place.id, on=today, after=request.GET.get("after", ""))
    return show(request, "employees", place, page=page, today=today)


@require_POST
@for_its_own_administrators
def confirm_employment(request: Request, slug: str) -> HttpResponse:
    get_place(request, slug)
    actions.confirm_employment(actor=request.actor, employment=row_id(request, "employment"), now=clock.now())
    messages.success(request, _("Confirmed: this person works here."))
    return redirect("employees", slug)


@require_POST
@for_its_own_administrators
def end_employment(request: Request, slug: str) -> HttpResponse:
    get_place(request, slug)
    employment, form = row_id(request, "employment"), EndForm(request.POST)
    if not form.is_valid():
        raise DayMissing
    day = form.cleaned_data["to_date"]
    actions.end_employment(actor=request.actor, employment=employment, to_date=day, now=clock.now())
    messages.success(request, _("The last day is noted."))
    return redirect("employees", slug)


@require_POST
@for_its_own_administrators
def confirm_identity(request: Request, slug: str) -> HttpResponse:
    """An administrator has seen that a person is who she says she is: a member, or somebody who works here."""
    get_place(request, slug)
    if "membership" in request.POST:
        row: Membership | Employment = _membership(request, row_id(request, "membership"))
    else:
        rows = Employment.objects.select_related("person__person")
        row = rules.ADMINISTER_EMPLOYMENT.get(request.actor, rows, id=row_id(request, "employment"))
    actions.confirm_identity(actor=request.actor, person=row.person, now=clock.now())
    messages.success(request, _("Noted: you have checked who {name} is.").format(name=row.person.person))
    return redirect("members" if isinstance(row, Membership) else "employees", slug)


def _membership(request: Request, wanted: UUID) -> Membership:
    rows = Membership.objects.select_related("person__person", "organisation")
    return rules.ADMINISTER_MEMBERSHIP.get(request.actor, rows, id=wanted)
