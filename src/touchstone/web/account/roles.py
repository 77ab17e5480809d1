"""Doors for one role: who may knock, and what everybody else is told."""

import functools
from collections.abc import Callable
from typing import Concatenate
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.kit.errors import NotFound, Refusal
from touchstone.people.enums import Role
from touchstone.web.acting import Request

type View[**P] = Callable[Concatenate[Request, P], HttpResponse]


class RoleNotChosen(Refusal):
    """The person holds the role, but acts in another one now."""

    status = 403
    sentence = gettext_lazy(
        "This page is for the role “{role}”. You hold that role but act in another one now: choose it in the header,"
        " then open this page again."
    )


def acting_as[**P](role: Role) -> Callable[[View[P]], View[P]]:
    """Let a view be used under a membership of this role only.

    Signed out: the way to sign in. Holding the role but acting otherwise: a hint to the switcher. Anyone else: 404.
    """

    def guard(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if request.actor.acts_as(role):
                return view(request, *args, **kwargs)
            if any(row.role == role for row in request.memberships):
                raise RoleNotChosen(role=role.label)
            raise NotFound

        return guarded

    return guard


def ask_to_sign_in(request: Request) -> HttpResponse:
    """To sign-in and back; whatever a form sent meanwhile is shown for copying, so that no text is lost."""
    if request.headers.get("Accept", "").startswith("application/json"):
        sentence = _("You are signed out. Please sign in again in another tab; your text is still here.")
        return JsonResponse({"error": sentence}, status=401)
    if request.method == "POST":
        typed = [text for text in map(str, request.POST.dict().values()) if " " in text.strip()]
        context = {"typed": typed, "back": _page_before(request)}
        return render(request, "accountpages/signed_out.html", context, status=401)
    return redirect_to_login(request.get_full_path())


def _page_before(request: Request) -> str:
    """The path of our own page a form stood on, or the start page."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() and before.path else "/"
