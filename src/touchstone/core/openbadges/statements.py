"""Credentials beside badges: how an achievement was judged, and what others say of achievements, issuers and awards.

Both use the words of Open Badges 3.0 alone, so no verifier meets a context it does not know.
"""

from typing import Any

from touchstone.core.openbadges.compose import clean_parts, compose_achievement, compose_profile, compose_result
from touchstone.core.openbadges.facts import Endorsement, Statement
from touchstone.core.openbadges.times import timestamp
from touchstone.core.openbadges.vocabulary import BADGES, CREDENTIALS_V2

STATEMENT_CONTEXTS = (CREDENTIALS_V2, BADGES)


def compose_statement(statement: Statement) -> dict[str, Any]:
    """The unsigned credential that says how an achievement was judged. Raises ControlCharacter, NotAMoment."""
    subject = {
        "id": f"{statement.id}#judged",
        "type": ["AchievementSubject"],
        "achievement": compose_achievement(statement.achievement),
        "result": [compose_result(result) for result in statement.results],
    }
    return _credential(
        statement.id,
        ["VerifiableCredential"],
        name=statement.name,
        description=statement.description,
        issuer=compose_profile(statement.issuer),
        validFrom=timestamp(statement.stated),
        credentialSubject=subject,
    )


def compose_endorsement(endorsement: Endorsement) -> dict[str, Any]:
    """The unsigned `EndorsementCredential` (Open Badges 3.0, section B.2.1). Raises ControlCharacter, NotAMoment."""
    return _credential(
        endorsement.id,
        ["VerifiableCredential", "EndorsementCredential"],
        name=endorsement.name,
        issuer=compose_profile(endorsement.endorser),
        validFrom=timestamp(endorsement.given),
        credentialSubject={
            "id": endorsement.about,
            "type": ["EndorsementSubject"],
            "endorsementComment": endorsement.comment,
        },
    )


def _credential(identifier: str, types: list[str], **parts: Any) -> dict[str, Any]:
    return clean_parts({"@context": list(STATEMENT_CONTEXTS), "id": identifier, "type": types, **parts})
