"""Who I am here."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchstone.kit import clock
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people import actions, queries
from touchstone.people.actions import ProfileChange
from touchstone.people.models import Person
from touchstone.web.account.forms import ProfileForm
from touchstone.web.acting import Request

FIELDS = ("name", "position", "subjects", "grade_bands", "state", "language", "time_zone")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: Request) -> HttpResponse:
    """Show and change the profile."""
    person = own_person(request)
    now = clock.now()
    form = ProfileForm(request.POST or None, initial={field: getattr(person, field) for field in FIELDS})
    if request.method == "POST" and form.is_valid():
        try:
            change = actions.change_profile(actor=request.actor, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            return _saved(request, form.cleaned_data["language"], change)
    context = {
        "form": form,
        "employers": queries.list_employments(person.pseudonym_id, on=now.date()),
        "former_names": [row.name for row in person.former_names.order_by("changed_at", "id")],
        "addresses": sorted(queries.verified_addresses(person.pseudonym_id)),
        "is_minor": queries.is_minor(person.pseudonym_id, now.date()),
    }
    return render(request, "accountpages/profile.html", context, status=400 if form.is_bound else 200)


def own_person(request: Request) -> Person:
    """Who is signed in. Raises NotFound for an account that is nobody's yet."""
    if request.person is None:
        raise NotFound
    return request.person


def _saved(request: Request, language: str, change: ProfileChange) -> HttpResponse:
    """Back to the page, in the language just chosen: it replaces a choice this browser may have kept."""
    with translation.override(language):
        messages.success(request, _("Your profile is saved."))
        if change.name_changed:
            messages.info(request, _("Your former name is kept aside, so that it can be taken out of older work too."))
        if change.confirmation_lost:
            messages.warning(
                request,
                _(
                    "Your identity was confirmed under your former name. Ask an administrator where you work to"
                    " confirm it again; until then no new work is offered to you as an assessor."
                ),
            )
    response = redirect("account")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
