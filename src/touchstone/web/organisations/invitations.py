"""Inviting: one person, whoever has a link, or a whole list, which is shown before anything is sent."""

import base64
import binascii
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.kit import clock
from touchstone.kit.errors import Refusal
from touchstone.people import actions, queries, rules
from touchstone.people.actions import InvitationPlan
from touchstone.people.enums import Role
from touchstone.people.errors import ListNotReadable
from touchstone.people.models import Organisation
from touchstone.people.tokens import invitation_path
from touchstone.web.acting import Request
from touchstone.web.organisations.access import (
    after_inviting,
    for_administrators,
    for_its_own_administrators,
    get_place,
    show,
)
from touchstone.web.organisations.forms import InviteForm, LinkForm, ListForm, end_of, roles_of
from touchstone.web.organisations.rows import row_id

MOST_SHOWN = 200  # rows of each table of a plan


@require_safe
@for_its_own_administrators
def invitations(request: Request, slug: str) -> HttpResponse:
    """Invitations that can still be accepted, newest first."""
    place = get_place(request, slug)
    after = request.GET.get("after", "")
    page = queries.list_invitations(request.actor, place.id, now=clock.now(), after=after)
    return show(request, "invitations", place, page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def invite(request: Request, slug: str) -> HttpResponse:
    """Invite one person by her address."""
    place = get_place(request, slug)
    form = InviteForm(request.POST or None, roles=_roles(request, place))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.invite_person(actor=request.actor, organisation=place, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("{email} is invited by mail.").format(email=row.email))
            return redirect(after_inviting(request, place))
    return show(request, "invite", place, status=_status(request), form=form, back=after_inviting(request, place))


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def invitation_link(request: Request, slug: str) -> HttpResponse:
    """Make a link that several people may use; it is shown this once."""
    place, now = get_place(request, slug), clock.now()
    form = LinkForm(request.POST or None, roles=roles_of(place, by_link=True), today=clock.today())
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        day: date = facts.pop("expires_on")
        try:
            row, token = actions.make_invitation_link(
                actor=request.actor, organisation=place, expires_at=end_of(day, place), now=now, **facts
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            link = f"{settings.ORIGIN}{invitation_path(token)}"
            return show(request, "link_made", place, link=link, row=row, way_on=after_inviting(request, place))
    return show(request, "link", place, status=_status(request), form=form, back=after_inviting(request, place))


@require_http_methods(["GET", "HEAD", "POST"])
@for_its_own_administrators
def invitation_list(request: Request, slug: str) -> HttpResponse:
    """Look through a list: whom it would invite, and which lines are wrong. Nothing is sent yet."""
    place = get_place(request, slug)
    form = ListForm(request.POST or None, request.FILES or None, roles=_roles(request, place))
    if request.method == "POST" and form.is_valid():
        data = form.data_of_file()
        facts = {"role": form.cleaned_data["role"], "employs": form.cleaned_data["employs"]}
        try:
            plan = _plan(request, place, data, facts)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return _show_plan(request, place, plan, data, facts)
    return show(request, "list", place, status=_status(request), form=form)


@require_POST
@for_its_own_administrators
def send_list(request: Request, slug: str) -> HttpResponse:
    """Send what was looked through; it is read anew, so what changed since counts."""
    place = get_place(request, slug)
    form = ListForm(request.POST, roles=_roles(request, place))
    del form.fields["file"]
    try:
        data = base64.b64decode(request.POST.get("list", ""), validate=True)
    except binascii.Error:
        raise ListNotReadable(line=1) from None
    if not form.is_valid() or not data:
        raise ListNotReadable(line=1)
    count = actions.send_invitations(
        actor=request.actor, plan=_plan(request, place, data, form.cleaned_data), now=clock.now()
    )
    messages.success(
        request, ngettext("{n} invitation is on its way.", "{n} invitations are on their way.", count).format(n=count)
    )
    return redirect("invitations", slug)


@require_POST
@for_its_own_administrators
def invitation_again(request: Request, slug: str) -> HttpResponse:
    get_place(request, slug)
    actions.send_invitation_again(actor=request.actor, invitation=row_id(request, "invitation"), now=clock.now())
    messages.success(request, _("The invitation is sent again, with a new link. The old link no longer works."))
    return redirect("invitations", slug)


@require_POST
@for_its_own_administrators
def revoke_invitation(request: Request, slug: str) -> HttpResponse:
    get_place(request, slug)
    actions.revoke_invitation(actor=request.actor, invitation=row_id(request, "invitation"), now=clock.now())
    messages.success(request, _("The invitation is taken back. Whoever accepted it before stays."))
    return redirect("invitations", slug)


def _roles(request: Request, place: Organisation) -> list[tuple[str, object]]:
    return roles_of(place, platform=rules.is_everywhere(request.actor))


def _status(request: Request) -> int:
    return 400 if request.method == "POST" else 200


def _plan(request: Request, place: Organisation, data: bytes, facts: dict[str, Any]) -> InvitationPlan:
    return actions.plan_invitations(actor=request.actor, organisation=place, data=data, now=clock.now(), **facts)


def _show_plan(
    request: Request, place: Organisation, plan: InvitationPlan, data: bytes, facts: dict[str, Any]
) -> HttpResponse:
    """What the list would do, and the list itself in the form that sends it."""
    return show(
        request,
        "plan",
        place,
        plan=plan,
        invite=plan.invite[:MOST_SHOWN],
        problems=plan.problems[:MOST_SHOWN],
        most=MOST_SHOWN,
        list=base64.b64encode(data).decode(),
        chosen=facts,
        roles=dict(Role.choices),
    )
