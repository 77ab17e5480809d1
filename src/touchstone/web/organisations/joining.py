"""Accepting an invitation: signed out, one signs in or up and comes back to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchstone.kit import clock
from touchstone.people import actions, queries
from touchstone.people.errors import InvitationExpired, InvitationRevoked, InvitationUsedUp, LinkNotValid
from touchstone.people.models import Invitation
from touchstone.web.acting import Request
from touchstone.web.kept import ask_to_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, token: str) -> HttpResponse:
    """What an invitation offers, and taking it up. Raises a refusal in words for one that ended."""
    invitation = queries.find_invitation(token)
    if invitation is None:
        raise LinkNotValid
    person = request.person.pseudonym_id if request.person else None
    done = person is not None and queries.has_used(invitation, person)
    if not done:
        _require_open(invitation)
    if request.method == "POST":
        if person is None:
            return ask_to_sign_in(request, back=request.path)
        actions.accept_invitation(actor=request.actor, token=token, now=clock.now())
        messages.success(request, _("Welcome: you belong to {place} now.").format(place=invitation.organisation))
        return redirect("work")
    context = {
        "invitation": invitation,
        "done": done,
        "fits": person is None or not invitation.email or invitation.email in queries.verified_addresses(person),
        "own": person is not None and invitation.made_by_id == person,
        "here": request.path,
        "sign_in": reverse("account_login"),
        "sign_up": reverse("account_signup"),
    }
    return render(request, "organisations/join.html", context)


def _require_open(invitation: Invitation) -> None:
    """Raises InvitationRevoked, InvitationUsedUp, InvitationExpired; accepting looks again, with the row locked."""
    now = clock.now()
    if invitation.revoked_at:
        raise InvitationRevoked
    if invitation.uses >= invitation.max_uses:
        raise InvitationUsedUp
    if now >= invitation.expires_at or (invitation.to_date and invitation.to_date < now.date()):
        raise InvitationExpired
