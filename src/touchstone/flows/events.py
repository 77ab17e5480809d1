"""What others hear of people's rights."""

from dataclasses import dataclass
from uuid import UUID

from touchstone.kit.journal import Event


@dataclass(frozen=True)
class ExportAsked(Event):
    verb = "export.asked"
    person: UUID
    export: UUID


@dataclass(frozen=True)
class PersonErased(Event):
    verb = "person.erased"
    person: UUID
    erasure: UUID
