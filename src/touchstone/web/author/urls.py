"""The issuers' door: decisions to release, and the awards that came of them."""

from django.urls import path

from touchstone.web.author import views

urlpatterns = [
    path("author/decisions/", views.decisions, name="decisions"),
    path("author/decisions/<str:token>/", views.decision, name="decision"),
    path("author/decisions/<str:token>/release", views.release, name="release"),
    path("author/awards/", views.issued, name="issued"),
]
