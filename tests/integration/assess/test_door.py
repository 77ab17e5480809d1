"""Who may come in, and answering offers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from tests import builders as b
from tests.cast import EVERYONE, Cast
from tests.integration.assess.conftest import Held, offer_of
from touchstone.assessment.models import Assignment
from touchstone.web.acting import SESSION_KEY

ASSESSORS = {"assessor", "second", "outside_assessor"}


@pytest.mark.parametrize("who", EVERYONE)
def test_home_is_for_those_who_act_as_assessors(cast: Cast, who: str):
    answer = cast.client(who).get("/assess/")
    if who == "anonymous":
        assert answer.url == "/account/login/?next=/assess/"
    else:
        assert answer.status_code == (200 if who in ASSESSORS else 404)


def test_an_assessor_who_acts_for_herself_is_told_to_switch(held: Held):
    session = held.client.session
    del session[SESSION_KEY]
    session.save()
    for path in ("/assess/", held.path):
        answer = held.client.get(path)
        assert answer.status_code == 403
        assert "choose it in the header" in answer.content.decode()


@pytest.mark.parametrize("end", ["", "accept", "decline", "scores", "send", "evidence/1"])
def test_work_in_other_hands_is_not_there(held: Held, end: str):
    strangers = [held.cast.client(who) for who in EVERYONE if who not in {"assessor", "second", "anonymous"}]
    for client in [held.other(), *strangers]:
        if end in {"", "send", "evidence/1"}:
            assert client.get(held.path + end).status_code == 404
        if end not in {"", "evidence/1"}:
            assert client.post(held.path + end).status_code == 404
    assert held.client.get("/assess/0123456789abcdefghjkmnpqrs/").status_code == 404


def test_nobody_scores_her_own_work(cast: Cast):
    """The earner is a qualified member of the pool herself; when all others decline, the work still is not hers."""
    own = b.member(cast.earner, cast.issuer, "assessor")
    b.assessment.qualify_assessor(
        actor=b.SYSTEM,
        assessor=cast.earner.pseudonym,
        micro_credential=cast.item.micro_credential,
        from_date=own.from_date,
        now=b.NOW,
    )
    client = cast.client("earner")
    session = client.session
    session[SESSION_KEY] = str(own.id)
    session.save()
    submission = cast.submitted()
    for _turn in range(2):
        offer = offer_of(cast, submission)
        for end in ("", "send", "evidence/1"):
            assert client.get(offer.path + end).status_code == 404
        assert client.post(f"{offer.path}accept").status_code == 404
        offer.client.post(f"{offer.path}decline")
        b.run_waiting_jobs()
    assert Assignment.objects.filter(attempt=submission.current).count() == 2
    assert "No work has been offered to you yet" in client.get("/assess/").content.decode()


def test_changes_ask_for_a_post(held: Held):
    for end in ("accept", "decline", "scores"):
        assert held.client.get(held.path + end).status_code == 405


def test_home_says_what_to_do_when_nothing_is_there(cast: Cast):
    page = cast.client("assessor").get("/assess/").content.decode()
    assert "No work has been offered to you yet" in page


def test_offer_shows_what_it_asks_for(offered: Held):
    due = date_format(offered.assignment.attempt.due_date, "DATE_FORMAT")
    for path in ("/assess/", offered.path):
        page = offered.client.get(path).content.decode()
        for words in ("Wait time", offered.assignment.code, "3 criteria", "1 piece of evidence", due):
            assert words in page, (path, words)


def test_declined_work_is_offered_to_somebody_else(offered: Held):
    answer = offered.client.post(f"{offered.path}decline", follow=True)
    assert "Somebody else will be asked." in answer.content.decode()
    assert offered.client.get(offered.path).status_code == 404
    b.run_waiting_jobs()
    again = offer_of(offered.cast, offered.submission)
    assert again.membership != offered.membership
    assert again.client.get(again.path).status_code == 200


def test_work_in_hand_can_be_handed_back(held: Held):
    assert "Hand it back" in held.client.get(held.path).content.decode()
    held.client.post(f"{held.path}decline")
    b.run_waiting_jobs()
    assert offer_of(held.cast, held.submission).membership != held.membership


def test_an_offer_answered_twice_says_it_is_closed(held: Held):
    assert held.client.post(f"{held.path}accept").url == held.path
    held.client.post(f"{held.path}decline")
    answer = held.client.post(f"{held.path}accept")
    assert answer.status_code == 409
    assert "no longer open" in answer.content.decode()


def test_work_in_hand_stands_by_due_date(cast: Cast):
    late = offer_of(cast, b.submitted(cast.earner, cast.item, now=b.later(days=20)))
    cast.client("assessor"), cast.client("second")
    for membership in (cast.assessor, cast.second):
        _accept_all(cast, membership)
    early = offer_of(cast, b.submitted(cast.outsider, cast.item))
    _give_to(cast, early, late)
    page = late.client.get("/assess/").content.decode()
    early_code = Assignment.objects.filter(attempt=early.submission.current).latest("offered_at").code
    assert page.index(early_code) < page.index(late.assignment.code)


def _accept_all(cast: Cast, membership: object) -> None:
    for row in Assignment.objects.filter(assessor=membership.person, state="offered"):
        offer = offer_of(cast, row.attempt.submission)
        offer.client.post(f"{offer.path}accept")


def _give_to(cast: Cast, early: Held, late: Held) -> None:
    """The same assessor takes both: the other declines."""
    if early.membership != late.membership:
        early.client.post(f"{early.path}decline")
        b.run_waiting_jobs()
    _accept_all(cast, late.membership)


def test_home_asks_the_database_as_often_for_many_rows_as_for_one(cast: Cast):
    client, counts = cast.client("assessor"), []
    for number in (1, 6):  # of the two assessors either may be asked, so work is handed in until this one has enough
        while Assignment.objects.filter(assessor=cast.assessor.person).count() < number:
            _accept_half(cast, b.submitted(b.person(state="CO"), cast.item))
        with CaptureQueriesContext(connection) as seen:
            client.get("/assess/")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def _accept_half(cast: Cast, submission: object) -> None:
    """Each assessor gets an offer, work in hand and work scored in turn."""
    offer = offer_of(cast, submission)
    turn = Assignment.objects.filter(assessor=offer.assignment.assessor).count() % 3
    if turn == 1:
        offer.client.post(f"{offer.path}accept")
    if turn == 2:
        b.score(offer.assignment, offer.membership)
