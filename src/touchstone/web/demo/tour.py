"""The guided tour: its stops, the bar that goes along on every page, and what a visitor takes in hand on the way."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from touchstone.demo import tour
from touchstone.demo.tour import STOPS, OneByte, Opening, Stop
from touchstone.kit import clock
from touchstone.web.acting import Request
from touchstone.web.demo.views import enter, in_demonstration

TOURING = "tour"  # in the session: the key of the stop a visitor is at
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Bar:
    """Where a visitor is on the tour, for the bar on every page."""

    stop: Stop
    number: int
    path: str

    @property
    def count(self) -> int:
        return len(STOPS)

    @property
    def previous(self) -> Stop | None:
        return STOPS[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Stop | None:
        return STOPS[self.number] if self.number < len(STOPS) else None

    @cached_property
    def one_byte(self) -> OneByte | None:
        return tour.find_one_byte()


def bar_of(request: HttpRequest) -> Bar | None:
    """The bar, while somebody is on the tour."""
    session = getattr(request, "session", None)
    if session is None or not (settings.DEMONSTRATION or settings.TESTING):
        return None
    here = session.get(TOURING)
    stop = next((row for row in STOPS if row.key == here), None)
    return Bar(stop, STOPS.index(stop) + 1, request.path) if stop else None


@require_safe
@never_cache
@in_demonstration
def start(request: Request) -> HttpResponse:
    """What the tour shows, stop by stop; each may be opened from here."""
    is_loaded = any(tour.find_opening(stop) for stop in STOPS)
    return render(request, "demo/tour.html", {"stops": STOPS if is_loaded else []})


@require_safe
@never_cache
@in_demonstration
def open_stop(request: Request, key: str) -> HttpResponse:
    """Be whoever the stop is for, and open its page."""
    stop = tour.get_stop(key)
    opening = tour.find_opening(stop)
    if opening is None:
        messages.warning(
            request, _("The page of this stop is gone. Load the demonstration anew to see it again: make demo RESET=1.")
        )
        return redirect("demo_tour")
    _become(request, opening)
    request.session[TOURING] = stop.key
    if not opening.as_told:
        sentence = _("Somebody has gone on with this work since it was loaded, so the page may look different.")
        messages.info(request, sentence)
    path = reverse(opening.page.view, args=opening.page.arguments)
    return redirect(f"{path}?{opening.query}" if opening.query else path)


def _become(request: Request, opening: Opening) -> None:
    if opening.page.who:
        enter(request, opening.page.who, role=opening.page.role or "earner", place=opening.page.place)
    else:
        logout(request)


@require_POST
@in_demonstration
def leave(request: Request) -> HttpResponse:
    """End the tour and stay on the page."""
    request.session.pop(TOURING, None)
    back = urlsplit(request.POST.get("back", "")).path
    return redirect(back if back.startswith("/") and not back.startswith("//") else reverse("demo"))


@require_safe
@never_cache
@in_demonstration
def lesson(request: Request) -> HttpResponse:
    """The lesson document to take in hand, as the teacher's computer would hold it."""
    answer = HttpResponse(tour.lesson_document(made_at=clock.now()), content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="{tour.LESSON}"'
    return answer
