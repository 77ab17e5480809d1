"""What others hear of the portfolio."""

from dataclasses import dataclass
from uuid import UUID

from touchstone.kit.journal import Event


@dataclass(frozen=True)
class AttemptSubmitted(Event):
    verb = "attempt.submitted"
    attempt: UUID


@dataclass(frozen=True)
class AttemptWithdrawn(Event):
    verb = "attempt.withdrawn"
    attempt: UUID
