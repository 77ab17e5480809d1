"""The assessors' door. A piece of work is named by its assignment's token, a piece of evidence by its place."""

from django.urls import path

from touchstone.web.assess import availability, views

urlpatterns = [
    path("assess/", views.assess_home, name="assess_home"),
    path("assess/availability/", availability.availability, name="availability"),
    path("assess/<str:token>/", views.assignment, name="assignment"),
    path("assess/<str:token>/accept", views.accept, name="accept"),
    path("assess/<str:token>/decline", views.decline, name="decline"),
    path("assess/<str:token>/scores", views.scores, name="scores"),
    path("assess/<str:token>/send", views.send_scores, name="send_scores"),
    path("assess/<str:token>/evidence/<int:place>", views.assignment_evidence, name="assignment_evidence"),
]
