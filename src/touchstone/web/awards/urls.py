"""Awards, and what verifiers elsewhere need of them."""

from django.urls import path, re_path

from touchstone.kit.ids import TOKEN_PATTERN
from touchstone.web.awards import directory, machines, views

urlpatterns = [
    path("awards/", views.awards, name="awards"),
    path("holders/", directory.holders, name="holders"),
    path("awards/<slug:token>", views.award, name="award"),
    path("awards/<slug:token>/badge.json", views.award_json, name="award_json"),
    path("awards/<slug:token>/badge.jwt", views.award_jwt, name="award_jwt"),
    path("awards/<slug:token>/badge.png", views.award_png, name="award_png"),
    path("awards/<slug:token>/badge.svg", views.award_svg, name="award_svg"),
    path("awards/<slug:token>/share", views.share, name="award_share"),
    path("awards/<slug:token>/revoke", views.revoke, name="award_revoke"),
    re_path(rf"^issuers/(?P<token>{TOKEN_PATTERN})/did\.json$", machines.did, name="did_document"),
    re_path(rf"^status/(?P<token>{TOKEN_PATTERN})(?P<as_token>\.jwt)?$", machines.status_list, name="status_list"),
]
