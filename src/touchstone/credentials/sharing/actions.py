"""Every write of what holders show."""

from collections.abc import Collection as Some
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from touchstone.credentials import queries as credentials
from touchstone.credentials import rules as of_awards
from touchstone.credentials.actions import UnknownVisibility
from touchstone.credentials.enums import Visibility
from touchstone.credentials.events import EvidenceShown
from touchstone.credentials.models import Award, Collection, CollectionEntry, DayViews, HostedBadge, ShownArtifact
from touchstone.credentials.sharing import queries, rules
from touchstone.credentials.sharing.evidence import pieces_of
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Forbidden, Refusal

MOST_COLLECTIONS = 100


class UnknownPiece(Refusal):
    status = 400
    sentence = _("A piece you chose is not there any more. Look at the list again and save once more.")


class ReleaseNotConfirmed(Refusal):
    status = 400
    sentence = _(
        "Before a piece is shown to others, say that everybody who can be recognised in it, and the parents of"
        " students, agreed to that. A release for assessment alone is not enough."
    )


class CollectionNameMissing(Refusal):
    status = 400
    sentence = _("Give the collection a name.")


class UnknownAward(Refusal):
    status = 400
    sentence = _("A collection holds awards of your own. Look at the list again and save once more.")


class TooManyCollections(Refusal):
    sentence = _("You have as many collections as one person may have. Remove one first.")


class NotShared(Refusal):
    sentence = _("This award is private. Share it by link first; then it can be published in the older form too.")


class AwardRevoked(Refusal):
    sentence = _("This award was revoked, so this cannot be done with it any more.")


class BadgeNamesNobody(Refusal):
    sentence = _("The badge of this award names no e-mail address, and the older form cannot do without one.")


@transaction.atomic
def show_evidence(*, actor: Actor, token: str, pieces: Some[str], released: bool, now: datetime) -> list[ShownArtifact]:
    """The holder chooses which pieces stand beside an award she shares: these (tokens of artifacts) and no others.

    ``released``: she says that everybody in them agreed; asked for whenever a piece is added. Raises NotFound,
    UnknownPiece, ReleaseNotConfirmed.
    """
    award = of_awards.HOLD.get(actor, Award.objects.select_for_update(of=("self",), no_key=True), token=token)
    there = {piece.artifact.token: piece for piece in pieces_of(award)}
    if set(pieces) - there.keys():
        raise UnknownPiece
    chosen = [piece for name, piece in there.items() if name in pieces]
    added = [piece for piece in chosen if piece.shown is None]
    if added and not released:
        raise ReleaseNotConfirmed
    kept = ShownArtifact.objects.filter(award=award)
    gone, _kinds = kept.exclude(artifact__in=[piece.artifact.id for piece in chosen]).delete()
    ShownArtifact.objects.bulk_create(
        ShownArtifact(award=award, artifact=piece.artifact, shown_at=now) for piece in added
    )
    if added or gone:
        journal.record(actor, EvidenceShown(award=award.id, shown=len(chosen)), now=now)
    return list(ShownArtifact.objects.filter(award=award))


@transaction.atomic
def make_collection(
    *, actor: Actor, name: str, sentence: str, visibility: str, awards: Sequence[str], now: datetime
) -> Collection:
    """Put awards together under a name, in this order (tokens).

    Raises Forbidden for nobody in particular and for members acting as such, CollectionNameMissing,
    UnknownVisibility, UnknownAward, TooManyCollections.
    """
    if actor.person is None or actor.membership is not None:
        raise Forbidden
    entries = _entries(actor, awards)
    if len(queries.list_collections(actor)) >= MOST_COLLECTIONS:
        raise TooManyCollections
    collection = Collection(holder_id=actor.person, made_at=now)
    _write(collection, name, sentence, visibility, entries)
    journal.record(actor, "collection.made", now=now, collection=collection.id, visibility=visibility)
    return collection


@transaction.atomic
def change_collection(
    *, actor: Actor, token: str, name: str, sentence: str, visibility: str, awards: Sequence[str], now: datetime
) -> Collection:
    """Replace all that a collection says, its order included; its address stays.

    Raises NotFound, CollectionNameMissing, UnknownVisibility, UnknownAward.
    """
    rows = Collection.objects.select_for_update(no_key=True)
    collection = rules.HOLD.get(actor, rows, token=token)
    _write(collection, name, sentence, visibility, _entries(actor, awards))
    journal.record(actor, "collection.changed", now=now, collection=collection.id, visibility=visibility)
    return collection


@transaction.atomic
def remove_collection(*, actor: Actor, token: str, now: datetime) -> None:
    """The collection and its address are gone; the awards in it stay as they are. Raises NotFound."""
    collection = rules.HOLD.get(actor, Collection.objects.select_for_update(), token=token)
    journal.record(actor, "collection.removed", now=now, collection=collection.id)
    DayViews.objects.filter(of=collection.id).delete()
    collection.delete()


def count_view(*, of: UUID, day: date) -> None:
    """Somebody other than its holder opened the page of an award or a collection: one more on that day.

    Not journalled: the number says all there is.
    """
    rows = DayViews.objects.filter(of=of, day=day)
    if not rows.update(count=F("count") + 1):
        DayViews.objects.bulk_create([DayViews(of=of, day=day)], ignore_conflicts=True)
        rows.update(count=F("count") + 1)


@transaction.atomic
def publish_hosted(*, actor: Actor, token: str, now: datetime) -> HostedBadge:
    """The holder has the badge stand at an address in the older form, with the hash of her e-mail address in it.

    Twice is once. Raises NotFound, NotShared, AwardRevoked, BadgeNamesNobody.
    """
    award = of_awards.HOLD.get(actor, Award.objects.select_for_update(of=("self",), no_key=True), token=token)
    if award.revoked_at:
        raise AwardRevoked
    if award.visibility == Visibility.PRIVATE:
        raise NotShared
    if not credentials.recipient_of(award):
        raise BadgeNamesNobody
    hosted, is_new = HostedBadge.objects.get_or_create(award=award, defaults={"published_at": now})
    if is_new:
        journal.record(actor, "hosted_badge.published", now=now, award=award.id)
    return hosted


@transaction.atomic
def withdraw_hosted(*, actor: Actor, token: str, now: datetime) -> None:
    """The badge stands in the older form no more. Twice is once. Raises NotFound."""
    award = of_awards.HOLD.get(actor, Award.objects.all(), token=token)
    gone, _kinds = HostedBadge.objects.filter(award=award).delete()
    if gone:
        journal.record(actor, "hosted_badge.withdrawn", now=now, award=award.id)


@transaction.atomic
def leave_shared(*, actor: Actor, holder: UUID, now: datetime) -> None:
    """A holder is erased: what she showed, how she put it together, and how often it was looked at. Twice is once."""
    awards = Award.objects.filter(holder_id=holder)
    collections = Collection.objects.filter(holder_id=holder)
    looked_at = [*awards.values_list("id", flat=True), *collections.values_list("id", flat=True)]
    DayViews.objects.filter(of__in=looked_at).delete()
    ShownArtifact.objects.filter(award__in=awards).delete()
    HostedBadge.objects.filter(award__in=awards).delete()
    collections.delete()
    journal.record(actor, "award.shared_no_more", now=now, holder=holder)


def _entries(actor: Actor, awards: Sequence[str]) -> list[Award]:
    """Awards of the actor by their tokens, in the order given, each once. Raises UnknownAward."""
    held = {row.token: row for row in of_awards.HOLD.narrow(actor, Award.objects.filter(token__in=awards))}
    if set(awards) - held.keys():
        raise UnknownAward
    return [held[token] for token in dict.fromkeys(awards)]


def _write(row: Collection, name: str, sentence: str, visibility: str, entries: Sequence[Award]) -> None:
    if not name.strip():
        raise CollectionNameMissing
    if visibility not in {Visibility.PRIVATE, Visibility.LINK}:
        raise UnknownVisibility
    row.name, row.sentence, row.visibility = name.strip()[:120], sentence.strip()[:300], visibility
    row.save()
    CollectionEntry.objects.filter(collection=row).delete()
    CollectionEntry.objects.bulk_create(
        CollectionEntry(collection=row, award=award, place=place) for place, award in enumerate(entries, 1)
    )
