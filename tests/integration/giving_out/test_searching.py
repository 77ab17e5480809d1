"""When nobody may read: allied pools, the batch that tries again, and who hears what meanwhile."""

import pytest

from tests import builders as b
from tests.cast import Cast
from tests.integration.giving_out.looks import as_, open_rows, plan_of
from touchstone.assessment import actions, errors, jobs
from touchstone.assessment.models import Assignment, PoolAlliance, ReadingPlan
from touchstone.catalogue.models import Version
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people.models import Membership, Organisation
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.models import Submission


@pytest.fixture
def alone(cast: Cast) -> Submission:
    """Handed in for an item nobody of the own pool is qualified for."""
    return b.submitted(cast.earner, b.version("alone", of=cast.issuer, title="Alone"))


def _qualify(assessor: Membership, submission: Submission) -> None:
    actions.qualify_assessor(
        actor=b.SYSTEM,
        assessor=assessor.person,
        micro_credential=submission.version.micro_credential,
        from_date=b.NOW.date(),
        now=b.NOW,
    )


def _ally(cast: Cast) -> PoolAlliance:
    row = actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    return actions.agree_alliance(actor=as_(cast.outside_leader), token=row.token, now=b.NOW)


def _told(kind: str) -> int:
    return OutgoingMail.objects.filter(kind=kind).count()


def test_case_b9_nobody_eligible_then_leaders_read_why_in_counts_and_the_earner_that_it_takes_longer(
    cast: Cast, alone: Submission
):
    told = OutgoingMail.objects.get(kind="nobody_eligible")
    assert "Nobody is qualified for this item." in told.text
    assert f"/lead/{plan_of(alone).token}/" in told.text
    assert cast.earner.name not in told.text
    for path in (f"/earn/{alone.token}/", "/earn/"):
        assert "We are still looking for somebody who may read it" in cast.client("earner").get(path).content.decode()


def test_the_batch_finds_who_became_able_and_ends_the_search(cast: Cast, alone: Submission):
    assert actions.give_out_waiting_work(actor=b.SYSTEM, now=b.later(hours=1)) == 0
    assert _told("nobody_eligible") == 1
    _qualify(cast.assessor, alone)
    for _time in range(2):
        jobs.give_out(timestamp=0)
    b.run_waiting_jobs()
    assert [row.assessor_id for row in open_rows(alone)] == [cast.assessor.person_id]
    assert plan_of(alone).searching_since is None
    assert "still looking" not in cast.client("earner").get(f"/earn/{alone.token}/").content.decode()
    assert _told("work_offered") == 1


def test_the_batch_gives_each_what_she_can_hold_and_leaves_the_rest(cast: Cast):
    item = b.version("many", of=cast.issuer, title="Many")
    works = []
    for number in range(5):
        place = b.organisation(f"place-{number}", state="TX")
        works.append(b.submitted(b.person(f"Earner {number}", works_at=[place]), item))
    pool = [b.assessor(cast.issuer, item, name=name) for name in ("One", "Two")]
    for one in pool:
        actions.set_availability(actor=as_(one), at_once=2, weekly=None, languages=["en"], known=["en"], now=b.NOW)
    assert actions.give_out_waiting_work(actor=b.SYSTEM, now=b.later(hours=1)) == 4
    held = [Assignment.objects.filter(assessor=one.person).count() for one in pool]
    assert held == [2, 2]
    assert ReadingPlan.objects.filter(searching_since__isnull=False).count() == 1


def test_the_batch_never_offers_again_what_somebody_declined(cast: Cast, alone: Submission):
    _qualify(cast.assessor, alone)
    actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW)
    actions.decline_assignment(actor=as_(cast.assessor), token=open_rows(alone)[0].token, now=b.later(minutes=5))
    b.run_waiting_jobs()
    assert actions.give_out_waiting_work(actor=b.SYSTEM, now=b.later(hours=1)) == 0
    assert _told("nobody_eligible") == 2  # a second search
    told = OutgoingMail.objects.filter(kind="nobody_eligible").latest("written_at", "id")
    assert "1 declined it" in told.text


def test_withdrawn_work_is_sought_for_no_more(cast: Cast, alone: Submission):
    portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=alone.token, now=b.NOW)
    _qualify(cast.assessor, alone)
    assert actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW) == 0
    b.run_waiting_jobs()
    assert plan_of(alone).searching_since is None


# -- allied pools ------------------------------------------------------------------------------------------------------


def test_an_allied_pool_is_asked_once_both_agree_and_nobody_of_the_own_may(cast: Cast, alone: Submission):
    _qualify(cast.outside_assessor, alone)
    row = actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    actions.give_out_waiting_work(actor=b.SYSTEM, now=b.NOW)
    assert open_rows(alone) == []
    actions.agree_alliance(actor=as_(cast.outside_leader), token=row.token, now=b.NOW)
    b.run_waiting_jobs()
    [offer] = open_rows(alone)
    assert (offer.assessor_id, offer.ally_id) == (cast.outside_assessor.person_id, cast.other_issuer.id)
    b.score(offer, cast.outside_assessor)
    alone.refresh_from_db()
    assert alone.current.state == "earned"


def test_the_own_pool_comes_first_however_full(cast: Cast):
    _ally(cast)
    item = b.version("own-first", of=cast.issuer, title="Own first")
    own = b.assessor(cast.issuer, item, name="Own")
    for number in range(3):
        place = b.organisation(f"place-{number}", state="TX")
        work = b.submitted(b.person(f"Earner {number}", works_at=[place]), item, jobs=False)
        _qualify(cast.outside_assessor, work)
        actions.offer_attempt(actor=b.SYSTEM, attempt_id=work.current_id, now=b.NOW)
        assert open_rows(work)[0].assessor_id == own.person_id


def test_an_ended_alliance_asks_nobody_and_what_was_begun_is_finished(cast: Cast, alone: Submission):
    _qualify(cast.outside_assessor, alone)
    alliance = _ally(cast)
    b.run_waiting_jobs()
    actions.end_alliance(actor=as_(cast.leader), token=alliance.token, now=b.NOW)
    [offer] = open_rows(alone)
    b.score(offer, cast.outside_assessor)
    other = b.submitted(cast.colleague, alone.version)
    assert open_rows(other) == []


def test_only_the_asked_issuer_agrees_and_strangers_see_no_alliance(cast: Cast):
    row = actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    with pytest.raises(Forbidden):
        actions.agree_alliance(actor=as_(cast.leader), token=row.token, now=b.NOW)
    third = b.member(b.person("Third"), b.issuer("third-issuer"), "scoring_leader")
    for stranger in (third, cast.staff, cast.assessor):
        with pytest.raises(NotFound):
            actions.end_alliance(actor=as_(stranger), token=row.token, now=b.NOW)


def test_an_issuer_is_asked_once_and_itself_never(cast: Cast):
    actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    with pytest.raises(errors.AlreadyAsked):
        actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    for place in (cast.issuer, Organisation.objects.get(slug="maple-school")):
        with pytest.raises(errors.NotAnotherIssuer):
            actions.ask_alliance(actor=as_(cast.leader), ally=place, now=b.NOW)
    with pytest.raises(Forbidden):
        actions.ask_alliance(actor=as_(cast.staff), ally=cast.other_issuer, now=b.NOW)


def test_a_leader_of_the_asked_issuer_hears_by_mail(cast: Cast):
    told = cast.outside_leader.person.person.account.email
    actions.ask_alliance(actor=as_(cast.leader), ally=cast.other_issuer, now=b.NOW)
    b.run_waiting_jobs()
    assert OutgoingMail.objects.get(kind="alliance_asked").to == told


# -- qualifying from the pools -----------------------------------------------------------------------------------------


def test_a_leader_qualifies_people_of_the_pools_for_her_items_alone(cast: Cast, alone: Submission):
    item, who = alone.version.micro_credential.id, as_(cast.leader)
    with pytest.raises(errors.NotOfThePools):
        actions.qualify_from_pools(actor=who, membership=cast.outside_assessor.id, micro_credential=item, now=b.NOW)
    _ally(cast)
    actions.qualify_from_pools(actor=who, membership=cast.outside_assessor.id, micro_credential=item, now=b.NOW)
    own = b.member(cast.leader.person.person, cast.issuer, "assessor")
    with pytest.raises(errors.NotToYourself):
        actions.qualify_from_pools(actor=who, membership=own.id, micro_credential=item, now=b.NOW)
    elsewhere = Version.objects.get(title="Elsewhere")
    with pytest.raises(NotFound):
        actions.qualify_from_pools(
            actor=who,
            membership=cast.assessor.id,
            micro_credential=elsewhere.micro_credential_id,
            now=b.NOW,
        )
    with pytest.raises(Forbidden):
        actions.qualify_from_pools(actor=as_(cast.staff), membership=cast.assessor.id, micro_credential=item, now=b.NOW)
    assert JournalEntry.objects.filter(verb="assessor.qualified", person=cast.leader.person_id).count() == 1
