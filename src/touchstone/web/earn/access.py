"""Whose pages these are, and what becomes of a text that was sent when it could not be taken."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound, Refusal
from touchstone.portfolio import queries
from touchstone.web import kept
from touchstone.web.acting import Request

type View[**P] = Callable[Concatenate[Request, P], HttpResponseBase]


class ActingOtherwise(Refusal):
    status = 403
    sentence = gettext_lazy(
        "This is your own work, and you are acting in another role now. Choose “Educator” in the header, then open it"
        " again."
    )


class NothingSent(Refusal):
    status = 400
    sentence = gettext_lazy("Your browser sent no text, so nothing was changed. Please try again.")


def earners_page[**P](view: View[P]) -> View[P]:
    """For signed-in people acting for themselves; a text that cannot be taken is shown again, never lost."""

    @wraps(view)
    def inner(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return kept.ask_to_sign_in(request, _way_back(dict(kwargs)))
        try:
            return view(request, *args, **kwargs)
        except Refusal as found:
            refusal = ActingOtherwise() if _is_her_own(request, found, dict(kwargs)) else found
            if kept.wants_json(request) or not kept.typed_texts(request):
                raise refusal from None
            return kept.show_again(request, str(refusal), _way_back(dict(kwargs)), status=refusal.status)

    return inner


def _is_her_own(request: Request, found: Refusal, where: dict[str, Any]) -> bool:
    if not isinstance(found, NotFound) or request.membership is None or "token" not in where:
        return False
    try:
        queries.get_submission(Actor(person=request.actor.person), where["token"])
    except NotFound:
        return False
    return True


def _way_back(where: dict[str, Any]) -> str:
    """The page the form came from; addresses that only take forms are no place to return to."""
    if "token" in where:
        return reverse("submission", args=[where["token"]])
    return reverse("item", args=[where["slug"]]) if "slug" in where else reverse("earn_home")
