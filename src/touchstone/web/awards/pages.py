"""What the page of an award shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from touchstone.catalogue.queries import item_of, stack_document
from touchstone.core.openbadges.report import Summary
from touchstone.core.rubric import Level
from touchstone.core.sight import Condition, Side, Viewer
from touchstone.credentials import identifiers, queries, rules
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Badge
from touchstone.credentials.verification import verify_here
from touchstone.kit.actor import Actor
from touchstone.people.enums import Role
from touchstone.people.seen import names_seen
from touchstone.web.acting import Request
from touchstone.web.awards.documents import mark_of
from touchstone.web.awards.forms import RevokeForm, ShareForm
from touchstone.web.verify.wording import Shown, shown


@dataclass(frozen=True, slots=True)
class Met:
    """One criterion and the level that was met on it."""

    criterion: str
    level: Level


def of_award(
    request: Request,
    award: Award,
    *,
    now: datetime,
    share: ShareForm | None = None,
    revoke: RevokeForm | None = None,
) -> dict[str, Any]:
    """``?preview`` leaves out what only the holder and award staff see."""
    badge = queries.find_badge(award)
    preview = "preview" in request.GET
    is_holder = rules.HOLD.allows(request.actor, award) and not preview
    may_revoke = rules.REVOKE.allows(request.actor, award) and not award.revoked_at and not preview
    return {
        "award": award,
        "badge": badge,
        "mark": mark_of(award),
        "holder": _holder(request.actor, award),
        "substance": item_of(award.version) if award.version else None,
        "stack": stack_document(award.stack_version_id) if award.stack_version_id else None,
        "met": _met(award),
        "report": _report(award, badge, now),
        "address": f"{settings.ORIGIN}{identifiers.award_path(award)}",
        "preview": preview,
        "is_holder": is_holder,
        "share": share or ShareForm(initial={"visibility": award.visibility}),
        "revoke": (revoke or RevokeForm()) if may_revoke else None,
    }


def _holder(actor: Actor, award: Award) -> str:
    """Her name, for herself, for the issuer's award staff, and for anyone where she has shared the award."""
    viewer = Viewer.EARNER if rules.HOLD.allows(actor, award) else Viewer.ANYONE
    if viewer is Viewer.ANYONE and actor.acts_as(Role.AWARD_STAFF) and actor.organisation == award.issuer_id:
        viewer = Viewer.AWARD_STAFF
    met = [] if award.visibility == Visibility.PRIVATE else [Condition.PUBLISHED]
    return names_seen(viewer, Side.HOLDER, [award.holder_id], *met).get(award.holder_id, "")


def _met(award: Award) -> list[Met]:
    if award.version is None:
        return []
    criteria = item_of(award.version).rubric.criteria
    return [Met(row.title, row.levels[row.rank(award.levels[row.key])]) for row in criteria if row.key in award.levels]


def _report(award: Award, badge: Badge | None, now: datetime) -> Shown | None:
    """The verification of the badge; None before it is signed, and until the list says what was just revoked."""
    if badge is None:
        return None
    report = verify_here(badge.text.encode(), now=now)
    is_behind = award.revoked_at is not None and report.summary is not Summary.REVOKED
    return None if is_behind else shown(report)
