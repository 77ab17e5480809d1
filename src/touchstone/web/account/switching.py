"""The switcher: as whom a person acts, the second step some roles need, and where each role begins."""

from collections.abc import Mapping

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.kit.errors import NotFound
from touchstone.people.enums import Role
from touchstone.people.models import Membership
from touchstone.web.account import second_step
from touchstone.web.acting import SESSION_KEY, Request

WANTED = "wanted_membership"  # the role somebody chose, while she sets up her second step
# Roles whose work begins on a page of their own; the others begin on a page that says what they are for.
HOMES: Mapping[str, str] = {
    Role.ASSESSOR: "assess_home",
    Role.SCORING_LEADER: "lead_home",
    Role.AWARD_STAFF: "decisions",
    Role.PLATFORM_STAFF: "organisations",
}
MEANINGS: Mapping[str, str | Promise] = {
    Role.AUTHOR: _("You write micro-credentials for this issuer, as files that its content is loaded from."),
    Role.ASSESSOR: _("You score work without knowing whose it is."),
    Role.SCORING_LEADER: _("You see to it that every piece of work finds its assessor, and know assessors by name."),
    Role.AWARD_STAFF: _("You release decisions and look after awards."),
    Role.ADMINISTRATOR: _("You say who belongs to the organisation, and what they may do for it."),
    Role.FACILITATOR: _("You lead a group of colleagues who earn together."),
    Role.RESEARCHER: _("You may be given data in which nobody can be recognised."),
    Role.PLATFORM_STAFF: _("You look after the platform and every organisation on it."),
}


def home_of(membership: Membership | None) -> str:
    """The path of the page on which a role begins; without one, one's own start page."""
    if membership is None:
        return reverse("home")
    if membership.role == Role.ADMINISTRATOR:
        return reverse("organisation", args=[membership.organisation.slug])
    return reverse(HOMES.get(membership.role, "acting"))


@require_POST
@login_required
def act_as(request: Request) -> HttpResponse:
    """Choose the role to act in; nothing chosen means for herself. Raises NotFound for somebody else's role."""
    if request.person is None:
        raise NotFound
    request.session.pop(WANTED, None)
    wanted = request.POST.get("membership", "")
    if not wanted:
        request.session.pop(SESSION_KEY, None)
        return redirect("home")
    chosen = _held(request, wanted)
    if chosen is None:
        raise NotFound
    if not second_step.is_satisfied(request, chosen.role):
        request.session[WANTED] = wanted
        return redirect("second_step")
    request.session[SESSION_KEY] = wanted
    return redirect(home_of(chosen))


@require_safe
@login_required
def show_second_step(request: Request) -> HttpResponse:
    """What is still missing before the chosen role may be acted in: setting a second step up, then using it."""
    wanted = _held(request, request.session.get(WANTED, ""))
    kinds = second_step.kinds_set_up(request)
    used = bool(kinds) and second_step.is_used(request)
    context = {"wanted": wanted, "kinds": kinds, "used": used, "current": 2 if used else 1 if kinds else 0}
    return render(request, "accountpages/second_step.html", context)


@require_safe
@login_required
def acting(request: Request) -> HttpResponse:
    """What the role in use is for, and where it leads."""
    meaning = MEANINGS.get(request.membership.role, "") if request.membership else ""
    home = home_of(request.membership)
    leads_on = request.membership is not None and home != reverse("acting")
    return render(request, "accountpages/acting.html", {"meaning": meaning, "way_on": home if leads_on else ""})


def _held(request: Request, wanted: str) -> Membership | None:
    return next((row for row in request.memberships if str(row.id) == wanted), None)
