"""A folder of content files in and out: what issuers hand over, and what they can take away."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from touchstone.catalogue import actions
from touchstone.catalogue.models import MicroCredential, Stack, Topic
from touchstone.core.content import (
    ContentInvalid,
    Issuer,
    Problem,
    parse_issuers,
    parse_item,
    parse_stack,
    parse_topics,
    read_json,
)
from touchstone.core.content import Topic as TopicEntry
from touchstone.kit.actor import Actor
from touchstone.people import actions as people
from touchstone.people.models import Organisation

type Document = dict[str, Any]


@dataclass(frozen=True)
class ContentFolder:
    """What a folder holds, read and checked; items and stacks as their documents."""

    issuers: tuple[Issuer, ...]
    topics: tuple[TopicEntry, ...]
    items: tuple[Document, ...]
    stacks: tuple[Document, ...]


def read_folder(folder: Path) -> ContentFolder:
    """Read and check ``issuers.json``, ``topics.json``, ``items/`` and ``stacks/``.

    Raises ContentInvalid with every problem found, its path being the file's name and the place in it.
    """
    problems: list[Problem] = []

    def read(path: Path, parse: Callable[[object], Any]) -> tuple[Any, Any]:
        try:
            document = read_json(path.read_bytes())
            return document, parse(document)
        except OSError as error:
            problems.append(Problem(path.name, f"The file cannot be read: {error.strerror}."))
        except ContentInvalid as error:
            name = path.relative_to(folder)
            problems.extend(Problem(f"{name}#{problem.path}", problem.sentence) for problem in error.problems)
        return None, None

    issuers = read(folder / "issuers.json", parse_issuers)[1] or ()
    topics = read(folder / "topics.json", parse_topics)[1] or ()
    issuer_slugs, topic_keys = {row.slug for row in issuers}, {row.key for row in topics}
    items = [
        read(path, lambda data: parse_item(data, issuers=issuer_slugs, topics=topic_keys))
        for path in sorted((folder / "items").glob("*.json"))
    ]
    slugs = {item.slug for _document, item in items if item}
    stacks = [
        read(path, lambda data: parse_stack(data, items=slugs, issuers=issuer_slugs))
        for path in sorted((folder / "stacks").glob("*.json"))
    ]
    if problems:
        raise ContentInvalid(problems)
    documents = tuple(document for document, _item in items)
    return ContentFolder(issuers, topics, documents, tuple(document for document, _stack in stacks))


def import_(
    folder: Path, *, actor: Actor, now: datetime, progress: Callable[[str], None] = lambda line: None
) -> dict[str, int]:
    """Bring a content folder into the catalogue; what is there already stays as it is. Returns counts by kind.

    Raises ContentInvalid when any file is wrong; then nothing was imported.
    """
    content = read_folder(folder)
    for issuer in content.issuers:
        people.found_organisation(
            actor=actor,
            now=now,
            slug=issuer.slug,
            kind=issuer.kind,
            name=issuer.name,
            url=issuer.url,
            description=issuer.description,
            state=issuer.state,
            time_zone=issuer.time_zone,
            is_issuer=True,
            is_invented=issuer.invented,
        )
    actions.set_topics(actor=actor, topics=content.topics, now=now)
    for document in content.items:
        progress(document["title"])
        actions.publish_version(actor=actor, document=document, now=now)
    for document in content.stacks:
        progress(document["title"])
        actions.publish_stack(actor=actor, document=document, now=now)
    return {
        "issuers": len(content.issuers),
        "topics": len(content.topics),
        "items": len(content.items),
        "stacks": len(content.stacks),
    }


def export(folder: Path) -> int:
    """Write the published catalogue as a content folder that ``import_`` reads. Returns the number of files."""
    issuers = Organisation.objects.filter(is_issuer=True).order_by("slug")
    topics = [_topic(row) for row in Topic.objects.order_by("key")]
    files: dict[str, object] = {
        "issuers.json": {"schema": 1, "issuers": [_issuer(row) for row in issuers]},
        "topics.json": {"schema": 1, "topics": topics},
    }
    for item in MicroCredential.objects.exclude(current=None).select_related("current"):
        files[f"items/{item.slug}.json"] = item.current.document if item.current else None
    for stack in Stack.objects.exclude(current=None).select_related("current"):
        files[f"stacks/{stack.slug}.json"] = stack.current.document if stack.current else None
    for name, document in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return len(files)


def _topic(row: Topic) -> Document:
    words = {"key": row.key, "label": row.label, "synonyms": row.synonyms}
    return words | ({"translations": row.translations} if row.translations else {})


def _issuer(row: Organisation) -> Document:
    fields = ("slug", "name", "kind", "url", "description", "state", "time_zone")
    return {**{name: getattr(row, name) for name in fields}, "invented": row.is_invented}
