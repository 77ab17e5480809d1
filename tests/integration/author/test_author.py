"""Award staff release decisions and look over what was awarded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.cast import EVERYONE, Cast
from touchstone.assessment.models import Assignment, Decision
from touchstone.catalogue import actions as catalogue
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.kit.models import JournalEntry
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.models import Submission


@pytest.fixture(autouse=True)
def _staff_release(cast: Cast) -> None:
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=cast.item.micro_credential, staff=True, now=b.NOW)


@pytest.fixture
def waiting(cast: Cast) -> Decision:
    return Decision.objects.get(attempt=cast.not_yet().current)


@pytest.mark.parametrize("path", ["/author/decisions/", "/author/awards/"])
@pytest.mark.parametrize("who", EVERYONE)
def test_lists_are_for_award_staff(cast: Cast, who: str, path: str):
    answer = cast.client(who).get(path)
    if who == "anonymous":
        assert answer.url == f"/account/login/?next={path}"
    else:
        assert answer.status_code == (200 if who in {"staff", "outside_staff"} else 404)


@pytest.mark.parametrize("who", sorted(set(EVERYONE) - {"staff", "anonymous"}))
def test_a_decision_of_another_issuer_is_not_there(cast: Cast, waiting: Decision, who: str):
    path = f"/author/decisions/{waiting.token}/"
    assert cast.client(who).get(path).status_code == 404
    assert cast.client(who).post(f"{path}release").status_code == 404
    waiting.refresh_from_db()
    assert waiting.released_at is None
    assert waiting.code not in cast.client("outside_staff").get("/author/decisions/").content.decode()


def test_a_decision_shows_levels_and_comments_but_nobody(cast: Cast, waiting: Decision):
    assignment, submission = Assignment.objects.get(), Submission.objects.get()
    client = cast.client("staff")
    for path in ("/author/decisions/", f"/author/decisions/{waiting.token}/"):
        page = client.get(path).content.decode()
        for words in (waiting.code, "Wait time", "Not yet"):
            assert words in page
        people = [cast.earner, cast.assessor.person.person, cast.second.person.person]
        names = [row.name for row in people] + [row.account.email for row in people]
        for trace in (*names, assignment.token, assignment.code, submission.token):
            assert trace not in page
    assert "Say which students spoke after the pause." in page
    assert "<strong>Basic</strong>" in page
    assert "Needed: Proficient" in " ".join(page.replace("<span>", "").replace("</span>", "").split())


def test_releasing_twice_tells_the_earner_once(cast: Cast, waiting: Decision):
    path = f"/author/decisions/{waiting.token}/"
    assert cast.client("staff").get(f"{path}release").status_code == 405
    for _time in range(2):
        answer = cast.client("staff").post(f"{path}release", follow=True)
        assert f"Released {waiting.code}." in answer.content.decode()
        b.run_waiting_jobs()
    assert JournalEntry.objects.filter(verb="decision.released").count() == 1
    page = cast.client("staff").get(path).content.decode()
    assert "The earner knows." in page
    assert "Release to the earner" not in page
    assert "Nothing waits for release" in cast.client("staff").get("/author/decisions/").content.decode()


def test_withdrawn_work_waits_for_no_release(cast: Cast, waiting: Decision):
    token = Submission.objects.get().token
    portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=token, now=b.NOW)
    assert waiting.code not in cast.client("staff").get("/author/decisions/").content.decode()
    page = cast.client("staff").get(f"/author/decisions/{waiting.token}/").content.decode()
    assert "nothing to release" in page
    assert "Release to the earner" not in page


def _release_all(cast: Cast) -> None:
    for decision in Decision.objects.filter(released_at=None):
        cast.client("staff").post(f"/author/decisions/{decision.token}/release")
    b.run_waiting_jobs()


def test_issued_awards_name_holder_date_and_who_may_see(cast: Cast):
    assert "No awards yet" in cast.client("staff").get("/author/awards/").content.decode()
    cast.earned()
    _release_all(cast)
    award = Award.objects.get()
    page = cast.client("staff").get("/author/awards/").content.decode()
    for words in ("Rosa Marchetti", "Wait time", "Private", f'href="/awards/{award.token}"'):
        assert words in page
    assert "Rosa Marchetti" not in cast.client("outside_staff").get("/author/awards/").content.decode()
    who = b.actor(cast.staff.person.person, cast.staff)
    credentials.share_award(actor=b.actor(cast.earner), token=award.token, visibility="link", now=b.NOW)
    assert "By link" in cast.client("staff").get("/author/awards/").content.decode()
    credentials.revoke_award(actor=who, token=award.token, reason="error", note="Twice.", now=b.NOW)
    assert "Revoked" in cast.client("staff").get("/author/awards/").content.decode()


def test_lists_ask_the_database_as_often_for_many_rows_as_for_one(cast: Cast):
    counts: dict[str, list[int]] = {"/author/decisions/": [], "/author/awards/": []}
    for number in (1, 19):
        for _time in range(number):
            b.submitted(b.person(state="CO"), cast.item)
        for assignment in Assignment.objects.filter(state="offered"):
            b.score(assignment, cast.membership_of(assignment), jobs=False)
        counts["/author/decisions/"].append(_queries(cast, "/author/decisions/"))
        _release_all(cast)
        counts["/author/awards/"].append(_queries(cast, "/author/awards/"))
    assert Award.objects.count() == 20
    for path, (few, many) in counts.items():
        assert few == many, path


def _queries(cast: Cast, path: str) -> int:
    client = cast.client("staff")
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)
