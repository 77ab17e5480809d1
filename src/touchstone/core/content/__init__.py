"""The catalogue's documents: published formats, strict reading, frozen values, one hash.

Format files stand in `schema/` (JSON Schema 2020-12). Text is plain text in the composed Unicode
form; a blank line starts a new paragraph.
"""

from touchstone.core.content.documents import (
    Alignment,
    ArtifactSlot,
    Component,
    Issuer,
    Item,
    KeyMethod,
    Part,
    Prompt,
    Research,
    Resource,
    Scoring,
    Stack,
    Topic,
)
from touchstone.core.content.parsing import parse_issuers, parse_item, parse_stack, parse_topics
from touchstone.core.content.problems import ContentInvalid, Problem
from touchstone.core.content.reading import SCHEMAS, content_hash, read_json, schema
from touchstone.core.content.translations import base, closest, texts_of

__all__ = [
    "SCHEMAS",
    "Alignment",
    "ArtifactSlot",
    "Component",
    "ContentInvalid",
    "Issuer",
    "Item",
    "KeyMethod",
    "Part",
    "Problem",
    "Prompt",
    "Research",
    "Resource",
    "Scoring",
    "Stack",
    "Topic",
    "base",
    "closest",
    "content_hash",
    "parse_issuers",
    "parse_item",
    "parse_stack",
    "parse_topics",
    "read_json",
    "schema",
    "texts_of",
]
