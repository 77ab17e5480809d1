"""What others hear of credentials."""

from dataclasses import dataclass
from uuid import UUID

from touchstone.kit.journal import Event


@dataclass(frozen=True)
class AwardMade(Event):
    verb = "award.made"
    award: UUID
    holder: UUID


@dataclass(frozen=True)
class BadgeSigned(Event):
    verb = "badge.signed"
    award: UUID


@dataclass(frozen=True)
class AwardRevoked(Event):
    verb = "award.revoked"
    award: UUID
    holder: UUID


@dataclass(frozen=True)
class BadgeRenewed(Event):
    verb = "badge.renewed"
    award: UUID


@dataclass(frozen=True)
class KeyGivenUp(Event):
    verb = "signing_key.given_up"
    issuer: UUID
    key: UUID


@dataclass(frozen=True)
class AwardShared(Event):
    """A holder changed who may see her award."""

    verb = "award.shared"
    award: UUID
    visibility: str


@dataclass(frozen=True)
class EvidenceShown(Event):
    """A holder chose other pieces of evidence to stand beside her award; ``shown`` says how many do."""

    verb = "award.evidence_shown"
    award: UUID
    shown: int


@dataclass(frozen=True)
class EndorsementGiven(Event):
    verb = "endorsement.given"
    endorsement: UUID


@dataclass(frozen=True)
class EndorsementWithdrawn(Event):
    verb = "endorsement.withdrawn"
    endorsement: UUID


@dataclass(frozen=True)
class SigningRunBegun(Event):
    verb = "signing_run.begun"
    run: UUID
