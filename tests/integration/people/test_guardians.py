"""Case X14: a minor sends nothing in before a guardian agrees, and is never listed."""

import datetime as dt
import re
from pathlib import Path

import pytest

from tests import builders as b
from tests.cast import Cast
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.errors import Forbidden
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import actions, errors, queries
from touchstone.people.models import GuardianConsent, Person
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import intake
from touchstone.portfolio.enums import AttestationKind


@pytest.fixture
def kim(db: None) -> Person:
    return b.minor("Kim")


def ask(person: Person, email: str = "parent@home.example", now: dt.datetime = b.NOW) -> str:
    """Ask, and return the token from the mail."""
    actions.ask_guardian(actor=b.actor(person), guardian_email=email, now=now)
    text = OutgoingMail.objects.filter(kind="guardian_asked").latest("written_at", "id").text
    found = re.search(r"/guardians/(\w+)/", text)
    assert found
    return found[1]


def answer(token: str, given: bool = True, now: dt.datetime = b.NOW, **facts: str) -> GuardianConsent:
    facts = {"guardian_name": "Pat Kim", "relation": "mother", **facts}
    return actions.record_guardian_answer(token=token, given=given, now=now, **facts)


def may(person: Person, now: dt.datetime = b.NOW) -> bool:
    return queries.may_upload(person.pseudonym_id, now.date())


def test_consent_when_given_then_uploads_are_open_and_when_withdrawn_closed_again(kim: Person):
    assert queries.is_minor(kim.pseudonym_id, b.NOW.date())
    assert not may(kim)
    token = ask(kim)
    assert not may(kim)
    answer(token)
    assert answer(token).given  # twice is once
    assert may(kim)
    actions.withdraw_guardian_consent(token=token, now=b.later(days=3))
    actions.withdraw_guardian_consent(token=token, now=b.later(days=4))
    assert not may(kim)
    verbs = list(JournalEntry.objects.filter(verb__startswith="guardian.").values_list("verb", flat=True))
    assert sorted(verbs) == ["guardian.agreed", "guardian.asked", "guardian.withdrew"]
    with pytest.raises(errors.AlreadyAnswered):
        answer(token)
    answer(ask(kim, now=b.later(days=5)), now=b.later(days=5))
    assert may(kim)


def test_consent_when_the_adult_day_comes_then_none_is_needed(kim: Person):
    assert kim.adult_on
    assert not queries.may_upload(kim.pseudonym_id, kim.adult_on - dt.timedelta(days=1))
    assert queries.may_upload(kim.pseudonym_id, kim.adult_on)
    assert not queries.is_minor(kim.pseudonym_id, kim.adult_on)
    token = ask(kim)
    grown = dt.datetime.combine(kim.adult_on, dt.time(), dt.UTC)
    with pytest.raises(errors.NoConsentNeeded):
        ask(kim, now=grown)
    GuardianConsent.objects.update(asked_at=grown)
    with pytest.raises(errors.NoConsentNeeded):
        answer(token, now=grown)


def test_consent_when_only_the_hash_is_kept_then_the_token_stands_nowhere_but_in_the_mail(kim: Person):
    token = ask(kim)
    row = GuardianConsent.objects.get()
    assert token not in {row.token_hash, *map(str, JournalEntry.objects.values_list("payload", flat=True))}
    assert queries.find_consent_by_token(token) == row
    assert row.text_version == actions.GUARDIAN_TEXT
    assert OutgoingMail.objects.get(kind="guardian_asked").to == "parent@home.example"


def test_ask_guardian_when_it_makes_no_sense_then_a_named_refusal(kim: Person):
    with pytest.raises(Forbidden):
        actions.ask_guardian(actor=b.SYSTEM, guardian_email="x@home.example", now=b.NOW)
    with pytest.raises(errors.NoConsentNeeded):
        ask(b.person())
    with pytest.raises(errors.AddressNotUsable):
        ask(kim, "not an address")
    with pytest.raises(errors.GuardianAddressIsOwn):
        ask(kim, next(iter(queries.verified_addresses(kim.pseudonym_id))).upper())
    for day in range(5):
        ask(kim, now=b.later(days=day))
    with pytest.raises(errors.AskedTooOften):
        ask(kim, now=b.later(days=5))
    answer(ask(kim, now=b.later(days=40)), now=b.later(days=40))
    with pytest.raises(errors.ConsentStands):
        ask(kim, now=b.later(days=41))


def test_answer_when_the_link_is_old_wrong_or_expired_then_refused(kim: Person):
    older = ask(kim)
    newer = ask(kim, now=b.later(minutes=1))
    for token in (older, "nonsense", ""):
        with pytest.raises(errors.LinkNotValid):
            answer(token, now=b.later(minutes=2))
    with pytest.raises(errors.ConsentLinkExpired):
        answer(newer, now=b.later(days=31))
    with pytest.raises(errors.GuardianNameMissing):
        answer(newer, guardian_name=" ")
    with pytest.raises(errors.NothingToWithdraw):
        actions.withdraw_guardian_consent(token=newer, now=b.NOW)
    answer(newer, given=False, guardian_name="", relation="")
    assert not may(kim)
    with pytest.raises(errors.AlreadyAnswered):
        answer(newer)


def test_case_x14_upload_when_no_guardian_agreed_then_nothing_is_taken_in_any_form(cast: Cast, tmp_path: Path):
    kim = b.minor()
    who = b.actor(kim)
    token = portfolio.start_submission(actor=who, version=cast.item, now=b.NOW).token
    path = tmp_path / "notes.txt"
    path.write_text("What students said.")
    ways = [
        lambda: portfolio.save_answer(actor=who, token=token, prompt="context", text="A", revision=0, now=b.NOW),
        lambda: portfolio.add_text(actor=who, token=token, slot="recording", text="A", name="N", now=b.NOW),
        lambda: portfolio.add_link(actor=who, token=token, slot="recording", url="https://x.org/", name="", now=b.NOW),
        lambda: portfolio.record_file(actor=who, token=token, slot="recording", now=b.NOW, facts={}),
        lambda: intake.add_file(actor=who, token=token, slot="recording", name="n.txt", path=path, now=b.NOW),
        lambda: portfolio.submit_attempt(actor=who, token=token, attested=list(AttestationKind), now=b.NOW),
    ]
    for way in ways:
        with pytest.raises(errors.ConsentNeeded):
            way()
    guardian = ask(kim)
    answer(guardian)
    assert b.submitted(kim, cast.item).current
    actions.withdraw_guardian_consent(token=guardian, now=b.NOW)


def test_case_x14_award_when_its_holder_is_a_minor_then_by_link_yes_listed_never(cast: Cast):
    kim = b.minor()
    answer(ask(kim))
    submission = b.submitted(kim, cast.item)
    assignment = cast.assignment(submission)
    b.score(assignment, cast.membership_of(assignment))
    run_waiting_jobs()
    token = Award.objects.get(holder=kim.pseudonym).token
    share = {"actor": b.actor(kim), "token": token}
    credentials.share_award(**share, visibility="link", now=b.NOW)
    with pytest.raises(errors.NotListedBeforeAdult):
        credentials.share_award(**share, visibility="listed", now=b.NOW)
    credentials.share_award(**share, visibility="listed", now=b.later(days=800))
