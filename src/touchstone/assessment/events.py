"""What others hear of assessment."""

from dataclasses import dataclass
from uuid import UUID

from touchstone.kit.journal import Event


@dataclass(frozen=True)
class WorkOffered(Event):
    verb = "assignment.offered"
    assignment: UUID


@dataclass(frozen=True)
class NobodyEligible(Event):
    verb = "attempt.nobody_eligible"
    attempt: UUID


@dataclass(frozen=True)
class OfferDeclined(Event):
    verb = "assignment.declined"
    assignment: UUID
    attempt: UUID


@dataclass(frozen=True)
class OfferLapsed(Event):
    """Nobody answered in time."""

    verb = "assignment.lapsed"
    assignment: UUID
    attempt: UUID


@dataclass(frozen=True)
class WorkTakenBack(Event):
    """Work left an assessor's hands because she may not score it any more."""

    verb = "assignment.taken_back"
    assignment: UUID
    attempt: UUID


@dataclass(frozen=True)
class AllianceAsked(Event):
    """An issuer asked another one whether its assessors may be asked."""

    verb = "alliance.asked"
    alliance: UUID


@dataclass(frozen=True)
class PoolWidened(Event):
    """Two issuers agreed that one may ask the other's assessors."""

    verb = "alliance.agreed"
    alliance: UUID


@dataclass(frozen=True)
class DecisionReleased(Event):
    verb = "decision.released"
    decision: UUID
    attempt: UUID
    outcome: str


@dataclass(frozen=True)
class ReadingWanted(Event):
    """Scores came in, and somebody else must read before there is a decision."""

    verb = "attempt.reading_wanted"
    attempt: UUID


@dataclass(frozen=True)
class PairDisagreesOften(Event):
    """The same two assessors needed a ruling for the third time within a week."""

    verb = "assessors.disagree_often"
    attempt: UUID
    first: UUID
    second: UUID
