"""The demonstration's clock on its page: a day, a week, and what moved."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.integration.demo.conftest import NOW
from touchstone.kit import clock
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import Clock, JournalEntry
from touchstone.portfolio.models import Attempt

pytestmark = pytest.mark.usefixtures("demonstration")


@pytest.fixture(autouse=True)
def _is_a_demonstration(demonstration: None, settings: Any) -> None:
    settings.DEMONSTRATION = True
    clock.read_anew()


def test_advanced_three_weeks_then_promised_days_pass_and_the_page_says_what_moved(client: Client) -> None:
    assert "It shows the real time." in client.get("/demo/").content.decode()
    for _week in range(3):
        page = client.post("/demo/clock/", {"by": "week"}, follow=True).content.decode()
    assert "Everything due by then is being done." in page
    assert "21 days ahead of the real time" in page
    assert "Jobs are still running." in page
    run_waiting_jobs()
    page = client.get("/demo/").content.decode()
    assert "Jobs are still running." not in page
    overdue = Attempt.objects.filter(state="submitted", due_date__lt=clock.now().date()).count()
    assert overdue
    assert f"{overdue} submissions are past their promised day" in page


def test_what_is_done_afterwards_carries_the_later_moment(client: Client) -> None:
    client.post("/demo/clock/", {"by": "day"})
    client.get("/demo/sign-in/marisol")
    assert JournalEntry.objects.latest("at").at > NOW + timedelta(hours=23)


@pytest.mark.parametrize("by", ["", "year", "-1"])
def test_any_other_step_then_refused_in_a_sentence(client: Client, by: str) -> None:
    page = client.post("/demo/clock/", {"by": by}, follow=True).content.decode()
    assert "by up to a month at once" in page
    assert not Clock.objects.exists()
