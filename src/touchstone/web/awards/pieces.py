"""Pieces of evidence on the page of an award, as others see them: the cleaned copies."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from touchstone.core import media
from touchstone.core.media.kinds import kind_by_ending
from touchstone.credentials.models import Award
from touchstone.credentials.sharing.evidence import Piece
from touchstone.kit import storage
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.models import Artifact
from touchstone.web.media import may_be_inline

_PLAYED = ("image", "audio", "video")


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """``shape`` is image, audio, video, file, link or text; ``text`` the words of a text, or an address."""

    token: str
    label: str
    shape: str
    text: str
    address: str
    size: int | None


def shown_of(award: Award, piece: Piece) -> ShownPiece:
    row, is_file = piece.artifact, piece.artifact.kind == ArtifactKind.FILE
    return ShownPiece(
        token=piece.token,
        label=label_of(piece),
        shape=_shape(row),
        text="" if is_file else row.blind_text or "",
        address=reverse("shown_piece", args=[award.token, piece.token]) if is_file else "",
        size=row.size if is_file else None,
    )


def label_of(piece: Piece) -> str:
    """What the piece is called for others: the slot it answers, never its maker's name for it."""
    return _("%(place)d. %(title)s") % {"place": piece.place, "title": piece.title}


def file_link(piece: Piece) -> str:
    """To the cleaned copy, on the origin of files, for five minutes."""
    row = piece.artifact
    kind = kind_by_ending("." + row.blind_name.rpartition(".")[2])
    name = media.neutral_name(kind.code, piece.place) if kind else row.blind_name
    inline = may_be_inline(row.blind_media_type)
    return storage.link(row.blind, name=name, media_type=row.blind_media_type, inline=inline)


def _shape(row: Artifact) -> str:
    if row.kind != ArtifactKind.FILE:
        return str(row.kind)
    plays = row.group in _PLAYED and may_be_inline(row.blind_media_type)
    return row.group if plays else "file"
