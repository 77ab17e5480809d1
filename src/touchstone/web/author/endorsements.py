"""What an organisation endorses: items, issuers and awards of others."""

import re
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.catalogue import queries as catalogue
from touchstone.credentials import actions, queries
from touchstone.credentials.actions.endorsing import Endorsed
from touchstone.kit import clock
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people.enums import Role
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request
from touchstone.web.author.forms import EndorseForm
from touchstone.web.kept import ask_to_sign_in

for_organisations = acting_as(Role.AWARD_STAFF, Role.ADMINISTRATOR)
_PATH = re.compile(r"/(micro-credentials|issuers|awards)/([0-9a-z-]+)/?")


@require_safe
@for_organisations
def endorsements(request: Request) -> HttpResponse:
    """What stands in the organisation's name, newest first."""
    page = queries.list_given_endorsements(request.actor, after=request.GET.get("after", ""))
    return render(request, "author/endorsements.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisations
def give_endorsement(request: Request) -> HttpResponse:
    queries.list_given_endorsements(request.actor)
    sent = request.POST if request.method == "POST" else None
    form = EndorseForm(sent, initial={"address": request.GET.get("of", "")})
    if form.is_valid():
        about = _found(request.actor, form.cleaned_data["address"])
        if about is None:
            form.add_error(
                "address", _("There is no micro-credential, issuer or award that you may see at this address.")
            )
        elif _given(request, form, about):
            messages.success(request, _("Your organisation endorses it from now on."))
            return redirect("endorsements")
    return render(request, "author/endorse.html", {"form": form}, status=400 if form.is_bound else 200)


@require_POST
def withdraw_endorsement(request: Request, token: str) -> HttpResponse:
    """For who gave it, and for the holder whose award it is about."""
    if not request.user.is_authenticated:
        return ask_to_sign_in(request)
    row = actions.withdraw_endorsement(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("It is shown no more, and badges signed from now on do not carry it."))
    return redirect("award", row.award.token) if row.award and not request.membership else redirect("endorsements")


def _given(request: Request, form: EndorseForm, about: Endorsed) -> bool:
    try:
        comment = form.cleaned_data["comment"]
        actions.give_endorsement(actor=request.actor, about=about, comment=comment, now=clock.now())
    except (actions.OwnWork, actions.CannotEndorse, actions.AlreadyEndorsed, actions.CommentMissing) as refused:
        form.add_error("comment" if isinstance(refused, actions.CommentMissing) else "address", str(refused))
        return False
    return True


def _found(actor: Actor, address: str) -> Endorsed | None:
    """What stands at an address of this site; None where there is nothing the actor may see."""
    hit = _PATH.fullmatch(urlsplit(address.strip()).path)
    if hit is None:
        return None
    kind, name = hit.groups()
    try:
        if kind == "awards":
            return queries.get_award(actor, name)
        if kind == "micro-credentials":
            return catalogue.get_item(actor, name).current
    except Refusal:
        return None
    return catalogue.get_issuer(name)
