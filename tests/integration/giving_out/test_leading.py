"""What scoring leaders do with work that waits, and what their pages show."""

import pytest

from tests import builders as b
from tests.cast import Cast
from tests.integration.giving_out.looks import as_, open_rows, plan_of
from touchstone.assessment import actions, errors, leading
from touchstone.assessment.enums import SecondReading
from touchstone.assessment.models import Assignment, Decision, ReadingPlan
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry
from touchstone.people import actions as people
from touchstone.people.models import Membership, Person, Tie
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Submission

NEAR = {"recording": "basic"}


def _item(cast: Cast, *names: str, **scoring: object) -> Version:
    item = b.version("led", of=cast.issuer, title="Led", scoring={"second_reads": "0", **scoring})
    for name in names:
        b.assessor(cast.issuer, item, name=name)
    return item


def _score(cast: Cast, row: Assignment, levels: dict[str, str] | None = None) -> None:
    b.score(row, cast.membership_of(row), levels)


@pytest.fixture
def half_read(cast: Cast) -> Submission:
    """Two readings promised, one is in, and nobody is left for the other."""
    submission = b.submitted(cast.earner, _item(cast, "Uma", second_reads="1"))
    _score(cast, open_rows(submission)[0])
    return submission


def _waive(cast: Cast, submission: Submission, reason: str = "Nobody else reads this subject.") -> Decision | None:
    who, token = as_(cast.leader), plan_of(submission).token
    return actions.waive_second_reading(actor=who, token=token, reason=reason, now=b.NOW)


# -- one reading may stand ---------------------------------------------------------------------------------------------


def test_waived_then_the_one_reading_decides_and_the_broken_promise_stays_countable(cast: Cast, half_read: Submission):
    assert not Decision.objects.exists()
    decision = _waive(cast, half_read)
    assert decision
    assert decision.outcome == "earned"
    plan = plan_of(half_read)
    assert (plan.second, plan.waiver) == (SecondReading.LOT, "Nobody else reads this subject.")
    assert plan.waived_by_id == cast.leader.person_id
    assert ReadingPlan.objects.exclude(second="").exclude(waived_at=None).count() == 1
    entry = JournalEntry.objects.get(verb="attempt.second_reading_waived")
    assert "subject" not in str(entry.payload)
    assert actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW) == 0


def test_waived_with_staff_release_then_nothing_more_is_offered(cast: Cast, half_read: Submission):
    item = half_read.version.micro_credential
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=item, staff=True, now=b.NOW)
    _waive(cast, half_read)
    b.assessor(cast.issuer, half_read.version, name="Late")
    assert actions.offer_attempt(actor=b.SYSTEM, attempt_id=half_read.current_id, now=b.NOW)[0].state == "scored"
    assert len(open_rows(half_read)) == 1


@pytest.mark.parametrize("reason", ["", "   ", "x" * 1001])
def test_waiving_needs_a_reason_in_writing(cast: Cast, half_read: Submission, reason: str):
    with pytest.raises(errors.ReasonMissing):
        _waive(cast, half_read, reason)


def test_nothing_to_waive_while_somebody_reads_or_nobody_has_read(cast: Cast):
    submission = b.submitted(cast.earner, _item(cast, "Uma", "Vic", second_reads="1"))
    with pytest.raises(errors.NothingToWaive):
        _waive(cast, submission)
    _score(cast, open_rows(submission)[0])
    with pytest.raises(errors.NothingToWaive):
        _waive(cast, submission)


def test_two_readings_that_disagree_cannot_be_waived_away(cast: Cast):
    submission = b.submitted(cast.earner, _item(cast, "Uma", "Vic", second_reads="1"))
    first, second = open_rows(submission)
    _score(cast, first)
    _score(cast, second, NEAR)
    assert plan_of(submission).searching_since
    with pytest.raises(errors.NothingToWaive):
        _waive(cast, submission)


def test_decided_work_cannot_be_waived_again(cast: Cast, half_read: Submission):
    _waive(cast, half_read)
    with pytest.raises(errors.DecidedAlready):
        _waive(cast, half_read)


# -- a second reading asked for ----------------------------------------------------------------------------------------


def test_a_leader_asks_for_a_second_reading_and_both_decide(cast: Cast):
    submission = b.submitted(cast.earner, _item(cast, "Uma", "Vic"))
    token = plan_of(submission).token
    actions.ask_second_reading(actor=as_(cast.leader), token=token, now=b.NOW)
    b.run_waiting_jobs()
    assert plan_of(submission).second == SecondReading.ADVICE
    first, second = open_rows(submission)
    assert first.assessor_id != second.assessor_id
    _score(cast, first)
    assert not Decision.objects.exists()
    _score(cast, second)
    assert Decision.objects.get().outcome == "earned"
    with pytest.raises(errors.DecidedAlready):
        actions.ask_second_reading(actor=as_(cast.leader), token=token, now=b.NOW)


def test_work_read_twice_already_is_not_asked_for_again(cast: Cast, half_read: Submission):
    with pytest.raises(errors.SecondReadingPlanned):
        actions.ask_second_reading(actor=as_(cast.leader), token=plan_of(half_read).token, now=b.NOW)


# -- taking a reading, and widening ------------------------------------------------------------------------------------


def _reads_too(cast: Cast, item: Version) -> None:
    b.member(cast.leader.person.person, cast.issuer, "assessor")
    actions.qualify_assessor(
        actor=b.SYSTEM,
        assessor=cast.leader.person,
        micro_credential=item.micro_credential,
        from_date=b.NOW.date(),
        now=b.NOW,
    )


def test_a_leader_who_assesses_is_offered_a_reading_beyond_her_own_limit(cast: Cast, half_read: Submission):
    _reads_too(cast, half_read.version)
    own = Membership.objects.get(person=cast.leader.person, role="assessor")
    actions.set_availability(actor=as_(own), at_once=0, weekly=None, languages=["en"], known=["en"], now=b.NOW)
    assert actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW) == 0
    row = actions.take_reading(actor=as_(cast.leader), token=plan_of(half_read).token, now=b.NOW)
    assert (row.assessor_id, row.read, row.reasons) == (cast.leader.person_id, 2, [])
    assert plan_of(half_read).searching_since is None
    b.score(row, own)
    assert Decision.objects.get().outcome == "earned"


@pytest.mark.parametrize("tied", [True, False])
def test_a_leader_who_may_not_read_is_not_offered_it(cast: Cast, half_read: Submission, tied: bool):
    if tied:
        _reads_too(cast, half_read.version)
        people.state_conflict(
            actor=b.actor(cast.earner), kind="knows", email=cast.leader.person.person.account.email, now=b.NOW
        )
        b.run_waiting_jobs()
        Tie.objects.update(from_date=b.NOW.date())  # the job that matched it read the real clock
    with pytest.raises(errors.NotYoursToRead):
        actions.take_reading(actor=as_(cast.leader), token=plan_of(half_read).token, now=b.NOW)


def test_nothing_to_take_while_everything_is_in_somebodys_hands(cast: Cast):
    submission = b.submitted(cast.earner, _item(cast, "Uma"))
    with pytest.raises(errors.NobodyMissing):
        actions.take_reading(actor=as_(cast.leader), token=plan_of(submission).token, now=b.NOW)


def test_a_leader_lets_readers_of_an_earlier_attempt_return(cast: Cast):
    submission = b.submitted(cast.earner, _item(cast, "Only"))
    first = open_rows(submission)[0]
    _score(cast, first, NEAR)
    who = b.actor(cast.earner)
    portfolio.begin_attempt(actor=who, token=submission.token, now=b.later(days=2))
    portfolio.submit_attempt(actor=who, token=submission.token, attested=list(AttestationKind), now=b.later(days=2))
    b.run_waiting_jobs()
    submission.refresh_from_db()
    plan = plan_of(submission)
    found = leading.search(plan, now=b.later(days=2))
    assert found
    assert found.may_widen
    assert "1 read an earlier attempt" in found.sentence
    assert found.lines == ("Read an earlier attempt: Only.",)
    [row] = actions.widen_search(actor=as_(cast.leader), token=plan.token, now=b.later(days=2))
    assert row.assessor_id == first.assessor_id


def test_searching_again_asks_whoever_may_by_now(cast: Cast, half_read: Submission):
    late = b.assessor(cast.issuer, half_read.version, name="Late")
    rows = actions.search_again(actor=as_(cast.leader), token=plan_of(half_read).token, now=b.NOW)
    assert [row.assessor_id for row in rows][1:] == [late.person_id]


# -- who leads ---------------------------------------------------------------------------------------------------------


def test_only_leaders_of_the_issuer_act_and_never_on_their_own_work(cast: Cast, half_read: Submission):
    token = plan_of(half_read).token
    for stranger in (cast.outside_leader, cast.staff, cast.assessor):
        with pytest.raises(NotFound):
            actions.search_again(actor=as_(stranger), token=token, now=b.NOW)
    leads_too = b.member(cast.earner, cast.issuer, "scoring_leader")
    with pytest.raises(NotFound):
        actions.search_again(actor=as_(leads_too), token=token, now=b.NOW)


# -- pages -------------------------------------------------------------------------------------------------------------


def test_the_pages_name_assessors_and_codes_and_never_the_earner(cast: Cast, half_read: Submission):
    plan = plan_of(half_read)
    client = cast.client("leader")
    for path in ("/lead/", f"/lead/{plan.token}/"):
        text = client.get(path).content.decode()
        assert plan.code in text
        assert "Uma" in text
        for secret in (cast.earner.name, cast.school.name, half_read.token, str(cast.earner.pseudonym_id)):
            assert secret not in text
    assert "1 reads it already" in text
    assert "Let the one reading stand" in text


def test_who_is_tied_to_the_earner_is_counted_and_never_named(cast: Cast):
    submission = b.submitted(cast.earner, _item(cast), jobs=False)
    b.assessor(cast.issuer, submission.version, name="Tied", works_at=[cast.school])
    open_one = b.assessor(cast.issuer, submission.version, name="Nameless")
    Person.objects.filter(pseudonym=open_one.person).update(identity_confirmed_at=None)
    b.run_waiting_jobs()
    text = cast.client("leader").get(f"/lead/{plan_of(submission).token}/").content.decode()
    assert "1 works in the same school" in text
    assert "Identity or employers not confirmed: Nameless." in text
    assert "Tied" not in text


def test_the_buttons_do_what_they_say(cast: Cast, half_read: Submission):
    token, client = plan_of(half_read).token, cast.client("leader")
    answer = client.post(f"/lead/{token}/search", follow=True)
    assert "Still nobody who may read it" in answer.content.decode()
    assert client.post(f"/lead/{token}/take").status_code == 409
    assert client.post(f"/lead/{token}/second").status_code == 409
    refused = client.post(f"/lead/{token}/waive", {"reason": ""})
    assert refused.status_code == 400
    stands = client.post(f"/lead/{token}/waive", {"reason": "Nobody else."}, follow=True).content.decode()
    assert "One reading stands, because: Nobody else." in stands
    assert Decision.objects.exists()


def test_the_pool_shows_load_limits_and_what_each_may_score(cast: Cast):
    cast.submitted()
    alliance = actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    actions.agree_alliance(actor=as_(cast.outside_leader), token=alliance.token, now=b.NOW)
    client = cast.client("leader")
    text = client.get("/lead/assessors/").content.decode()
    assert text.index("Bo Fennimore") < text.index("Devon Achterberg") < text.index("Priya Lindqvist")
    assert "holds 1 of 10" in text
    assert "holds 0 of 10" in text
    body = {"membership": str(cast.outside_assessor.id), "item": str(cast.item.micro_credential_id)}
    answer = client.post("/lead/assessors/qualify", body, follow=True)
    assert "Qualified." in answer.content.decode()
    assert client.post("/lead/assessors/qualify", {"membership": "x"}).status_code == 404


def test_the_allies_page_asks_agrees_and_ends(cast: Cast):
    ours, theirs = cast.client("leader"), cast.client("outside_leader")
    ours.post("/lead/allies/", {"ally": cast.other_issuer.slug})
    assert "no answer yet" in ours.get("/lead/allies/").content.decode()
    token = leading.list_alliances(as_(cast.leader))[0].token
    assert ours.post(f"/lead/allies/{token}/agree").status_code == 403
    theirs.post(f"/lead/allies/{token}/agree")
    assert "agreed" in ours.get("/lead/allies/").content.decode()
    theirs.post(f"/lead/allies/{token}/end")
    assert leading.list_alliances(as_(cast.leader)) == []
    assert ours.post("/lead/allies/", {"ally": "nowhere"}).status_code == 404


def test_an_assessor_says_how_much_she_takes(cast: Cast):
    client = cast.client("assessor")
    text = client.get("/assess/availability/").content.decode()
    assert 'value="10"' in text
    assert client.post("/assess/availability/", {"at_once": "99", "languages": ["en"]}).status_code == 400
    assert client.post("/assess/availability/", {"at_once": "2", "languages": ["xx"]}).status_code == 400
    client.post("/assess/availability/", {"at_once": "2", "weekly": "1", "languages": ["en", "es"]})
    told = leading.availability_of(as_(cast.assessor))
    assert told == {"at_once": 2, "weekly": 1, "languages": ["en", "es"]}
