"""What every page's shell needs."""

from django.conf import settings
from django.http import HttpRequest

from touchstone.kit import clock
from touchstone.web.demo.tour import bar_of


def shell(request: HttpRequest) -> dict[str, object]:
    return {
        "actor": getattr(request, "actor", None),
        "person": getattr(request, "person", None),
        "memberships": getattr(request, "memberships", []),
        "membership": getattr(request, "membership", None),
        "demonstration": settings.DEMONSTRATION,
        "origin": settings.ORIGIN,
        "tour": bar_of(request),
        "moment": clock.now,
    }
