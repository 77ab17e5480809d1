"""The scoring leaders' door. A piece of work is named by its plan's token, which its earner and assessors never see."""

from django.urls import path

from touchstone.web.lead import pools, views

urlpatterns = [
    path("lead/", views.lead_home, name="lead_home"),
    path("lead/assessors/", pools.lead_assessors, name="lead_assessors"),
    path("lead/assessors/qualify", pools.qualify, name="lead_qualify"),
    path("lead/allies/", pools.lead_allies, name="lead_allies"),
    path("lead/allies/<str:token>/agree", pools.agree, name="agree_alliance"),
    path("lead/allies/<str:token>/end", pools.end, name="end_alliance"),
    path("lead/<str:token>/", views.lead_work, name="lead_work"),
    path("lead/<str:token>/search", views.search, name="lead_search"),
    path("lead/<str:token>/widen", views.widen, name="lead_widen"),
    path("lead/<str:token>/take", views.take, name="lead_take"),
    path("lead/<str:token>/second", views.second, name="lead_second"),
    path("lead/<str:token>/waive", views.waive, name="lead_waive"),
]
