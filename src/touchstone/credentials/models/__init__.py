"""Awards, the signed badges that carry them, and what issuers need to sign."""

from touchstone.credentials.models.signing import Award, Badge, SigningKey, SigningRun, StatusList

__all__ = ["Award", "Badge", "SigningKey", "SigningRun", "StatusList"]
