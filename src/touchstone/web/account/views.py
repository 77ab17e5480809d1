"""Who I am here, and as whom I act."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchstone.kit.errors import NotFound
from touchstone.people import actions, queries
from touchstone.people.enums import Role
from touchstone.people.models import Person
from touchstone.web.account.forms import ProfileForm
from touchstone.web.acting import SESSION_KEY, Request

HOMES = {Role.ASSESSOR: "assess_home", Role.AWARD_STAFF: "decisions"}
FIELDS = ("name", "position", "state", "language", "time_zone")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account(request: Request) -> HttpResponse:
    """Show and change the profile."""
    person = _person(request)
    now = timezone.now()
    form = ProfileForm(request.POST or None, initial={field: getattr(person, field) for field in FIELDS})
    if request.method == "POST" and form.is_valid():
        actions.change_profile(actor=request.actor, now=now, **form.cleaned_data)
        return _saved(request, form.cleaned_data["language"])
    employers = queries.list_employments(person.pseudonym_id, on=now.date())
    context = {"form": form, "employers": employers, "roles": request.memberships}
    return render(request, "accountpages/profile.html", context, status=400 if form.is_bound else 200)


@require_POST
@login_required
def act_as(request: Request) -> HttpResponse:
    """Choose the role to act in; nothing chosen means for herself. Raises NotFound for somebody else's role."""
    _person(request)
    wanted = request.POST.get("membership", "")
    if not wanted:
        request.session.pop(SESSION_KEY, None)
        return redirect("home")
    chosen = next((row for row in request.memberships if str(row.id) == wanted), None)
    if chosen is None:
        raise NotFound
    request.session[SESSION_KEY] = wanted
    return redirect(HOMES.get(Role(chosen.role), "home"))


def _person(request: Request) -> Person:
    if request.person is None:
        raise NotFound
    return request.person


def _saved(request: Request, language: str) -> HttpResponse:
    """Back to the page, in the language just chosen: it replaces a choice this browser may have kept."""
    with translation.override(language):
        messages.success(request, _("Your profile is saved."))
    response = redirect("account")
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response
