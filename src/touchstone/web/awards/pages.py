"""What the page of an award shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touchstone.catalogue.queries import item_shown, stack_shown
from touchstone.core.openbadges.report import Summary
from touchstone.core.rubric import Level
from touchstone.core.sight import Condition, Side, Viewer
from touchstone.credentials import queries, rules
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Badge
from touchstone.credentials.sharing import evidence
from touchstone.credentials.sharing import queries as sharing
from touchstone.credentials.verification import verify_here
from touchstone.kit.actor import ANYONE, Actor
from touchstone.people.enums import Role
from touchstone.people.seen import names_seen
from touchstone.web.acting import Request
from touchstone.web.awards import links
from touchstone.web.awards.documents import mark_of
from touchstone.web.awards.forms import EvidenceForm, RevokeForm, ShareForm
from touchstone.web.awards.pieces import ShownPiece, shown_of
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
    show: EvidenceForm | None = None,
    revoke: RevokeForm | None = None,
) -> dict[str, Any]:
    """With ``?preview`` its holder gets what anybody else gets: the same context, but for the line that says so."""
    is_hers = rules.HOLD.allows(request.actor, award)
    preview = is_hers and "preview" in request.GET
    actor = ANYONE if preview else request.actor
    badge = queries.find_badge(award)
    may_revoke = not award.revoked_at and rules.REVOKE.allows(actor, award)
    return {
        "award": award,
        "badge": badge,
        "mark": mark_of(award),
        "holder": holder_seen(actor, award, as_shared=preview),
        "substance": item_shown(award.version) if award.version else None,
        "stack": stack_shown(award.stack_version_id) if award.stack_version_id else None,
        "met": criteria_met(award),
        "pieces": _pieces(award, is_hers=is_hers),
        "report": _report(award, badge, now),
        "address": links.address_of(award),
        "card": links.card_address(award),
        "oembed": links.oembed_address(award),
        "preview": preview,
        "is_holder": is_hers and not preview,
        "hers": _hers(award, now, share, show) if is_hers and not preview else None,
        "revoke": (revoke or RevokeForm()) if may_revoke else None,
    }


def holder_seen(actor: Actor, award: Award, *, as_shared: bool = False) -> str:
    """Her name, for herself, for the issuer's award staff, and for anyone where she has shared the award."""
    viewer = Viewer.EARNER if rules.HOLD.allows(actor, award) else Viewer.ANYONE
    if viewer is Viewer.ANYONE and actor.acts_as(Role.AWARD_STAFF) and actor.organisation == award.issuer_id:
        viewer = Viewer.AWARD_STAFF
    met = [Condition.PUBLISHED] if as_shared or award.visibility != Visibility.PRIVATE else []
    return names_seen(viewer, Side.HOLDER, [award.holder_id], *met).get(award.holder_id, "")


def criteria_met(award: Award) -> list[Met]:
    """In the reader's language, where the version was translated."""
    if award.version is None:
        return []
    criteria = item_shown(award.version).rubric.criteria
    return [Met(row.title, row.levels[row.rank(award.levels[row.key])]) for row in criteria if row.key in award.levels]


def _pieces(award: Award, *, is_hers: bool) -> list[ShownPiece]:
    """What is shown of the evidence; to its holder also while nobody else may see the award."""
    rows = evidence.pieces_chosen(award) if is_hers else evidence.shown_pieces(award)
    return [shown_of(award, row) for row in rows]


def _hers(award: Award, now: datetime, share: ShareForm | None, show: EvidenceForm | None) -> dict[str, Any]:
    """What its holder alone finds on the page: who sees it, how to pass it on, what to show, and how often it was."""
    pieces = evidence.pieces_of(award)
    initial = {"pieces": [row.artifact.token for row in pieces if row.shown]}
    return {
        "share": share or ShareForm(initial={"visibility": award.visibility}),
        "show": show or EvidenceForm(pieces=pieces, initial=initial) if pieces else None,
        "views": sharing.views_of(award.id, on=now.date()),
        "linkedin": links.linkedin_address(award),
        "snippet": links.snippet(award),
        "hosted": sharing.find_hosted(award),
    }


def _report(award: Award, badge: Badge | None, now: datetime) -> Shown | None:
    """The verification of the badge; None before it is signed, and until the list says what was just revoked."""
    if badge is None:
        return None
    report = verify_here(badge.text.encode(), now=now)
    is_behind = award.revoked_at is not None and report.summary is not Summary.REVOKED
    return None if is_behind else shown(report)
