"""Pages of measurements. A version is named by its item's slug and its number."""

from django.urls import path

from touchstone.web.measure import views

urlpatterns = [
    path("author/reliability/", views.measures, name="measures"),
    path("author/reliability/<slug:slug>/<int:number>/", views.measure, name="measure"),
    path("author/reliability/<slug:slug>/<int:number>/export.zip", views.export, name="measure_export"),
    path("author/reliability/<slug:slug>/<int:number>/validity", views.note_validity, name="note_validity"),
    path("assess/record/", views.own_record, name="own_record"),
    path("micro-credentials/<slug:slug>/<int:number>/reliability/", views.statement, name="statement"),
    path("micro-credentials/<slug:slug>/<int:number>/validity/", views.validity, name="validity"),
]
