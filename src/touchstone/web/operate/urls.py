"""The door of platform staff: to know who somebody is, they break glass."""

from django.urls import path

from touchstone.web.operate import views

urlpatterns = [
    path("operate/", views.operate, name="operate"),
    path("operate/looks/", views.open_look, name="open_look"),
    path("operate/looks/<slug:token>/", views.look, name="look"),
    path("operate/looks/<slug:token>/close", views.close_look, name="close_look"),
]
