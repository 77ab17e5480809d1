"""Awards, and what verifiers elsewhere need of them."""

from django.urls import path, re_path

from touchstone.kit.ids import TOKEN_PATTERN
from touchstone.web.awards import machines, views

urlpatterns = [
    path("awards/", views.awards, name="awards"),
    path("awards/<slug:token>", views.award, name="award"),
    path("awards/<slug:token>/badge.json", views.award_json, name="award_json"),
    path("awards/<slug:token>/badge.png", views.award_png, name="award_png"),
    path("awards/<slug:token>/badge.svg", views.award_svg, name="award_svg"),
    path("awards/<slug:token>/share", views.share, name="award_share"),
    path("awards/<slug:token>/revoke", views.revoke, name="award_revoke"),
    re_path(rf"^issuers/(?P<token>{TOKEN_PATTERN})/did\.json$", machines.did, name="did_document"),
    path("status/<slug:token>", machines.status_list, name="status_list"),
]
