"""The evidence behind an award, as its holder may show it: the cleaned copies that assessors saw."""

from dataclasses import dataclass

from django.conf import settings

from touchstone.catalogue.queries import item_of
from touchstone.core.openbadges.facts import Evidence
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, ShownArtifact
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.models import Artifact, Attempt
from touchstone.portfolio.queries import blind_contents_of


@dataclass(frozen=True)
class Piece:
    """A piece of the evidence an award was given for, as assessors saw it. ``place`` counts them all from 1.

    ``title`` is that of its slot, in the reader's language.
    """

    place: int
    title: str
    artifact: Artifact
    shown: ShownArtifact | None

    @property
    def token(self) -> str:
        """What names it to others; empty while it is not shown."""
        return self.shown.token if self.shown else ""


def pieces_of(award: Award) -> list[Piece]:
    """Every piece of the awarded attempt that is still there, in the order of its version. For the holder's eyes."""
    if award.attempt_id is None:
        return []
    attempt = Attempt.objects.select_related("submission__version").get(id=award.attempt_id)
    shown = {row.artifact_id: row for row in ShownArtifact.objects.filter(award=award)}
    rows = [(state.slot.title, row) for state in blind_contents_of(attempt).slots.values() for row in state.artifacts]
    pieces = [Piece(place, title, row, shown.get(row.id)) for place, (title, row) in enumerate(rows, 1)]
    return [piece for piece in pieces if piece.artifact.gone_at is None]


def shown_pieces(award: Award) -> list[Piece]:
    """What others see of the evidence: nothing of a private or revoked award, nor what a release was withdrawn for."""
    if award.visibility == Visibility.PRIVATE:
        return []
    return pieces_chosen(award)


def pieces_chosen(award: Award) -> list[Piece]:
    """What the holder chose to show of the evidence, whether or not the award is shared now."""
    if award.revoked_at or not ShownArtifact.objects.filter(award=award).exists():
        return []
    return [piece for piece in pieces_of(award) if piece.shown]


def evidence_path(award: Award, piece: Piece) -> str:
    return f"/awards/{award.token}/evidence/{piece.token}"


def as_facts(award: Award) -> tuple[Evidence, ...]:
    """What others see of the evidence, as a badge names it: by the address where the piece can be opened,
    in the language of the version."""
    pieces = shown_pieces(award)
    item = item_of(award.version) if award.version and pieces else None
    titles = {slot.key: slot.title for part in item.parts for slot in part.artifacts} if item else {}
    return tuple(
        Evidence(
            id=f"{settings.ORIGIN}{evidence_path(award, piece)}",
            name=titles[piece.artifact.slot],
            genre=_genre(piece.artifact),
        )
        for piece in pieces
    )


def _genre(row: Artifact) -> str:
    return row.group if row.kind == ArtifactKind.FILE else row.kind
