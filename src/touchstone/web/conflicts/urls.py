"""Whom and which places I know: one page for earners and assessors alike."""

from django.urls import path

from touchstone.web.conflicts import views

urlpatterns = [
    path("account/conflicts/", views.conflicts, name="conflicts"),
    path("account/conflicts/withdraw", views.withdraw_conflict, name="withdraw_conflict"),
]
