"""What others hear of people."""

from dataclasses import dataclass
from uuid import UUID

from touchstone.kit.journal import Event


@dataclass(frozen=True)
class ConflictStated(Event):
    """Somebody told whom, or which place, she knows; who matched comes later, if anybody does."""

    verb = "conflict.stated"
    person: UUID
    statement: UUID


@dataclass(frozen=True)
class TieMatched(Event):
    """Somebody turned out to be meant by a statement."""

    verb = "tie.matched"
    tie: UUID


@dataclass(frozen=True)
class TieDeclared(Event):
    verb = "tie.declared"
    tie: UUID


@dataclass(frozen=True)
class TiesDerived(Event):
    verb = "ties.derived"
    begun: int
    ended: int


@dataclass(frozen=True)
class TiesImported(Event):
    verb = "ties.imported"
    organisation: UUID
    begun: int
