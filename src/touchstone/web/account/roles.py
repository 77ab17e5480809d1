"""Doors for roles: who may knock, and what everybody else is told."""

import functools
from collections.abc import Callable
from typing import Concatenate

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from touchstone.kit.errors import NotFound, Refusal
from touchstone.people.enums import Role
from touchstone.web.acting import Request
from touchstone.web.kept import ask_to_sign_in

type View[**P] = Callable[Concatenate[Request, P], HttpResponse]


class RoleNotChosen(Refusal):
    """The person holds the role, but acts in another one now."""

    status = 403
    sentence = gettext_lazy(
        "This page is for the role “{role}”. You hold that role but act in another one now: choose it in the header,"
        " then open this page again."
    )


def acting_as[**P](*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let a view be used under a membership of one of these roles only.

    Signed out: the way to sign in. Holding such a role but acting otherwise: a hint to the switcher. Anyone else: 404.
    """

    def guard(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if request.actor.acts_as(*roles):
                return view(request, *args, **kwargs)
            held = next((row for row in request.memberships if row.role in roles), None)
            if held:
                raise RoleNotChosen(role=held.get_role_display())
            raise NotFound

        return guarded

    return guard
