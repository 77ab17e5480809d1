"""The demonstration's clock, set ahead by a day or a week."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchstone.kit import clock
from touchstone.kit.errors import Refusal
from touchstone.web.acting import Request
from touchstone.web.demo.views import in_demonstration

STEPS = {"day": timedelta(days=1), "week": timedelta(days=7)}


@require_POST
@in_demonstration
def set_ahead(request: Request) -> HttpResponse:
    """Advance by the step asked for; what is due then runs at once."""
    by = STEPS.get(request.POST.get("by", ""), timedelta())
    try:
        row = clock.set_ahead(actor=request.actor, by=by, now=clock.now())
    except Refusal as refused:
        messages.warning(request, str(refused))
    else:
        assert row.set_at
        told = date_format(localtime(row.set_at), "DATETIME_FORMAT")
        messages.success(request, _("It is {moment} now. Everything due by then is being done.").format(moment=told))
    return redirect("demo")
