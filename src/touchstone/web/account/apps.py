"""Connected apps: who was let at one's own badges, and the way to end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.credentials import connected
from touchstone.credentials.actions.connecting import disconnect_app
from touchstone.kit import clock
from touchstone.web.account.views import own_person
from touchstone.web.acting import Request


@require_safe
@login_required
def apps(request: Request) -> HttpResponse:
    found = connected.list_connected_apps(own_person(request).pseudonym_id)
    return render(request, "accountpages/apps.html", {"apps": found})


@require_POST
@login_required
def disconnect(request: Request) -> HttpResponse:
    name = disconnect_app(actor=request.actor, client=request.POST.get("app", "")[:100], now=clock.now())
    messages.success(request, _("{name} is disconnected. It can see and bring nothing any more.").format(name=name))
    return redirect("apps")
