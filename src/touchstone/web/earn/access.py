"""Whose pages these are, and what becomes of a text that was sent when it could not be taken."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound, Refusal
from touchstone.portfolio import queries
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


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def earners_page[**P](view: View[P]) -> View[P]:
    """For signed-in people acting for themselves; a text that cannot be taken is shown again, never lost."""

    @wraps(view)
    def inner(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _signed_out(request, dict(kwargs))
        try:
            return view(request, *args, **kwargs)
        except Refusal as found:
            refusal = ActingOtherwise() if _is_her_own(request, found, dict(kwargs)) else found
            if wants_json(request) or not _texts(request):
                raise refusal from None
            return kept_text(request, str(refusal), _way_back(dict(kwargs)), status=refusal.status)

    return inner


def kept_text(request: Request, sentence: str, back: str, *, status: int) -> HttpResponse:
    """Everything written in the form that was sent, to copy, and the way on."""
    facts = {"sentence": sentence, "texts": _texts(request), "back": back, "files": _file_names(request)}
    return render(request, "earn/kept_text.html", facts, status=status)


def _is_her_own(request: Request, found: Refusal, where: dict[str, Any]) -> bool:
    if not isinstance(found, NotFound) or request.membership is None or "token" not in where:
        return False
    try:
        queries.get_submission(Actor(person=request.actor.person), where["token"])
    except NotFound:
        return False
    return True


def _signed_out(request: Request, where: dict[str, Any]) -> HttpResponse:
    sentence = _("You were signed out. Sign in again, then send this once more.")
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=401)
    if request.method == "POST" and (_texts(request) or request.FILES):
        return kept_text(request, _("You were signed out before this could be saved."), _way_back(where), status=401)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else _way_back(where)
    return redirect_to_login(back)


def _way_back(where: dict[str, Any]) -> str:
    """The page the form came from; addresses that only take forms are no place to return to."""
    if "token" in where:
        return reverse("submission", args=[where["token"]])
    return reverse("item", args=[where["slug"]]) if "slug" in where else reverse("earn_home")


def _texts(request: HttpRequest) -> list[str]:
    names = [name for name in request.POST if name.startswith("text") or name in {"url", "name"}]
    return [text for name in names if (text := request.POST[name].strip())]


def _file_names(request: HttpRequest) -> list[str]:
    return [str(file.name) for file in request.FILES.getlist("file")]
