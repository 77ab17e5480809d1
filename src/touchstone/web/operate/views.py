"""Platform staff see nobody's name, unless they say why and let it be known."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from touchstone.kit import clock
from touchstone.kit.errors import Refusal
from touchstone.people import actions, glass
from touchstone.people.enums import Role
from touchstone.people.errors import GlassClosed
from touchstone.people.models import GlassBreak
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request
from touchstone.web.operate.finding import find_subject
from touchstone.web.operate.forms import LookForm

for_platform_staff = acting_as(Role.PLATFORM_STAFF)


@dataclass(frozen=True)
class Row:
    """One look in the list. Whom it is about stands nowhere."""

    look: GlassBreak
    own: bool
    open: bool


@require_safe
@for_platform_staff
def operate(request: Request) -> HttpResponse:
    """Say whom you must know and why; below, every look anybody took."""
    return _page(request, LookForm())


@require_POST
@for_platform_staff
def open_look(request: Request) -> HttpResponse:
    form = LookForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    said = form.cleaned_data
    subject = find_subject(said["who"], said["whose"])
    if subject is None:
        form.add_error("who", _("Nobody is found by this. Check the address or code; an address must be verified."))
        return _page(request, form, status=400)
    why = {"cause": said["cause"], "reason": said["reason"], "minutes": said["minutes"]}
    try:
        look = actions.open_glass(actor=request.actor, subject=subject, now=clock.now(), **why)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=refusal.status)
    return redirect("look", look.token)


@require_safe
@never_cache
@for_platform_staff
def look(request: Request, token: str) -> HttpResponse:
    """Who the person is, until the look ends. Each time is noted."""
    opened = glass.get_look(request.actor, token)
    try:
        opened, identity = actions.look_through_glass(actor=request.actor, token=token, now=clock.now())
    except GlassClosed as closed:
        context = {"look": opened, "identity": None, "sentence": str(closed)}
        return render(request, "operate/look.html", context, status=closed.status)
    return render(request, "operate/look.html", {"look": opened, "identity": identity})


@require_POST
@for_platform_staff
def close_look(request: Request, token: str) -> HttpResponse:
    actions.close_glass(actor=request.actor, token=token, now=clock.now())
    return redirect("operate")


def _page(request: Request, form: LookForm, *, status: int = 200) -> HttpResponse:
    page, now = glass.list_looks(request.actor, after=request.GET.get("after", "")), clock.now()
    rows = [Row(row, row.staff_id == request.actor.person, row.is_open(now)) for row in page]
    names = glass.names_of_staff([row.staff_id for row in page])
    context = {"form": form, "page": page, "rows": rows, "names": names}
    return render(request, "operate/operate.html", context, status=status)
