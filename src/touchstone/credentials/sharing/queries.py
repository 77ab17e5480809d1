"""Reads of what holders show."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, Sum

from touchstone.credentials import queries
from touchstone.credentials import rules as of_awards
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Collection, CollectionEntry, DayViews, HostedBadge, ShownArtifact
from touchstone.credentials.sharing import rules
from touchstone.credentials.sharing.evidence import Piece, pieces_chosen, shown_pieces
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound

MOST_OFFERED = 200
RECENT_DAYS = 30


def get_shown(actor: Actor, award: Award, token: str) -> Piece:
    """A piece that is shown to the actor: to everybody who may see a shared award, to the holder in any case.

    Raises NotFound.
    """
    is_hers = of_awards.HOLD.allows(actor, award)
    for piece in pieces_chosen(award) if is_hers else shown_pieces(award):
        if piece.token == token:
            return piece
    raise NotFound


def shown_with(award: Award) -> list[ShownArtifact]:
    """Which pieces the holder chose to show with an award, those that are gone now left out."""
    rows = ShownArtifact.objects.filter(award=award, artifact__gone_at=None).select_related("artifact")
    return list(rows.order_by("shown_at", "id"))


def collections_of(holder: UUID) -> list[Collection]:
    """Everything somebody put together, oldest first."""
    return list(Collection.objects.filter(holder_id=holder).order_by("made_at", "id"))


def find_hosted(award: Award) -> HostedBadge | None:
    return HostedBadge.objects.filter(award=award).first()


def awards_offered(actor: Actor) -> list[Award]:
    """The actor's own awards, newest first, for choosing among them."""
    rows = queries.with_substance(Award.objects.all())
    return list(of_awards.HOLD.narrow(actor, rows).order_by("-awarded_at", "-id")[:MOST_OFFERED])


def list_collections(actor: Actor) -> list[Collection]:
    """The actor's own, oldest first."""
    return list(rules.HOLD.narrow(actor, Collection.objects.all()).order_by("made_at", "id"))


def get_collection(actor: Actor, token: str) -> Collection:
    """One the actor may see; raises NotFound."""
    return rules.SEE.get(actor, Collection.objects.all(), token=token)


def get_own_collection(actor: Actor, token: str) -> Collection:
    return rules.HOLD.get(actor, Collection.objects.all(), token=token)


def entries_of(collection: Collection, *, shared: bool) -> list[Award]:
    """The awards in a collection, in its order; with ``shared`` without those that are private."""
    rows = CollectionEntry.objects.filter(collection=collection).order_by("place", "id")
    ids = list(rows.values_list("award_id", flat=True))
    hidden = Q(visibility=Visibility.PRIVATE) if shared else Q(pk=None)
    found = {row.id: row for row in queries.with_substance(Award.objects.filter(id__in=ids).exclude(hidden))}
    return [found[one] for one in ids if one in found]


@dataclass(frozen=True)
class Views:
    """How often others opened a page: in the last 30 days, and since there are counts."""

    recent: int
    total: int


def views_of(of: UUID, *, on: date) -> Views:
    """``of`` is the id of an award or a collection."""
    since = Q(day__gt=on - timedelta(days=RECENT_DAYS))
    found = DayViews.objects.filter(of=of).aggregate(recent=Sum("count", filter=since), total=Sum("count"))
    return Views(found["recent"] or 0, found["total"] or 0)
