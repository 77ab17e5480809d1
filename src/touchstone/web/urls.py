"""Pages, by door."""

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path("", include(f"touchstone.web.{door}.urls"))
    for door in ("explore", "awards", "verify", "earn", "assess", "author", "account", "demo", "ui")
    if find_spec(f"touchstone.web.{door}") and find_spec(f"touchstone.web.{door}.urls")
] + [path("", include("django.conf.urls.i18n"))]
if find_spec("touchstone.web.media"):
    from touchstone.web.media import media

    urlpatterns.append(path("media/<str:signed>", media, name="media"))
