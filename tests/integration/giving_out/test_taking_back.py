"""Work leaves the hands of whoever may not score it any more, and nobody is told why."""

import datetime as dt
import re

import pytest

from tests import builders as b
from tests.cast import Cast
from tests.integration.giving_out.looks import as_, open_rows
from touchstone.assessment import actions, errors, jobs, queries
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import actions as people
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.models import Membership, Person, Tie
from touchstone.portfolio.models import Submission


@pytest.fixture
def held(cast: Cast) -> tuple[Submission, Assignment, Membership]:
    submission = cast.submitted()
    row = open_rows(submission)[0]
    return submission, row, cast.membership_of(row)


def _declare(cast: Cast, assessor: Membership) -> None:
    people.declare_tie(
        actor=b.SYSTEM,
        a=cast.earner.pseudonym,
        b=assessor.person,
        kind=TieKind.KIN,
        source=TieSource.DERIVED,
        from_date=b.NOW.date(),
        now=b.NOW,
    )


def _state(row: Assignment) -> str:
    return Assignment.objects.values_list("state", flat=True).get(id=row.id)


@pytest.mark.parametrize("accepted", [True, False])
def test_a_new_tie_takes_the_work_back_and_another_is_asked(cast: Cast, held, accepted: bool):
    submission, row, who = held
    if accepted:
        actions.accept_assignment(actor=as_(who), token=row.token, now=b.NOW)
    _declare(cast, who)
    b.run_waiting_jobs()
    assert _state(row) == AssignmentState.REASSIGNED
    [other] = open_rows(submission)
    assert other.assessor_id != who.person_id
    with pytest.raises(errors.WorkReassigned):
        queries.get_work(as_(who), row.token)
    told = OutgoingMail.objects.get(kind="work_taken_back")
    assert told.to == who.person.person.account.email
    assert cast.earner.name not in told.text


def test_scores_half_done_cannot_be_sent_once_the_work_went_on(cast: Cast, held):
    _submission, row, who = held
    actions.accept_assignment(actor=as_(who), token=row.token, now=b.NOW)
    _declare(cast, who)
    b.run_waiting_jobs()
    with pytest.raises(errors.WorkReassigned):
        actions.submit_scores(actor=as_(who), token=row.token, now=b.NOW)


def _page(cast: Cast, submission: Submission) -> str:
    text = cast.client("earner").get(f"/earn/{submission.token}/").content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_the_earner_sees_nothing_of_it(cast: Cast, held):
    submission, _row, who = held
    before = _page(cast, submission)
    _declare(cast, who)
    b.run_waiting_jobs()
    assert _page(cast, submission) == before
    assert not OutgoingMail.objects.filter(kind__in=["work_taken_back"], to=cast.earner.account.email).exists()


@pytest.mark.parametrize("by_earner", [True, False])
def test_a_stated_conflict_takes_work_back_once_it_is_matched(cast: Cast, held, by_earner: bool):
    _submission, row, who = held
    one, other = (cast.earner, who.person.person) if by_earner else (who.person.person, cast.earner)
    people.state_conflict(actor=b.actor(one), kind="knows", email=other.account.email, now=b.NOW)
    b.run_waiting_jobs()
    assert _state(row) == AssignmentState.REASSIGNED


def test_a_stated_place_takes_work_back_though_no_tie_is_made(cast: Cast, held):
    submission, row, _who = held
    away = row.assessor.employments.get().organisation
    people.state_conflict(actor=b.actor(cast.earner), kind="former_colleague", organisation=away, now=b.NOW)
    b.run_waiting_jobs()
    assert not Tie.objects.exists()
    assert _state(row) == AssignmentState.REASSIGNED
    assert open_rows(submission) == []  # both assessors work there


def test_ties_derived_and_imported_take_work_back(cast: Cast, held):
    _submission, row, who = held
    pairs = [(cast.earner.pseudonym_id, who.person_id)]
    people.derive_ties(actor=b.SYSTEM, source_key="cohort:1", pairs=pairs, kind=TieKind.COHORT, now=b.NOW)
    b.run_waiting_jobs()
    assert _state(row) == AssignmentState.REASSIGNED


def _leave(who: Membership) -> None:
    Membership.objects.filter(id=who.id).update(ended_at=b.NOW)


def _unconfirm(who: Membership) -> None:
    Person.objects.filter(pseudonym=who.person).update(identity_confirmed_at=None)


@pytest.mark.parametrize("happens", [_leave, _unconfirm])
def test_the_job_takes_back_from_whoever_left_the_pool_or_is_not_confirmed_any_more(cast: Cast, held, happens):
    submission, row, who = held
    happens(who)
    for _time in range(2):
        jobs.give_out(timestamp=0)
        b.run_waiting_jobs()
    assert _state(row) == AssignmentState.REASSIGNED
    assert [one.assessor_id != who.person_id for one in open_rows(submission)] == [True]
    assert JournalEntry.objects.filter(verb="assignment.taken_back").count() == 1


def test_moving_to_the_earners_district_takes_work_back(cast: Cast, held):
    _submission, row, who = held
    people.record_employment(
        actor=b.SYSTEM,
        person=who.person,
        organisation=b.organisation("maple-middle", parent=cast.district),
        from_date=dt.date(2026, 1, 1),
        confirmed=True,
        now=b.NOW,
    )
    assert actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW) == 1
    assert _state(row) == AssignmentState.REASSIGNED


def test_a_lower_limit_or_another_language_takes_nothing_back(cast: Cast, held):
    _submission, row, who = held
    actions.set_availability(actor=as_(who), at_once=0, weekly=0, languages=["es"], known=["en", "es"], now=b.NOW)
    assert actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW) == 0
    assert _state(row) == AssignmentState.OFFERED


def test_another_language_hides_no_tie(cast: Cast, held):
    _submission, row, who = held
    actions.set_availability(actor=as_(who), at_once=5, weekly=None, languages=["es"], known=["es"], now=b.NOW)
    _declare(cast, who)
    b.run_waiting_jobs()
    assert _state(row) == AssignmentState.REASSIGNED


def test_only_the_people_named_are_looked_at(cast: Cast, held):
    _submission, _row, who = held
    _unconfirm(who)
    assert actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW, among=[cast.outsider.pseudonym_id]) == 0
    assert actions.take_back_barred_work(actor=b.SYSTEM, now=b.NOW, among=[cast.earner.pseudonym_id]) == 1


# -- “I think I know whose work this is” -------------------------------------------------------------------------------


def test_who_recognises_work_gets_none_of_this_earner_any_more_and_neither_learns_of_a_tie(cast: Cast, held):
    submission, row, who = held
    other = b.version("pair-talk", of=cast.issuer, title="Pair talk")
    actions.qualify_assessor(
        actor=b.SYSTEM, assessor=who.person, micro_credential=other.micro_credential, from_date=b.NOW.date(), now=b.NOW
    )
    second = b.submitted(cast.earner, other)
    assert [one.assessor_id for one in open_rows(second)] == [who.person_id]
    client = cast.client("assessor" if who == cast.assessor else "second")
    actions.accept_assignment(actor=as_(who), token=row.token, now=b.NOW)
    client.post(f"/assess/{row.token}/decline", {"reason": "recognised"})
    b.run_waiting_jobs()
    assert Assignment.objects.get(id=row.id).recognised
    assert open_rows(second) == []
    assert [one.assessor_id != who.person_id for one in open_rows(submission)] == [True]
    entry = JournalEntry.objects.get(verb="tie.declared")
    assert (entry.person, entry.job) == (None, "recognised")


def test_who_hands_back_for_want_of_time_stays_free_to_read_other_work(cast: Cast, held):
    _submission, row, who = held
    actions.decline_assignment(actor=as_(who), token=row.token, now=b.NOW)
    assert not Tie.objects.exists()


def test_the_reason_to_hand_back_is_asked_where_the_work_can_be_seen(cast: Cast, held):
    _submission, row, who = held
    client = cast.client("assessor" if who == cast.assessor else "second")
    assert "I think I know whose work this is" not in client.get(f"/assess/{row.token}/").content.decode()
    actions.accept_assignment(actor=as_(who), token=row.token, now=b.NOW)
    assert "I think I know whose work this is" in client.get(f"/assess/{row.token}/").content.decode()


def test_work_that_went_on_is_spoken_of_on_the_assessors_home(cast: Cast, held):
    _submission, row, who = held
    _declare(cast, who)
    b.run_waiting_jobs()
    client = cast.client("assessor" if who == cast.assessor else "second")
    page = client.get(f"/assess/{row.token}/", follow=True)
    assert "was given to somebody else" in page.content.decode()


def test_a_stranger_cannot_hand_work_back(cast: Cast, held):
    _submission, row, _who = held
    with pytest.raises(NotFound):
        actions.decline_assignment(actor=Actor(), token=row.token, now=b.NOW, recognised=True)
    assert not Tie.objects.exists()
