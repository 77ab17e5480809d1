"""Facts to an unsigned `OpenBadgeCredential` (1EdTech Open Badges 3.0, section 5 and appendix B)."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.facts import (
    Achievement,
    Alignment,
    Badge,
    Criterion,
    CriterionResult,
    Evidence,
    HashedEmail,
    Identifier,
    Issuer,
    Level,
    Measure,
    Recipient,
)
from touchstone.core.openbadges.times import timestamp
from touchstone.core.openbadges.vocabulary import BADGES, CREDENTIALS_V2, EXTENSIONS

SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
CONTEXTS = (CREDENTIALS_V2, BADGES, EXTENSIONS)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # categories Cc and Cs


class ControlCharacter(OpenBadgesError):
    """A text holds a control character; some signers and checkers write those differently."""

    code = "control_character"


class UnsaltedHash(OpenBadgesError):
    """An e-mail hash without a salt could be guessed."""

    code = "unsalted_hash"


def compose_credential(badge: Badge) -> dict[str, Any]:
    """The unsigned credential of a badge, its texts in Unicode NFC.

    Raises ControlCharacter, UnsaltedHash, NotAMoment.
    """
    differing = compose_moving(badge)
    credential = {
        "@context": list(CONTEXTS),
        "id": differing.pop("id"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.achievement.name,
        "issuer": compose_profile(badge.issuer),
        **differing,
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    credential["credentialSubject"]["achievement"] = compose_achievement(badge.achievement)
    return clean_parts(credential)


def compose_moving(badge: Badge) -> dict[str, Any]:
    """What differs between badges of one issuer and achievement, its texts as they were given.

    Raises UnsaltedHash, NotAMoment.
    """
    return {
        "id": badge.id,
        "validFrom": timestamp(badge.valid_from),
        "validUntil": badge.valid_until and timestamp(badge.valid_until),
        "awardedDate": badge.awarded and timestamp(badge.awarded),
        "credentialSubject": {
            **_recipient(badge.recipient),
            "type": ["AchievementSubject"],
            "result": [compose_result(result) for result in badge.results],
        },
        "evidence": [_evidence(item) for item in badge.evidence],
        "endorsement": _embedded(badge.endorsements),
        "credentialStatus": badge.status and badge.status.as_json(),
    }


def hash_identity(identity: str, salt: str) -> str:
    """`sha256$…` of an e-mail address and a salt (Open Badges 3.0, section B.3.5, IdentityHash)."""
    return "sha256$" + hashlib.sha256((identity + salt).encode()).hexdigest()


def clean_parts(document: dict[str, Any]) -> dict[str, Any]:
    """The document without what is absent, its texts in NFC. Raises ControlCharacter."""
    cleaned: dict[str, Any] = _clean(document)
    return cleaned


def _clean(value: Any, field: str = "") -> Any:
    """Drop what is absent (None, empty list), write texts in NFC, refuse control characters."""
    if isinstance(value, dict):
        parts = {name: _clean(part, name) for name, part in value.items()}
        return {name: part for name, part in parts.items() if part is not None and part != []}
    if isinstance(value, list):
        return [_clean(part, field) for part in value]
    return clean_text(value, field) if isinstance(value, str) else value


def holds_control(text: str) -> bool:
    """Whether a text holds a control character other than tab, line feed and carriage return, or half of one."""
    return _CONTROL.search(text) is not None


def clean_text(text: str, field: str = "") -> str:
    """The text in NFC. Raises ControlCharacter."""
    if holds_control(text):
        raise ControlCharacter(f"The text of “{field}” holds a control character. Please remove it.", field=field)
    return unicodedata.normalize("NFC", text)


def compose_profile(issuer: Issuer) -> dict[str, Any]:
    return {
        "id": issuer.id,
        "type": ["Profile"],
        "name": issuer.name,
        "url": issuer.url,
        "email": issuer.email,
        "description": issuer.description,
        "image": _image(issuer.image),
        "endorsement": _embedded(issuer.endorsements),
    }


def _embedded(endorsements: Sequence[str]) -> list[dict[str, Any]]:
    """Signed endorsements as they were signed."""
    return [json.loads(text) for text in endorsements]


def _image(address: str | None, caption: str | None = None) -> dict[str, Any] | None:
    return {"id": address, "type": "Image", "caption": caption} if address else None


def _recipient(recipient: Recipient) -> dict[str, Any]:
    match recipient:
        case HashedEmail(email, salt):
            if not salt:
                raise UnsaltedHash("An e-mail address may only be hashed with a salt.")
            return {"identifier": [_hashed(unicodedata.normalize("NFC", email.strip().lower()), salt)]}
        case Identifier(identifier):
            return {"id": identifier}
        case _:
            return {}


def _hashed(email: str, salt: str) -> dict[str, Any]:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": hash_identity(email, salt),
        "identityType": "emailAddress",
        "salt": salt,
    }


def compose_achievement(achievement: Achievement) -> dict[str, Any]:
    return {
        "id": achievement.id,
        "type": ["Achievement"],
        "achievementType": achievement.achievement_type,
        "name": achievement.name,
        "description": achievement.description,
        "criteria": {"id": achievement.criteria_id, "narrative": achievement.criteria_narrative},
        "image": _image(achievement.image, achievement.image_caption),
        "alignment": [_alignment(alignment) for alignment in achievement.alignments],
        "tag": list(achievement.tags),
        "resultDescription": [
            *(_criterion(criterion) for criterion in achievement.criteria),
            *(_measure(measure) for measure in achievement.measures),
        ],
        "creditsAvailable": _number(achievement.credits_available),
        "inLanguage": achievement.language,
        "version": achievement.version,
        "otherIdentifier": [_identifier(kind, value) for kind, value in achievement.identifiers],
        "endorsement": _embedded(achievement.endorsements),
    }


def _number(amount: Decimal | None) -> int | float | None:
    """A JSON number; the only place a credit is not a decimal."""
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)


def _alignment(alignment: Alignment) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetName": alignment.name,
        "targetUrl": alignment.url,
        "targetCode": alignment.code,
        "targetFramework": alignment.framework,
        "targetDescription": alignment.description,
        "targetType": alignment.type,
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "id": criterion.id,
        "type": ["ResultDescription"],
        "name": criterion.name,
        "resultType": "RubricCriterionLevel",
        "requiredLevel": criterion.required_level,
        "rubricCriterionLevel": [_level(level) for level in criterion.levels],
    }


def _measure(measure: Measure) -> dict[str, Any]:
    """Result types of our own begin with `ext:` (Open Badges 3.0, section B.5.8, ResultType)."""
    return {
        "id": measure.id,
        "type": ["ResultDescription"],
        "name": measure.name,
        "resultType": f"ext:{measure.kind}",
    }


def _identifier(kind: str, value: str) -> dict[str, Any]:
    return {"type": "IdentifierEntry", "identifier": value, "identifierType": f"ext:{kind}"}


def _level(level: Level) -> dict[str, Any]:
    return {
        "id": level.id,
        "type": ["RubricCriterionLevel"],
        "name": level.name,
        "description": level.description,
        "level": level.level,
        "points": level.points,
    }


def compose_result(result: CriterionResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "type": ["Result"],
        "resultDescription": result.criterion,
        "achievedLevel": result.achieved_level,
        "value": result.value,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "type": ["Evidence"],
        "name": evidence.name,
        "description": evidence.description,
        "narrative": evidence.narrative,
        "genre": evidence.genre,
        "audience": evidence.audience,
    }
