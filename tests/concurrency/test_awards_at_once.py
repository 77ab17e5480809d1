"""Awards, keys, badges, revocations, mails and sign-ups at the same moment."""

import json
from typing import Any

import pytest
from django.core import mail as sent_mail

from tests import builders as b
from tests.cast import Cast
from tests.concurrency.harness import at_once, race
from touchstone.assessment.models import Decision
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.actions import keeping
from touchstone.credentials.models import Award, Badge, SigningKey, StatusList
from touchstone.credentials.verification import verify_here
from touchstone.flows import reactions
from touchstone.kit import mail
from touchstone.kit.actor import system
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import actions as people_actions
from touchstone.people import queries as people
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Account, Organisation, Person, Pseudonym
from touchstone.portfolio.models import Attempt, Submission


@pytest.fixture
def decided(cast: Cast) -> Attempt:
    """An attempt whose decision is committed; nothing followed from it yet."""
    return _decide(cast, cast.earner)


def _decide(cast: Cast, earner: Person) -> Attempt:
    submission: Submission = b.submitted(earner, cast.item)
    assignment = cast.assignment(submission)
    b.score(assignment, cast.membership_of(assignment), jobs=False)
    return Attempt.objects.select_related("submission__version__micro_credential__issuer").get(submission=submission)


def _award(attempt: Attempt) -> Award:
    return actions.award_version(actor=b.SYSTEM, attempt=attempt, levels=b.PASSING, now=b.NOW)


def _journalled(verb: str) -> int:
    return JournalEntry.objects.filter(verb=verb).count()


def test_award_version_when_four_workers_make_it_at_once_then_one_award_and_one_status_list(decided: Attempt) -> None:
    done = at_once(4, lambda: _award(decided))
    assert done.errors == []
    assert {row.id for row in done.results} == {Award.objects.get().id}
    assert SigningKey.objects.count() == StatusList.objects.count() == 1
    assert _journalled("award.made") == 1


def test_award_version_when_a_new_issuers_first_awards_come_at_once_then_they_share_key_and_list(cast: Cast) -> None:
    attempts = [_decide(cast, person) for person in (cast.earner, cast.colleague, cast.outsider)]
    done = race(*[lambda attempt=attempt: _award(attempt) for attempt in attempts])
    assert done.errors == []
    assert Award.objects.count() == 3
    assert SigningKey.objects.count() == StatusList.objects.count() == 1
    assert len(set(Award.objects.values_list("status_index", flat=True))) == 3


def test_award_stack_when_four_workers_make_it_at_once_then_one_award(cast: Cast) -> None:
    stack, holder = cast.stack(), cast.earner.pseudonym_id
    done = at_once(4, lambda: actions.award_stack(actor=b.SYSTEM, holder=holder, stack_version=stack, now=b.NOW))
    assert done.errors == []
    assert {row.id for row in done.results} == {Award.objects.get().id}


def test_sign_badge_when_four_workers_sign_at_once_then_one_badge_that_verifies(cast: Cast, decided: Attempt) -> None:
    award = _award(decided)
    done = at_once(4, lambda: actions.sign_badge(actor=b.SYSTEM, award_id=award.id, now=b.NOW))
    assert done.errors == []
    badge = Badge.objects.get()
    assert {row.id for row in done.results} == {badge.id}
    assert _journalled("badge.signed") == 1
    assert verify_here(json.dumps(badge.document).encode(), now=b.later(days=1)).summary is Summary.VALID


def test_key_in_use_when_eight_ask_for_a_new_issuers_key_then_there_is_one(cast: Cast) -> None:
    done = at_once(8, lambda: keeping.key_in_use(cast.issuer, b.NOW))
    assert done.errors == []
    assert {row.public for row in done.results} == {SigningKey.objects.get().public}


def test_revoke_award_when_clicked_four_times_at_once_then_revoked_once(cast: Cast, decided: Attempt) -> None:
    award, staff = _award(decided), people.actor_of(cast.staff.person_id, cast.staff)
    done = at_once(4, lambda: actions.revoke_award(actor=staff, token=award.token, reason="error", note="", now=b.NOW))
    assert done.errors == []
    assert _journalled("award.revoked") == 1


def test_publish_status_list_when_two_awards_are_revoked_at_once_then_both_bits_are_set(cast: Cast) -> None:
    awards = [_award(_decide(cast, person)) for person in (cast.earner, cast.colleague)]
    staff = people.actor_of(cast.staff.person_id, cast.staff)

    def take_back(award: Award) -> Any:
        actions.revoke_award(actor=staff, token=award.token, reason="error", note="", now=b.NOW)
        return actions.publish_status_list(actor=b.SYSTEM, award_id=award.id, now=b.NOW)

    done = race(*[lambda award=award: take_back(award) for award in awards])
    assert done.errors == []
    row = StatusList.objects.get()
    bits = bytes(row.bits)
    for award in awards:
        assert bits[award.status_index // 8] >> (7 - award.status_index % 8) & 1


def test_reactions_when_each_is_delivered_four_times_at_once_then_the_award_is_made_told_and_signed_once(
    decided: Attempt,
) -> None:
    decision = Decision.objects.get()
    released = reactions.DecisionReleased(decision=decision.id, attempt=decided.id, outcome=str(decision.outcome))
    assert at_once(4, lambda: reactions.make_award(released, b.NOW)).errors == []
    award = Award.objects.get()
    made = reactions.AwardMade(award=award.id, holder=award.holder_id)
    assert at_once(4, lambda: reactions.sign_badge(made, b.NOW)).errors == []
    signed = reactions.BadgeSigned(award=award.id)
    assert at_once(4, lambda: reactions.tell_holder(signed, b.NOW)).errors == []
    assert Badge.objects.count() == OutgoingMail.objects.filter(kind="award_ready").count() == 1


def test_mail_when_four_workers_deliver_it_at_once_then_it_is_sent_once(transactional_db: None) -> None:
    mail.post(kind="test", to="a@example.org", subject="Hello", text="Text", now=b.NOW, once="test:1")
    row = OutgoingMail.objects.get()
    done = at_once(4, lambda: mail.deliver(row.id, now=b.NOW))
    assert done.errors == []
    assert [message.subject for message in sent_mail.outbox] == ["Hello"]


def test_register_person_when_four_times_at_once_then_one_person(cast: Cast) -> None:
    account = Account.objects.create(email="new@example.org")
    before = Pseudonym.objects.count()
    done = at_once(
        4,
        lambda: people_actions.register_person(account=account, name="New Person", position="teacher", now=b.NOW),
    )
    assert done.errors == []
    assert {row.id for row in done.results} == {Person.objects.get(account=account).id}
    assert Pseudonym.objects.count() == before + 1


def test_grants_when_four_times_at_once_then_one_of_each(cast: Cast) -> None:
    person, place, today = cast.outsider.pseudonym, cast.school, b.NOW.date()
    done = at_once(
        4,
        lambda: (
            people_actions.grant_membership(
                actor=b.SYSTEM, person=person, organisation=place, role="facilitator", from_date=today, now=b.NOW
            ).id,
            people_actions.record_employment(
                actor=b.SYSTEM, person=person, organisation=place, from_date=today, confirmed=True, now=b.NOW
            ).id,
            people_actions.declare_tie(
                actor=b.SYSTEM,
                a=person,
                b=cast.earner.pseudonym,
                kind=people_actions.TieKind.KIN,
                source=people_actions.TieSource.DECLARED,
                from_date=today,
                now=b.NOW,
            ).id,
        ),
    )
    assert done.errors == []
    assert len(set(done.results)) == 1


def test_found_organisation_when_four_times_at_once_then_one(cast: Cast) -> None:
    done = at_once(
        4,
        lambda: people_actions.found_organisation(
            actor=system("tests"), now=b.NOW, slug="new-school", name="New School", kind=OrganisationKind.SCHOOL
        ),
    )
    assert done.errors == []
    assert {row.id for row in done.results} == {Organisation.objects.get(slug="new-school").id}
