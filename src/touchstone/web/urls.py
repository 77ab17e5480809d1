"""Pages, by door."""

from django.urls import URLPattern, URLResolver, include, path

from touchstone.web.media import media

DOORS = (
    "explore",
    "awards",
    "verify",
    "earn",
    "measure",
    "assess",
    "lead",
    "author",
    "organisations",
    "account",
    "conflicts",
    "demo",
    "operate",
    "ui",
)

urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"touchstone.web.{door}.urls")) for door in DOORS),
    path("media/<str:signed>", media, name="media"),
]
