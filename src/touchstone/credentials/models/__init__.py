"""Awards, the signed badges that carry them, and what issuers need to sign."""

from touchstone.credentials.models.endorsements import Endorsement
from touchstone.credentials.models.imports import ImportedBadge
from touchstone.credentials.models.keys import SigningKey
from touchstone.credentials.models.sharing import (
    Collection,
    CollectionEntry,
    DayViews,
    HostedBadge,
    ShownArtifact,
    TranscriptKey,
)
from touchstone.credentials.models.signing import Award, Badge, SigningRun, StatusList
from touchstone.credentials.models.statements import Statement

__all__ = [
    "Award",
    "Badge",
    "Collection",
    "CollectionEntry",
    "DayViews",
    "Endorsement",
    "HostedBadge",
    "ImportedBadge",
    "ShownArtifact",
    "SigningKey",
    "SigningRun",
    "Statement",
    "StatusList",
    "TranscriptKey",
]
