"""Verification, open to everyone."""

from django.urls import path

from touchstone.web.verify import views

urlpatterns = [path("verify/", views.verify, name="verify")]
