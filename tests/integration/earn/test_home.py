"""The earner's home: her next step first, then everything she began."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import builders as b
from tests.cast import EVERYONE, Cast
from tests.integration.earn.conftest import Desk, words_of
from touchstone.portfolio import actions
from touchstone.portfolio.models import Attempt, Submission


def home(client: Client) -> str:
    answer = client.get("/earn/")
    assert answer.status_code == 200
    return words_of(answer)


def test_home_when_nothing_is_begun_then_leads_to_explore(cast: Cast):
    page = home(cast.client("earner"))
    assert "You have not begun anything yet" in page
    assert 'href="/explore/"' in page
    assert "Your next step" not in page


def test_home_when_signed_out_then_asks_to_sign_in_and_returns(cast: Cast):
    answer = cast.client("anonymous").get("/earn/")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/earn/"


def test_home_when_a_draft_is_complete_then_next_is_to_send_it(draft: Desk):
    page = home(draft.client)
    assert "Everything is there" in page
    assert f'href="{draft.path}submit"' in page


def test_home_when_a_draft_is_open_then_next_counts_what_is_missing(blank: Desk):
    page = home(blank.client)
    assert "3 things are still missing" in page
    assert f'href="{blank.path}"' in page


def test_home_when_feedback_waits_then_it_comes_before_a_draft(not_yet: Desk, blank: Desk):
    page = home(not_yet.client)
    assert page.index("Read the feedback") < page.index("Everything you began")
    assert "Many pieces" in page


def test_home_when_it_is_being_assessed_then_says_by_when(sent: Desk):
    due = sent.fresh().current.due_date
    Attempt.objects.filter(id=sent.fresh().current.id).update(due_date=timezone.localdate())
    page = home(sent.client)
    assert due
    assert "You hear from us by" in page
    assert "Being assessed" in page


def test_home_when_the_promise_was_broken_then_says_so(sent: Desk):
    Attempt.objects.filter(id=sent.fresh().current.id).update(due_date=b.NOW.date().replace(year=2020))
    assert "It is late, and we are sorry" in home(sent.client)


def test_home_when_earned_then_leads_to_the_award(earned: Desk):
    assert "See your award" in home(earned.client)


@pytest.mark.parametrize("who", [name for name in EVERYONE if name not in {"anonymous", "earner"}])
def test_home_when_it_is_somebody_else_then_shows_none_of_it(draft: Desk, who: str):
    page = home(draft.cast.client(who))
    assert "Wait time" not in page
    assert draft.submission.token not in page


def test_home_when_acting_in_a_role_then_says_how_to_come_back(cast: Cast):
    assert "choose “Educator” in the header" in home(cast.client("assessor"))


def test_home_when_there_are_twenty_submissions_then_asks_the_database_as_often_as_for_one(cast: Cast):
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            home(cast.client("earner"))
        return len(seen)

    cast.draft()
    home(cast.client("earner"))
    one = count()
    for number in range(19):
        b.draft(cast.earner, b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}"))
    assert count() == one


def test_home_when_there_are_more_than_fifty_then_pages(cast: Cast):
    for number in range(51):
        item = b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}")
        actions.start_submission(actor=b.actor(cast.earner), version=item, now=b.later(minutes=number))
    page = home(cast.client("earner"))
    assert page.count('class="row marked"') == 50
    answer = cast.client("earner").get("/earn/", {"after": page.split("?after=")[1].split('"')[0]})
    assert words_of(answer).count('class="row marked"') == 1
    assert "Your next step" not in words_of(answer)


def test_start_when_pressed_twice_then_leads_to_the_same_work(cast: Cast):
    client = cast.client("earner")
    first, second = client.post("/earn/start/wait-time"), client.post("/earn/start/wait-time")
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"] == f"/earn/{Submission.objects.get().token}/"


def test_start_when_signed_out_then_signs_in_and_returns_to_the_item(cast: Cast):
    answer = cast.client("anonymous").post("/earn/start/wait-time")
    assert answer["Location"] == "/account/login/?next=/micro-credentials/wait-time/"
    assert not Submission.objects.exists()


def test_start_when_acting_in_a_role_then_refuses_and_says_why(cast: Cast):
    answer = cast.client("assessor").post("/earn/start/wait-time")
    assert answer.status_code == 403
    assert "Choose another role" in words_of(answer)


def test_start_when_there_is_no_such_item_then_not_found(cast: Cast):
    assert cast.client("earner").post("/earn/start/nothing").status_code == 404


def test_start_when_only_looked_at_then_changes_nothing(cast: Cast):
    assert cast.client("earner").get("/earn/start/wait-time").status_code == 405
