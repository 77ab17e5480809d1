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
    endorsements: tuple[str, ...] = ()


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
class Measure:
    """A figure about how work is judged; `kind` stands after `ext:` in its result type."""

    id: str
    name: str
    kind: str


@dataclass(frozen=True)
class Achievement:
    """What was achieved: one published version of a micro-credential.

    `identifiers` are pairs of a kind (after `ext:`) and a value. `endorsements` are signed `EndorsementCredential`s as
    JSON texts; they are embedded as they are.
    """

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
    measures: tuple[Measure, ...] = ()
    credits_available: Decimal | None = None
    language: str | None = None
    version: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    endorsements: tuple[str, ...] = ()


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
    """The level reached on a criterion (ids of both), or the value of a measure.

    With an `id` of its own a result is no blank node, and a badge without any is signed twice as fast.
    """

    criterion: str
    achieved_level: str | None = None
    value: str | None = None
    id: str | None = None


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
    endorsements: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """How work on one version was judged, as it stood at a moment with a time zone; `description` is for people."""

    id: str
    name: str
    description: str
    issuer: Issuer
    achievement: Achievement
    results: tuple[CriterionResult, ...]
    stated: datetime


@dataclass(frozen=True)
class Endorsement:
    """What an organisation says of an achievement, an issuer or an award, named by its id."""

    id: str
    name: str
    endorser: Issuer
    about: str
    comment: str
    given: datetime
