"""Who is asked, how scores are kept, and what follows, with each named refusal."""

import datetime as dt
from uuid import UUID

import pytest

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment import actions, eligibility, errors, queries
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment, Decision, ReadingPlan, Score
from touchstone.catalogue import actions as catalogue
from touchstone.core.sight import Seen, Sight, Viewer
from touchstone.credentials.models import Award
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import actions as people
from touchstone.people import queries as people_queries
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.models import Employment, Membership, Person
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttemptState, AttestationKind
from touchstone.portfolio.models import Attempt, Submission


def _as(membership: Membership) -> Actor:
    return people_queries.actor_of(membership.person_id, membership)


def _eligible(submission: Submission) -> set[object]:
    attempt = Attempt.objects.select_related("submission__version__micro_credential").get(id=submission.current_id)
    wanted = eligibility.Wanted(attempt, ReadingPlan(attempt=attempt), (1,))
    return {UUID(one.assessor) for one in eligibility.rank(wanted, now=b.NOW)[1].ranked}


@pytest.fixture
def waiting(cast: Cast) -> Submission:
    """Handed in, and nobody asked yet."""
    return b.submitted(cast.earner, cast.item, jobs=False)


@pytest.fixture
def in_hand(cast: Cast) -> tuple[Assignment, Actor]:
    assignment = cast.assignment(cast.submitted())
    who = _as(cast.membership_of(assignment))
    actions.accept_assignment(actor=who, token=assignment.token, now=b.NOW)
    return assignment, who


def _save(held: tuple[Assignment, Actor], criterion: str, level: str, comment: str = "", revision: int = 0) -> Score:
    assignment, who = held
    return actions.save_score(
        actor=who,
        token=assignment.token,
        criterion=criterion,
        level=level,
        comment=comment,
        revision=revision,
        now=b.NOW,
    )


# -- who may be asked --------------------------------------------------------------------------------------------------


def test_the_qualified_pool_is_eligible(cast: Cast, waiting: Submission):
    assert _eligible(waiting) == {cast.assessor.person_id, cast.second.person_id}


def test_every_kind_of_tie_excludes_in_both_directions(cast: Cast, waiting: Submission):
    for number, kind in enumerate(TieKind):
        pair = [cast.earner.pseudonym, cast.assessor.person]
        a, other = pair if number % 2 else reversed(pair)
        tie = people.declare_tie(
            actor=b.SYSTEM, a=a, b=other, kind=kind, source=TieSource.DECLARED, from_date=dt.date(2026, 1, 1), now=b.NOW
        )
        assert _eligible(waiting) == {cast.second.person_id}, kind
        tie.to_date = dt.date(2026, 2, 1)
        tie.save()
        assert cast.assessor.person_id in _eligible(waiting)


def test_the_same_school_or_district_excludes_now_and_at_submitting(cast: Cast, waiting: Submission):
    other_school = b.organisation("maple-middle", parent=cast.district)
    people.record_employment(
        actor=b.SYSTEM,
        person=cast.assessor.person,
        organisation=other_school,
        from_date=dt.date(2026, 1, 1),
        confirmed=True,
        now=b.NOW,
    )
    assert _eligible(waiting) == {cast.second.person_id}
    Employment.objects.filter(person=cast.earner.pseudonym).update(to_date=dt.date(2026, 9, 1))
    assert _eligible(waiting) == {cast.second.person_id}


def test_an_assessor_with_an_unconfirmed_identity_or_employer_scores_nobody(cast: Cast, waiting: Submission):
    Person.objects.filter(pseudonym=cast.assessor.person).update(identity_confirmed_at=None)
    assert _eligible(waiting) == {cast.second.person_id}
    Employment.objects.filter(person=cast.second.person).update(confirmed_at=None)
    assert _eligible(waiting) == set()


def test_nobody_scores_her_own_work(cast: Cast):
    own = b.draft(cast.assessor.person.person, cast.item)
    portfolio.submit_attempt(
        actor=b.actor(cast.assessor.person.person), token=own.token, attested=list(AttestationKind), now=b.NOW
    )
    assert cast.assessor.person_id not in _eligible(Submission.objects.get(id=own.id))


def test_an_earner_without_employer_gets_assessors_from_outside_her_state(cast: Cast):
    candidate = b.person("Noa", state="VT")
    alone = b.submitted(candidate, cast.item, jobs=False)
    assert _eligible(alone) == set()
    Person.objects.filter(pseudonym=cast.second.person).update(state="CO")
    assert _eligible(alone) == {cast.second.person_id}


def test_a_closed_membership_or_qualification_ends_eligibility(cast: Cast, waiting: Submission):
    Membership.objects.filter(id=cast.assessor.id).update(to_date=dt.date(2026, 9, 1))
    assert _eligible(waiting) == {cast.second.person_id}


def test_work_goes_to_the_one_with_the_least_in_hand(cast: Cast):
    first = cast.assignment(cast.submitted())
    other = b.submitted(b.person("Lena", state="TX", works_at=[b.organisation("far-school")]), cast.item)
    assert cast.assignment(other).assessor_id != first.assessor_id


def test_declined_work_goes_to_somebody_else_and_then_to_the_scoring_leader(cast: Cast):
    submission = cast.submitted()
    asked = set()
    for _time in range(2):
        assignment = cast.assignment(submission)
        asked.add(assignment.assessor_id)
        actions.decline_assignment(actor=_as(cast.membership_of(assignment)), token=assignment.token, now=b.NOW)
        b.run_waiting_jobs()
    assert asked == {cast.assessor.person_id, cast.second.person_id}
    assert JournalEntry.objects.filter(verb="attempt.nobody_eligible").count() == 1
    told = OutgoingMail.objects.get(kind="nobody_eligible")
    assert told.to == cast.leader.person.person.account.email


def test_offering_twice_asks_one(cast: Cast, waiting: Submission):
    for _time in range(2):
        actions.offer_attempt(actor=b.SYSTEM, attempt_id=waiting.current_id, now=b.NOW)
    assert Assignment.objects.filter(attempt=waiting.current).count() == 1


# -- scoring -----------------------------------------------------------------------------------------------------------


def test_an_assignment_exists_only_for_its_assessor_in_that_role(cast: Cast):
    assignment = cast.assignment(cast.submitted())
    mine = cast.membership_of(assignment)
    other = cast.second if mine == cast.assessor else cast.assessor
    strangers = [_as(other), Actor(person=mine.person_id), _as(cast.outside_assessor), b.actor(cast.earner), Actor()]
    for stranger in strangers:
        with pytest.raises(NotFound):
            actions.accept_assignment(actor=stranger, token=assignment.token, now=b.NOW)


def test_accepting_twice_changes_nothing_and_a_declined_offer_is_gone(cast: Cast):
    assignment = cast.assignment(cast.submitted())
    who = _as(cast.membership_of(assignment))
    for _time in range(2):
        assert actions.accept_assignment(actor=who, token=assignment.token, now=b.NOW).state == "accepted"
    actions.decline_assignment(actor=who, token=assignment.token, now=b.NOW)
    with pytest.raises(errors.NotOffered):
        actions.accept_assignment(actor=who, token=assignment.token, now=b.NOW)


def test_scoring_needs_the_work_in_hand(cast: Cast):
    assignment = cast.assignment(cast.submitted())
    with pytest.raises(errors.NotInYourHands):
        _save((assignment, _as(cast.membership_of(assignment))), "overview", "passing")


def test_levels_and_criteria_must_be_the_rubrics(in_hand: tuple[Assignment, Actor]):
    with pytest.raises(errors.UnknownLevel):
        _save(in_hand, "overview", "excellent")
    with pytest.raises(errors.UnknownCriterion):
        _save(in_hand, "charm", "passing")
    with pytest.raises(errors.CommentTooLong):
        _save(in_hand, "overview", "passing", "x" * 10_001)
    assert not Score.objects.exists()


def test_two_tabs_never_overwrite_a_score_silently(in_hand: tuple[Assignment, Actor]):
    _save(in_hand, "overview", "passing", "Clear.")
    with pytest.raises(errors.ScoreChangedElsewhere) as refusal:
        _save(in_hand, "overview", "not-yet", "Unclear.")
    assert refusal.value.facts == {"theirs": "Clear.", "level": "passing", "revision": 1}
    assert _save(in_hand, "overview", "not-yet", "Unclear.", revision=1).revision == 2


def test_sending_needs_every_level_and_a_comment_below_passing(in_hand: tuple[Assignment, Actor]):
    _save(in_hand, "overview", "passing")
    _save(in_hand, "recording", "basic")
    with pytest.raises(errors.ScoresMissing) as refusal:
        actions.submit_scores(actor=in_hand[1], token=in_hand[0].token, now=b.NOW)
    assert refusal.value.facts == {"missing": ["reflection"], "uncommented": ["recording"]}


def test_case_n1_one_criterion_below_makes_not_yet_with_its_comment(cast: Cast):
    submission = cast.not_yet()
    decision = Decision.objects.get(attempt=submission.current)
    assert submission.current.state == AttemptState.NOT_YET
    assert not Award.objects.exists()
    feedback = {row.criterion.key: row for row in queries.feedback_on(Viewer.EARNER, _attempt(submission), decision)}
    assert [key for key, row in feedback.items() if not row.met] == ["recording"]
    assert feedback["recording"].comments == ((Seen(Sight.NUMBER, "1"), "Say which students spoke after the pause."),)


def test_case_n2_a_second_attempt_is_scored_on_the_open_criterion_by_somebody_else(cast: Cast):
    submission = cast.not_yet()
    first = cast.assignment(submission)
    who = b.actor(cast.earner)
    portfolio.begin_attempt(actor=who, token=submission.token, now=b.later(days=9))
    portfolio.submit_attempt(actor=who, token=submission.token, attested=list(AttestationKind), now=b.later(days=9))
    b.run_waiting_jobs()
    submission.refresh_from_db()
    second = cast.assignment(submission)
    assert second.assessor_id != first.assessor_id
    assert [row.criterion.key for row in queries.scoring_rows(second) if not row.kept] == ["recording"]
    held = (second, _as(cast.membership_of(second)))
    actions.accept_assignment(actor=held[1], token=second.token, now=b.NOW)
    with pytest.raises(errors.UnknownCriterion):
        _save(held, "overview", "not-yet", "I would have scored this lower.")
    _save(held, "recording", "proficient")
    actions.submit_scores(actor=held[1], token=second.token, now=b.later(days=10))
    b.run_waiting_jobs()
    assert Attempt.objects.get(id=second.attempt_id).state == AttemptState.EARNED
    assert Award.objects.get().levels == b.PASSING


def test_scores_are_sent_once_and_then_frozen(cast: Cast):
    submission = cast.earned()
    assignment = cast.assignment(submission)
    held = (assignment, _as(cast.membership_of(assignment)))
    with pytest.raises(errors.AlreadyScored):
        actions.submit_scores(actor=held[1], token=assignment.token, now=b.NOW)
    with pytest.raises(errors.AlreadyScored):
        _save(held, "overview", "not-yet", "Second thoughts.", revision=1)
    with pytest.raises(errors.NotOffered):
        actions.decline_assignment(actor=held[1], token=assignment.token, now=b.NOW)


def test_withdrawn_work_takes_itself_out_of_the_assessors_hands(cast: Cast, in_hand: tuple[Assignment, Actor]):
    token = in_hand[0].attempt.submission.token
    _save(in_hand, "overview", "passing")
    portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=token, now=b.NOW)
    for criterion in ("recording", "reflection"):  # the notice has not arrived yet
        _save(in_hand, criterion, b.PASSING[criterion])
    with pytest.raises(errors.WorkWithdrawn):
        actions.submit_scores(actor=in_hand[1], token=in_hand[0].token, now=b.NOW)
    b.run_waiting_jobs()
    in_hand[0].refresh_from_db()
    assert in_hand[0].state == AssignmentState.CANCELLED
    with pytest.raises(errors.WorkWithdrawn):
        _save(in_hand, "overview", "not-yet", "Late.", revision=1)


# -- release -----------------------------------------------------------------------------------------------------------


def test_with_staff_release_the_earner_learns_nothing_until_staff_release_it(cast: Cast):
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=cast.item.micro_credential, staff=True, now=b.NOW)
    submission = cast.earned()
    decision = Decision.objects.get()
    assert submission.current.state == AttemptState.SUBMITTED
    assert queries.find_released_decision(submission.current) is None
    for stranger in (_as(cast.outside_staff), _as(cast.leader), _as(cast.assessor), b.actor(cast.earner)):
        with pytest.raises(NotFound):
            actions.release_decision(actor=stranger, token=decision.token, now=b.NOW)
    for _time in range(2):
        actions.release_decision(actor=_as(cast.staff), token=decision.token, now=b.NOW)
        b.run_waiting_jobs()
    assert JournalEntry.objects.filter(verb="decision.released").count() == 1
    assert Award.objects.count() == 1


def test_nobody_types_pass_the_decision_follows_from_rule_and_scores(cast: Cast):
    decision = Decision.objects.get(attempt=cast.earned().current)
    assert decision.outcome == "earned"
    assert [reason["met"] for reason in decision.reasons] == [True, True, True]


def _attempt(submission: Submission) -> Attempt:
    return Attempt.objects.select_related("submission__version").get(id=submission.current_id)
