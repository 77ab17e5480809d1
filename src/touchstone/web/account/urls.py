"""The account's own pages; signing in and keeping the account safe are django-allauth's."""

from django.urls import path

from touchstone.web.account import activity, views

urlpatterns = [
    path("account/profile/", views.account, name="account"),
    path("account/activity/", activity.activity, name="activity"),
    path("account/act-as", views.act_as, name="act_as"),
]
