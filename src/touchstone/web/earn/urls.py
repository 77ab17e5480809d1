"""The earner's own work."""

from django.urls import path

from touchstone.web.earn import evidence, views, writing

_WORK = "earn/<slug:token>/"
_SLOT = f"{_WORK}evidence/<slug:slot>/"
_ARTIFACT = f"{_WORK}evidence/<slug:artifact>/"

urlpatterns = [
    path("earn/", views.home, name="earn_home"),
    path("earn/start/<slug:slug>", views.start, name="start"),
    path(_WORK, views.submission, name="submission"),
    path(f"{_WORK}answers/<slug:prompt>", writing.answer, name="answer"),
    path(f"{_WORK}parts/<slug:part>", writing.save_part, name="save_part"),
    path(f"{_SLOT}file", evidence.add_file, name="add_file"),
    path(f"{_SLOT}link", evidence.add_link, name="add_link"),
    path(f"{_SLOT}text", evidence.add_text, name="add_text"),
    path(f"{_ARTIFACT}remove", evidence.remove_artifact, name="remove_artifact"),
    path(f"{_ARTIFACT}release", evidence.withdraw_release, name="withdraw_release"),
    path(f"{_ARTIFACT}<slug:which>", evidence.artifact, name="artifact"),
    path(f"{_WORK}identity", writing.identity, name="identity"),
    path(f"{_WORK}submit", views.submit, name="submit"),
    path(f"{_WORK}withdraw", views.withdraw, name="withdraw"),
    path(f"{_WORK}again", views.again, name="again"),
]
