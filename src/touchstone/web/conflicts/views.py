"""Telling whom one knows, looking at what one told, and taking it back. Nobody learns here whether somebody matched."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from touchstone.kit import clock
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people import actions, queries
from touchstone.people.enums import Role
from touchstone.web.account.views import own_person
from touchstone.web.acting import Request
from touchstone.web.conflicts.forms import ConflictForm, WithdrawForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conflicts(request: Request) -> HttpResponse:
    """Tell of a conflict; the answer is the same whoever was meant."""
    person, now = own_person(request), clock.now()
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {key: form.cleaned_data[key] for key in ("kind", "email", "name", "organisation")}
        try:
            actions.state_conflict(actor=request.actor, now=now, **told)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(actions.CONFLICT_NOTED))
            return redirect("conflicts")
    context = {
        "form": form,
        "statements": queries.list_statements(person.pseudonym_id),
        "employers": queries.list_employments(person.pseudonym_id, on=now.date()),
        "assesses": any(row.role == Role.ASSESSOR for row in request.memberships),
        "identity_confirmed": person.identity_confirmed_at is not None,
    }
    return render(request, "accountpages/conflicts.html", context, status=400 if form.is_bound else 200)


@require_POST
@login_required
def withdraw_conflict(request: Request) -> HttpResponse:
    """Take back one's own statement. Raises NotFound."""
    own_person(request)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        raise NotFound
    actions.withdraw_conflict(actor=request.actor, statement=form.cleaned_data["statement"], now=clock.now())
    messages.success(request, _("This is taken back. It no longer keeps anybody apart."))
    return redirect("conflicts")
