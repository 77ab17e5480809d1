"""Identity in a text: who would be recognised (`find_identities`), and the text without it (`redact`)."""

from touchstone.core.privacy.finding import find_identities, find_in_file_name
from touchstone.core.privacy.known import KnownIdentities, KnownIdentitiesInvalid
from touchstone.core.privacy.limits import LIMITS
from touchstone.core.privacy.pieces import (
    Certainty,
    Finding,
    Kind,
    Rectangle,
    Region,
    TextFinding,
    TextSpan,
    TimeSpan,
    utf16_offsets,
)
from touchstone.core.privacy.reasons import REASONS
from touchstone.core.privacy.redaction import FindingsDoNotFit, Redacted, Replacement, redact

__all__ = [
    "LIMITS",
    "REASONS",
    "Certainty",
    "Finding",
    "FindingsDoNotFit",
    "Kind",
    "KnownIdentities",
    "KnownIdentitiesInvalid",
    "Rectangle",
    "Redacted",
    "Region",
    "Replacement",
    "TextFinding",
    "TextSpan",
    "TimeSpan",
    "find_identities",
    "find_in_file_name",
    "redact",
    "utf16_offsets",
]
