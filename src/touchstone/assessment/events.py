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
class DecisionReleased(Event):
    verb = "decision.released"
    decision: UUID
    attempt: UUID
    outcome: str
