"""The demonstration's own pages; elsewhere they do not exist."""

from django.conf import settings
from django.urls import path

from touchstone.web.demo import clock, tour, views

urlpatterns = (
    [
        path("demo/", views.demo, name="demo"),
        path("demo.json", views.demo_json, name="demo_json"),
        path("demo/sign-in/<slug:key>", views.sign_in, name="demo_sign_in"),
        path("demo/clock/", clock.set_ahead, name="demo_clock"),
        path("demo/tour/", tour.start, name="demo_tour"),
        path("demo/tour/leave", tour.leave, name="demo_leave"),
        path("demo/tour/lesson-plan", tour.lesson, name="demo_lesson"),
        path("demo/tour/<slug:key>", tour.open_stop, name="demo_stop"),
        path("demo/mail/", views.outbox, name="demo_mail"),
        path("demo/mail/<slug:token>", views.message, name="demo_message"),
    ]
    if settings.DEMONSTRATION or settings.TESTING
    else []
)
