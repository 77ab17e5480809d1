"""Offers nobody answers go on, and late work raises itself."""

import datetime as dt

import pytest

from tests import builders as b
from tests.cast import Cast
from tests.integration.giving_out.looks import as_, open_rows
from touchstone.assessment import actions, queries
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment
from touchstone.flows import jobs
from touchstone.kit import clock
from touchstone.kit.models import OutgoingMail
from touchstone.people.models import Membership

type Offer = tuple[Assignment, Membership]


@pytest.fixture
def offer(cast: Cast) -> Offer:
    row = open_rows(cast.submitted())[0]
    return row, cast.membership_of(row)


def _on(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(18), dt.UTC)


def _mails(kind: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=kind).order_by("id"))


def test_an_offer_stands_three_business_days_and_then_another_is_asked(offer: Offer):
    row, asked = offer
    last = queries.answer_by(row)
    assert (last - row.offered_at.date()).days in range(3, 7)
    assert actions.let_offers_lapse(actor=b.SYSTEM, now=_on(last)) == 0
    over = _on(last + dt.timedelta(days=1))
    assert actions.let_offers_lapse(actor=b.SYSTEM, now=over) == 1
    assert actions.let_offers_lapse(actor=b.SYSTEM, now=over) == 0
    b.run_waiting_jobs()
    [other] = open_rows(row.attempt.submission)
    assert other.assessor_id != asked.person_id
    [told] = _mails("offer_lapsed")
    assert told.to == asked.person.person.account.email


def test_work_that_was_accepted_does_not_lapse(offer: Offer):
    row, who = offer
    actions.accept_assignment(actor=as_(who), token=row.token, now=b.NOW)
    assert actions.let_offers_lapse(actor=b.SYSTEM, now=b.later(days=60)) == 0
    assert Assignment.objects.get(id=row.id).state == AssignmentState.ACCEPTED


def test_an_assessor_is_reminded_once_before_and_once_after_the_day_and_then_her_leader(
    cast: Cast, offer: Offer, monkeypatch: pytest.MonkeyPatch
):
    row, who = offer
    actions.accept_assignment(actor=as_(who), token=row.token, now=b.NOW)
    due = row.attempt.due_date
    for days in (-9, -1, -1, 1, 1):
        monkeypatch.setattr(clock, "now", lambda days=days: _on(due + dt.timedelta(days=days)))
        jobs.remind(timestamp=0)
    [soon], [late], [leader] = _mails("work_due"), _mails("work_late"), _mails("work_overdue")
    assert {soon.to, late.to} == {who.person.person.account.email}
    assert leader.to == cast.leader.person.person.account.email
    assert row.token not in leader.text
    assert not any(cast.earner.name in mail.text for mail in (soon, late, leader))
