"""The documents of the catalogue as frozen values: items, stacks, issuers, topics."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from touchstone.core.content.translations import closest
from touchstone.core.pathways import StackRule
from touchstone.core.rubric import PassingRule, Rubric

PartKind = Literal["overview", "artifacts", "reflection"]
Grain = Literal["small", "medium", "large"]
Accepted = Literal["document", "image", "audio", "video", "text", "link"]


@dataclass(frozen=True, slots=True)
class KeyMethod:
    """The named approach that shows the competency."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Component:
    """One piece of the key method."""

    key: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Research:
    """One source and what it found that bears on the competency."""

    key: str
    citation: str
    url: str
    finding: str


@dataclass(frozen=True, slots=True)
class Resource:
    """Optional help; without `url` it is complete in its description."""

    title: str
    kind: str
    description: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """A link to a standard by the identifier its framework gives it."""

    framework: str
    code: str
    name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to answer in writing, with its word range (see core.words)."""

    key: str
    text: str
    help: str | None
    min_words: int
    max_words: int


@dataclass(frozen=True, slots=True)
class ArtifactSlot:
    """Evidence to hand in: `min_items` to `max_items` files, links or texts of the accepted forms."""

    key: str
    title: str
    description: str
    accepts: tuple[Accepted, ...]
    min_items: int
    max_items: int
    needs_release: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a submission."""

    key: str
    kind: PartKind
    title: str
    introduction: str
    prompts: tuple[Prompt, ...]
    artifacts: tuple[ArtifactSlot, ...]


@dataclass(frozen=True, slots=True)
class Scoring:
    """How work is read. ``second_reads`` is the share (0 to 1) read twice by lot; ``near_the_cut`` adds work that one
    step on one criterion kept from *earned*; ``local_pool`` lets assessors of the earner's district read, never of her
    school; ``same_assessor_again`` lets a reader of an earlier attempt read the next.
    """

    second_reads: Decimal = Decimal(0)
    near_the_cut: bool = False
    local_pool: bool = False
    same_assessor_again: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One micro-credential. `estimated_hours` in hours, `turnaround` in business days; `languages` are all it can be
    read in, its own first, and `translations` the same item in the others. `valid_for_months` is None when its awards
    never expire.
    """

    slug: str
    issuer: str
    language: str
    title: str
    summary: str
    topics: tuple[str, ...]
    competency: str
    key_method: KeyMethod
    components: tuple[Component, ...]
    rationale: str
    research: tuple[Research, ...]
    resources: tuple[Resource, ...]
    grain: Grain
    estimated_hours: Decimal
    who_assesses: str
    turnaround: int
    alignments: tuple[Alignment, ...]
    parts: tuple[Part, ...]
    rubric: Rubric
    passing_rule: PassingRule
    scoring: Scoring
    valid_for_months: int | None
    languages: tuple[str, ...]
    translations: tuple["Item", ...]

    def read_in(self, language: str) -> "Item":
        """This item in the language asked for, if it has a translation into it; else as its issuer wrote it."""
        return _read_in(self, language)


@dataclass(frozen=True, slots=True)
class Stack:
    """A set of items earned together that shows a larger skill; languages as in Item."""

    slug: str
    issuer: str
    language: str
    title: str
    summary: str
    description: str
    rule: StackRule
    languages: tuple[str, ...]
    translations: tuple["Stack", ...]

    def read_in(self, language: str) -> "Stack":
        """This stack in the language asked for, if it has a translation into it; else as its issuer wrote it."""
        return _read_in(self, language)


def _read_in[Document: (Item, Stack)](document: Document, language: str) -> Document:
    written = {document.language: document} | {row.language: row for row in document.translations}
    return written[closest(written, language) or document.language]


@dataclass(frozen=True, slots=True)
class Issuer:
    """An organisation that issues; `state` is a postal code, `time_zone` an IANA name."""

    slug: str
    name: str
    kind: str
    url: str
    description: str
    state: str
    time_zone: str
    invented: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the other words people search it by; `translations` by language, each a topic of the same key."""

    key: str
    label: str
    synonyms: tuple[str, ...]
    translations: Mapping[str, "Topic"]
