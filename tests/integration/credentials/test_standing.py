"""Whether an award stands: suspended here only, expired and renewed, and stacks that lose a part."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue import actions as catalogue
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.actions import awarding
from touchstone.credentials.models import Award, Badge, StatusList
from touchstone.credentials.verification import verify_here
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.models import OutgoingMail

TODAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


def staff(cast: Cast) -> Actor:
    return b.actor(cast.staff.person.person, cast.staff)


def earn(cast: Cast, **changes: Any) -> Award:
    item = b.version("yearly", of=cast.issuer, title="Yearly", **changes)
    scorer = b.assessor(cast.issuer, item)
    b.score(cast.assignment(b.submitted(cast.earner, item)), scorer)
    return Award.objects.get(version=item)


def test_suspension_when_given_then_the_page_says_so_and_badge_and_list_do_not(cast: Cast) -> None:
    cast.earned()
    award = Award.objects.get()
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility="link", now=b.NOW)
    badge, listed = Badge.objects.get().text, StatusList.objects.get().text
    for stranger in (b.actor(cast.earner), b.actor(cast.outside_staff.person.person, cast.outside_staff), Actor()):
        with pytest.raises(NotFound):
            actions.suspend_award(actor=stranger, token=award.token, reason="facts", note="", now=b.NOW)
    with pytest.raises(actions.NotSuspended):
        actions.lift_suspension(actor=staff(cast), token=award.token, now=b.NOW)
    with pytest.raises(actions.UnknownReason):
        actions.suspend_award(actor=staff(cast), token=award.token, reason="spite", note="", now=b.NOW)
    actions.suspend_award(actor=staff(cast), token=award.token, reason="facts", note="A name in doubt.", now=b.NOW)
    page = Client().get(f"/awards/{award.token}").content.decode()
    assert "suspended for now" in page
    assert "A fact of the award is being checked" in page
    assert "A name in doubt" not in page
    assert (Badge.objects.get().text, StatusList.objects.get().text) == (badge, listed)
    assert verify_here(badge.encode(), now=TODAY).summary is Summary.VALID
    actions.lift_suspension(actor=staff(cast), token=award.token, now=b.NOW)
    assert "suspended" not in Client().get(f"/awards/{award.token}").content.decode()
    actions.revoke_award(actor=staff(cast), token=award.token, reason="error", note="", now=b.NOW)
    for action in (actions.suspend_award, actions.renew_award):
        how = {"reason": "facts", "note": ""} if action is actions.suspend_award else {}
        with pytest.raises(actions.Revoked):
            action(actor=staff(cast), token=award.token, now=b.NOW, **how)


def test_award_when_its_item_expires_then_ends_with_the_issuers_day_and_can_be_renewed(cast: Cast) -> None:
    award = earn(cast, valid_for_months=12)
    end = dt.datetime(2027, 9, 8, 4, 0, tzinfo=dt.UTC)  # midnight after 7 September in New York
    assert award.valid_until == end
    badge = Badge.objects.get(award=award)
    assert badge.document["validUntil"] == "2027-09-08T04:00:00Z"
    assert verify_here(badge.text.encode(), now=end - dt.timedelta(seconds=1)).summary is Summary.VALID
    assert verify_here(badge.text.encode(), now=end + dt.timedelta(seconds=1)).summary is Summary.EXPIRED
    later = end + dt.timedelta(days=30)
    actions.renew_award(actor=staff(cast), token=award.token, now=later)
    renewed = Badge.objects.get(award=award)
    assert renewed.document["id"] == badge.document["id"]
    assert renewed.document["awardedDate"] == badge.document["awardedDate"]
    assert renewed.document["validUntil"].startswith("2028-10-")
    for text in (renewed.text, renewed.token):
        assert verify_here(text.encode(), now=later + dt.timedelta(days=1)).summary is Summary.VALID


def test_award_when_its_item_never_expires_then_there_is_nothing_to_renew(cast: Cast) -> None:
    award = earn(cast)
    assert award.valid_until is None
    assert "validUntil" not in Badge.objects.get(award=award).document
    with pytest.raises(actions.NeverExpires):
        actions.renew_award(actor=staff(cast), token=award.token, now=b.NOW)


@pytest.mark.parametrize(
    ("day", "months", "ends"), [((2027, 1, 31), 1, (2027, 3, 1)), ((2028, 2, 29), 12, (2029, 3, 1))]
)
def test_expiry_when_the_month_is_shorter_then_its_last_day_counts(
    cast: Cast, day: tuple[int, int, int], months: int, ends: tuple[int, int, int]
) -> None:
    item = b.version("short", of=cast.issuer, title="Short", valid_for_months=months)
    found = awarding.expiry(item, dt.datetime(*day, 17, tzinfo=dt.UTC))
    assert found
    assert found.date() == dt.date(*ends)


def test_stack_when_a_part_is_revoked_then_revoked_too_and_told(cast: Cast) -> None:
    """J6: what an award brought about is taken back with it; the public record says so."""
    cast.stack()
    cast.earned()
    part, stack = Award.objects.get(version__isnull=False), Award.objects.get(stack_version__isnull=False)
    actions.share_award(actor=b.actor(cast.earner), token=stack.token, visibility="link", now=b.NOW)
    actions.revoke_award(actor=staff(cast), token=part.token, reason="integrity", note="Copied.", now=b.later(days=1))
    b.run_waiting_jobs()
    stack.refresh_from_db()
    assert stack.revocation_reason == "part"
    report = verify_here(Badge.objects.get(award=stack).text.encode(), now=TODAY)
    assert report.summary is Summary.REVOKED
    page = Client().get(f"/awards/{stack.token}").content.decode()
    assert "Something it was built on no longer stands" in page
    assert "Copied" not in page
    assert OutgoingMail.objects.filter(kind="award_revoked").count() == 2


def test_stack_when_a_member_is_suspended_or_expired_then_not_completed_by_it(cast: Cast) -> None:
    cast.earned()
    actions.suspend_award(actor=staff(cast), token=Award.objects.get().token, reason="facts", note="", now=b.NOW)
    other = b.version("pair-talk", of=cast.issuer, title="Pair talk")
    document = {
        "schema": 1,
        "slug": "talk",
        "issuer": cast.issuer.slug,
        "language": "en",
        "title": "Talk",
        "summary": "Everyone talks.",
        "description": "Two items.",
        "rule": {"schema": 1, "all_of": ["wait-time", "pair-talk"]},
    }
    catalogue.publish_stack(actor=b.SYSTEM, document=document, now=b.NOW)
    scorer = b.assessor(cast.issuer, other)
    b.score(cast.assignment(b.submitted(cast.earner, other)), scorer)
    assert not Award.objects.filter(stack_version__isnull=False).exists()
