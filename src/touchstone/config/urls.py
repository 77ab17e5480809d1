"""Plugs the doors together."""

from django.urls import include, path

from touchstone.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("account/", include("allauth.urls")),
    path("", include("touchstone.api.urls")),
    path("", include("touchstone.web.urls")),
]

handler400 = "touchstone.web.refusals.bad_request"
handler403 = "touchstone.web.refusals.not_found"
handler404 = "touchstone.web.refusals.not_found"
handler500 = "touchstone.web.refusals.failure"
