"""The catalogue, open to everyone."""

from django.urls import path

from touchstone.web.explore import views

urlpatterns = [
    path("", views.home, name="home"),
    path("explore/", views.explore, name="explore"),
    path("micro-credentials/<slug:slug>/", views.item, name="item"),
    path("micro-credentials/<slug:slug>/mark.png", views.mark, name="mark"),
    path("stacks/<slug:slug>/", views.stack, name="stack"),
    path("stacks/<slug:slug>/mark.png", views.stack_mark, name="stack_mark"),
    path("issuers/<slug:slug>/", views.issuer, name="issuer"),
]
