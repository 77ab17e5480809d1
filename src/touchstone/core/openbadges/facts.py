"""The facts of a badge, as frozen values. Ids are https addresses, did:… or urn:…."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from touchstone.core.openbadges.status import StatusEntry


@dataclass(frozen=True)
class Issuer:
    """The organisation whose name is on the badge; `id` is the DID it signs with."""

    id: str
    name: str
    url: str | None = None
    email: str | None = None
    image: str | None = None
    description: str | None = None


@dataclass(frozen=True)
class Alignment:
    """A link to a standard in a framework; `type` such as `CFItem` or `ceasn:Competency`."""

    name: str
    url: str
    code: str | None = None
    framework: str | None = None
    description: str | None = None
    type: str | None = None


@dataclass(frozen=True)
class Level:
    """An ordered step on a criterion."""

    id: str
    name: str
    description: str | None = None
    level: str | None = None
    points: str | None = None


@dataclass(frozen=True)
class Criterion:
    """One thing judged: its levels in order and the level that counts as met."""

    id: str
    name: str
    levels: tuple[Level, ...]
    required_level: str | None = None


@dataclass(frozen=True)
class Achievement:
    """What was achieved: one published version of a micro-credential."""

    id: str
    name: str
    description: str
    criteria_narrative: str | None = None
    criteria_id: str | None = None
    achievement_type: str = "MicroCredential"
    image: str | None = None
    image_caption: str | None = None
    alignments: tuple[Alignment, ...] = ()
    tags: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    credits_available: Decimal | None = None
    language: str | None = None
    version: str | None = None


@dataclass(frozen=True)
class HashedEmail:
    """A recipient known by e-mail; only the salted hash goes into the badge."""

    email: str
    salt: str


@dataclass(frozen=True)
class Identifier:
    """A recipient known by an identifier of her own: did:… or urn:…."""

    id: str


type Recipient = HashedEmail | Identifier | None


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence the holder chose to show."""

    id: str | None = None
    name: str | None = None
    description: str | None = None
    narrative: str | None = None
    genre: str | None = None
    audience: str | None = None


@dataclass(frozen=True)
class CriterionResult:
    """The level reached on a criterion: ids of both."""

    criterion: str
    achieved_level: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class Badge:
    """Everything one badge says. Moments carry a time zone."""

    id: str
    issuer: Issuer
    achievement: Achievement
    valid_from: datetime
    recipient: Recipient = None
    results: tuple[CriterionResult, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    awarded: datetime | None = None
    valid_until: datetime | None = None
    status: StatusEntry | None = None
