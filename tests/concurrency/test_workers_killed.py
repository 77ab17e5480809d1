"""A worker killed anywhere between decision and mail: the next one finishes, and everything exists exactly once."""

import datetime as dt
import email
import json
from email.message import Message
from pathlib import Path

import pytest

from tests import builders as b
from tests.cast import Cast
from tests.concurrency.harness import Moment, finish_jobs, killed_at
from touchstone.assessment.models import Decision
from touchstone.core.openbadges.report import Summary
from touchstone.credentials.models import Award, Badge, SigningKey, StatusList
from touchstone.credentials.verification import verify_here
from touchstone.kit.models import JournalEntry, OutgoingMail

AWARD = "touchstone.credentials.actions:award_version"
SIGN = "touchstone.credentials.actions:sign_badge"
NOTICE = "touchstone.flows.notices:award_ready"
MAIL = "touchstone.kit.mail:EmailMultiAlternatives.send"
TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def _decided(cast: Cast) -> None:
    """A decision is committed; everything that follows from it waits in the queue."""
    submission = cast.submitted()
    assignment = cast.assignment(submission)
    b.score(assignment, cast.membership_of(assignment), jobs=False)
    assert Decision.objects.get().released_at
    assert not Award.objects.exists()


def _sent(data: Path) -> list[Message]:
    """What the mail server got, one entry per mail handed over."""
    parted = [one for path in (data / "mail").glob("*.log") for one in path.read_text().split("-" * 79 + "\n")]
    return [email.message_from_string(one.strip()) for one in parted if one.strip()]


def _subjects() -> list[str]:
    """What the workers have to send: the test's own process sent the mails before the decision."""
    rows = OutgoingMail.objects.filter(kind__in=["decision_released", "award_ready"])
    return list(rows.values_list("subject", flat=True))


def _assert_issued_exactly_once(cast: Cast) -> None:
    award, badge = Award.objects.get(), Badge.objects.get()
    assert (badge.award_id, award.holder_id) == (award.id, cast.earner.pseudonym_id)
    assert SigningKey.objects.count() == StatusList.objects.count() == 1
    for verb in ("decision.released", "award.made", "badge.signed"):
        assert JournalEntry.objects.filter(verb=verb).count() == 1, verb
    assert OutgoingMail.objects.get(kind="award_ready").sent_at
    assert not OutgoingMail.objects.filter(sent_at=None).exists()
    address = cast.earner.account.email if cast.earner.account else ""
    report = verify_here(json.dumps(badge.document).encode(), now=TODAY, identity=address)
    assert report.summary is Summary.VALID, report


@pytest.mark.parametrize(
    ("moment", "place"),
    [
        pytest.param(Moment.BEFORE, AWARD, id="decided, not awarded", marks=pytest.mark.long),
        pytest.param(Moment.AFTER, AWARD, id="award not committed", marks=pytest.mark.long),
        pytest.param(Moment.COMMITTED, AWARD, id="award committed, job not acknowledged", marks=pytest.mark.long),
        pytest.param(Moment.BEFORE, SIGN, id="awarded, not signed"),
        pytest.param(Moment.AFTER, SIGN, id="signature not committed", marks=pytest.mark.long),
        pytest.param(Moment.COMMITTED, SIGN, id="signature committed, job not acknowledged"),
        pytest.param(Moment.AFTER, NOTICE, id="notice not committed", marks=pytest.mark.long),
        pytest.param(Moment.COMMITTED, NOTICE, id="notice committed, job not acknowledged", marks=pytest.mark.long),
        pytest.param(Moment.BEFORE, MAIL, id="mail not sent", marks=pytest.mark.long),
    ],
)
def test_worker_when_killed_then_the_next_one_issues_the_badge_exactly_once(
    cast: Cast, tmp_path: Path, moment: Moment, place: str
) -> None:
    _decided(cast)
    killed_at(moment, place, tmp_path)
    finish_jobs(tmp_path)
    _assert_issued_exactly_once(cast)
    # Another job of the same worker may have been handing over a mail when it died: mailboxes know the copy by its id.
    in_mailbox = {message["Message-ID"]: message["Subject"] for message in _sent(tmp_path)}
    assert sorted(in_mailbox.values()) == sorted(_subjects())


@pytest.mark.long
def test_worker_when_killed_after_handing_over_a_mail_then_the_copy_carries_the_same_id(
    cast: Cast, tmp_path: Path
) -> None:
    _decided(cast)
    killed_at(Moment.AFTER, MAIL, tmp_path)
    finish_jobs(tmp_path)
    _assert_issued_exactly_once(cast)
    ids = [message["Message-ID"] for message in _sent(tmp_path)]
    assert len(ids) > len(set(ids)) == len(_subjects())
