"""The guided tour: each stop opens as whoever it is for, also after somebody went on with its work."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.integration.demo.conftest import NOW, empty
from touchstone.assessment.models import IN_HAND, Assignment
from touchstone.credentials.models import Award
from touchstone.demo import tour
from touchstone.demo.cast import BY_KEY
from touchstone.demo.tour import STOPS
from touchstone.kit.actor import Actor
from touchstone.people.models import Account
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt
from touchstone.web.demo.tour import TOURING

KEYS = [stop.key for stop in STOPS]


@pytest.mark.usefixtures("demonstration")
def test_every_stop_signs_in_and_opens_its_page_with_a_bar(client: Client) -> None:
    page = client.get("/demo/tour", follow=True).content.decode()
    links = re.findall(r'<h2><a href="(/demo/tour/[a-z]+)">', page)
    assert links == [f"/demo/tour/{key}" for key in KEYS]
    for number, (key, stop) in enumerate(zip(KEYS, STOPS, strict=True), start=1):
        answer = client.get(f"/demo/tour/{key}", follow=True)
        assert answer.status_code == 200, key
        told = unescape(answer.content.decode())
        assert f"<strong>{number} of {len(STOPS)}</strong>" in told, key
        assert str(stop.notice) in told
        assert f"You are {stop.part}." in told
        assert not list(answer.context["messages"]), key
        neighbours = [KEYS[at] for at in (number - 2, number) if 0 <= at < len(KEYS)]
        assert all(f'href="/demo/tour/{other}"' in told for other in neighbours), key


@pytest.mark.usefixtures("demonstration")
def test_stops_are_opened_as_the_right_people(client: Client) -> None:
    def who(key: str) -> tuple[str, str]:
        request = client.get(f"/demo/tour/{key}", follow=True).wsgi_request
        name = request.person.name if request.person else ""
        return name, request.membership.role if request.membership else ""

    assert who("find") == who("collect") == (BY_KEY[tour.TEACHER].name, "")
    assert who("score")[1] == "assessor"
    assert who("feedback") == (BY_KEY[tour.TOLD_NOT_YET].name, "")
    assert who("verify") == ("", "")
    assert who("share") == (BY_KEY[tour.HOLDER].name, "")
    assert who("lead")[1] == who("measure")[1] == "scoring_leader"


@pytest.mark.usefixtures("demonstration")
def test_leaving_the_tour_ends_the_bar_and_stays_on_the_page(client: Client) -> None:
    client.get("/demo/tour/find")
    assert client.post("/demo/tour/leave", {"back": "/explore/"}).headers["Location"] == "/explore/"
    assert 'class="tour"' not in client.get("/explore/").content.decode()
    client.get("/demo/tour/find")
    for elsewhere in ("//elsewhere.example.org/", "https://elsewhere.example.org", "", "javascript:0"):
        there = client.post("/demo/tour/leave", {"back": elsewhere}).headers["Location"]
        assert there in ("/", "/demo/"), elsewhere
    client.get("/demo/tour/find")
    client.get("/demo/sign-in/marisol")
    assert TOURING not in client.session


@pytest.mark.usefixtures("demonstration")
def test_the_lesson_document_dropped_in_then_its_traces_are_named_and_taken_out(client: Client) -> None:
    token = client.get("/demo/tour/collect").headers["Location"].strip("/").rpartition("/")[2]
    answer = client.get("/demo/tour/lesson-plan")
    assert tour.LESSON in answer.headers["Content-Disposition"]
    path = reverse("add_file", args=[token, "student-responses"])
    page = client.post(path, {"file": SimpleUploadedFile(tour.LESSON, answer.content)}, follow=True)
    told = unescape(page.content.decode())
    assert BY_KEY[tour.TEACHER].name in told
    assert "A property shown in the text" in told
    assert "The place where the picture was taken" in told


@pytest.mark.usefixtures("demonstration")
def test_one_byte_changed_then_the_signature_fails_and_nothing_else(client: Client) -> None:
    page = unescape(client.get("/demo/tour/verify", follow=True).content.decode())
    assert "This badge is genuine" in page
    changed, whole = re.findall(r'<textarea name="text" hidden>(.*?)</textarea>', page, re.S)
    assert sum(one != other for one, other in zip(changed, whole, strict=True)) == 1
    told = client.post("/verify/", {"text": changed}).content.decode()
    assert "Do not rely on this badge" in told
    assert told.count(">Failed<") == 1
    assert "Xait Time" in told
    assert "This badge is genuine" in client.post("/verify/", {"text": whole}).content.decode()


@pytest.mark.usefixtures("demonstration")
def test_work_gone_on_with_then_the_stops_still_open_something_and_say_so(client: Client) -> None:
    for key in (tour.TEACHER, tour.READ_NOW):
        row = tour._work(key, tour.SKILL)
        if key == tour.TEACHER:
            Attempt.objects.filter(id=row.current_id).update(state=AttemptState.WITHDRAWN)
        else:
            Assignment.objects.filter(attempt=row.current).update(state="scored")
    told = tour._work(tour.TOLD_NOT_YET, tour.SKILL_NOT_YET)
    me = Actor(person=told.earner_id)
    portfolio.begin_attempt(actor=me, token=told.token, now=NOW)
    for key in ("collect", "score", "feedback"):
        answer = client.get(f"/demo/tour/{key}", follow=True)
        assert answer.status_code == 200
        assert "Somebody has gone on with this work" in answer.content.decode(), key
    Assignment.objects.filter(state__in=IN_HAND).update(state="cancelled")
    assert client.get("/demo/tour/score", follow=True).status_code == 200


@pytest.mark.usefixtures("demonstration")
def test_people_of_a_stop_gone_then_the_start_page_says_so(client: Client) -> None:
    Account.objects.filter(email=BY_KEY[tour.TEACHER].email).update(email="gone@example.org")
    Award.objects.update(visibility="private")
    for key in ("find", "collect", "verify"):
        page = client.get(f"/demo/tour/{key}", follow=True)
        assert page.redirect_chain[-1][0] == "/demo/tour/"
        assert "The page of this stop is gone." in page.content.decode()


@pytest.mark.django_db
def test_nothing_is_loaded_then_the_tour_says_so(client: Client) -> None:
    empty()
    assert "not loaded" in client.get("/demo/tour/").content.decode()
    assert client.get("/demo/tour/nowhere").status_code == 404
