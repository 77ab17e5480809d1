"""Who to be, what to look at, and the mail nobody gets."""

import functools
from collections.abc import Callable
from typing import Concatenate

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from touchstone.demo import passing, queries
from touchstone.demo.cast import BY_KEY, PASSWORD
from touchstone.kit import clock
from touchstone.kit.errors import NotFound
from touchstone.people.models import Membership
from touchstone.web.account.switching import home_of
from touchstone.web.acting import SESSION_KEY, Request
from touchstone.web.demo import cast

type View[**P] = Callable[Concatenate[Request, P], HttpResponse]


def in_demonstration[**P](view: View[P]) -> View[P]:
    """Let a view answer in a demonstration and in tests; it signs people in without a password."""

    @functools.wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not (settings.DEMONSTRATION or settings.TESTING):
            raise NotFound
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@in_demonstration
def demo(request: Request) -> HttpResponse:
    """The cast to choose from, and places worth a look."""
    samples = queries.list_samples()
    context = {
        "groups": cast.groups() if samples else [],
        "sights": cast.sights(samples),
        "password": PASSWORD,
        "passing": passing.since_set() if samples else None,
    }
    return render(request, "demo/demo.html", context)


@require_safe
@never_cache
@in_demonstration
def demo_json(request: Request) -> HttpResponse:
    """The same for machines, with whole addresses."""
    samples = queries.list_samples()
    people = cast.as_json() if samples else []
    pages = {row.key: settings.ORIGIN + reverse(row.view, args=row.arguments) for row in samples}
    return JsonResponse({"cast": people, "samples": pages}, json_dumps_params={"ensure_ascii": False, "indent": 2})


def enter(request: Request, key: str, *, role: str = "", place: str = "") -> Membership | None:
    """Sign in as one of the cast, acting under the membership returned or for herself. Raises NotFound."""
    person = queries.get_person(key)
    membership = queries.choose_membership(BY_KEY[key], person, role=role, place=place, on=clock.now().date())
    if person.account is None:
        raise NotFound
    request.session.flush()
    login(request, person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if membership:
        request.session[SESSION_KEY] = str(membership.id)
    return membership


@require_safe
@never_cache
@in_demonstration
def sign_in(request: Request, key: str) -> HttpResponse:
    """Be somebody of the cast, acting ``as`` a role ``in`` an organisation, and go to ``next`` or to her home."""
    membership = enter(request, key, role=request.GET.get("as", ""), place=request.GET.get("in", ""))
    wanted = request.GET.get("next", "")
    return redirect(wanted if url_has_allowed_host_and_scheme(wanted, None) else _home(key, membership))


def _home(key: str, membership: Membership | None) -> str:
    if membership:
        return home_of(membership)
    return reverse("earn_home" if key in queries.EARNERS else "home")


@require_safe
@never_cache
@in_demonstration
def outbox(request: Request) -> HttpResponse:
    """Every mail that would have been sent."""
    return render(request, "demo/mail.html", {"page": queries.list_mail(after=request.GET.get("after", ""))})


@require_safe
@never_cache
@in_demonstration
def message(request: Request, token: str) -> HttpResponse:
    """One mail."""
    return render(request, "demo/message.html", {"mail": queries.get_mail(token)})
