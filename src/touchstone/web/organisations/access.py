"""The administrators' door: who may knock, and the frame every page of an organisation has."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from touchstone.people import queries
from touchstone.people.enums import Role
from touchstone.people.models import Organisation
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request

for_administrators = acting_as(Role.ADMINISTRATOR, Role.PLATFORM_STAFF)
# Platform staff see who belongs to an organisation behind glass alone, so these pages are not theirs.
for_its_own_administrators = acting_as(Role.ADMINISTRATOR)


def after_inviting(request: Request, place: Organisation) -> str:
    """Where to go on: the list of invitations, or for platform staff, who may not read it, the organisation."""
    own = request.actor.acts_as(Role.ADMINISTRATOR)
    return reverse("invitations" if own else "organisation", args=[place.slug])


def get_place(request: Request, slug: str) -> Organisation:
    """The organisation of the address, if the actor administers it. Raises NotFound."""
    return queries.get_organisation(request.actor, slug)


def show(request: Request, template: str, place: Organisation, *, status: int = 200, **facts: object) -> HttpResponse:
    """A page about an organisation."""
    return render(request, f"organisations/{template}.html", {"place": place, **facts}, status=status)
