"""What the earner's pages say about evidence, days and states."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from touchstone.core.content import ArtifactSlot
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt
from touchstone.web.earn import wording

MONDAY = dt.date(2026, 9, 14)


def slot(*accepts: str) -> ArtifactSlot:
    return ArtifactSlot("key", "Title", "Description.", accepts, 1, 1, False)


@pytest.mark.parametrize(
    ("accepts", "words"),
    [
        (("link",), "links"),
        (("video", "link"), "videos (MP4, MOV, WebM) or links"),
        (("audio", "video", "link"), "sound recordings (MP3, M4A, WAV, OGG), videos (MP4, MOV, WebM) or links"),
    ],
)
def test_accepted_when_there_are_several_forms_then_joins_them(accepts: tuple[str, ...], words: str):
    assert wording.accepted(slot(*accepts)) == words


def test_file_endings_when_only_links_are_taken_then_there_is_no_file_to_choose():
    assert wording.file_endings(slot("link")) == ""


def test_file_endings_when_documents_are_taken_then_names_just_those():
    assert wording.file_endings(slot("document", "link")) == ".pdf,.docx,.pptx,.xlsx"


def test_file_endings_when_pictures_are_taken_then_includes_what_phones_send():
    assert {".jpg", ".jpeg", ".heic"} <= set(wording.file_endings(slot("image")).split(","))


def test_clock_when_the_reader_is_in_guam_then_shows_her_time():
    with timezone.override(ZoneInfo("Pacific/Guam")):
        assert wording.clock(dt.datetime(2026, 6, 30, 23, 5, tzinfo=dt.UTC)) == "09:05"


def test_day_in_words_when_asked_then_names_the_weekday():
    assert wording.day_in_words(MONDAY) == "Monday, Sept. 14, 2026"


@pytest.mark.parametrize(("today", "late"), [(MONDAY, False), (MONDAY + dt.timedelta(days=1), True)])
def test_what_next_when_the_promise_is_broken_then_says_so_from_the_next_day(today: dt.date, late: bool):
    attempt = Attempt(state=AttemptState.SUBMITTED, due_date=MONDAY)
    assert wording.is_late(attempt, today) == late
    sentence = wording.what_next(attempt, today)
    assert "Monday, Sept. 14, 2026" in sentence
    assert ("late" in sentence) == late


@pytest.mark.parametrize("state", AttemptState)
def test_what_next_when_in_any_state_then_has_a_sentence(state: AttemptState):
    assert wording.what_next(Attempt(state=state), MONDAY).endswith(".")
