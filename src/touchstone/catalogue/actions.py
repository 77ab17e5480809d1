"""Every write of the catalogue."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from touchstone.catalogue.models import MicroCredential, Stack, StackVersion, Topic, Version
from touchstone.catalogue.queries import SEARCH_CONFIGS
from touchstone.core.content import Item, base, content_hash, parse_item, parse_stack
from touchstone.core.content import Stack as StackDocument
from touchstone.core.content import Topic as TopicEntry
from touchstone.core.folding import fold
from touchstone.kit import journal
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people.models import Organisation


class UnknownIssuer(Refusal):
    sentence = _("The issuer “{slug}” is not an issuing organisation here. Enter it first.")


class AnotherIssuersItem(Refusal):
    sentence = _("“{slug}” belongs to another issuer. Choose another short name.")


class UnknownMembers(Refusal):
    sentence = _("These micro-credentials are not in the catalogue: {slugs}.")


@transaction.atomic
def publish_version(*, actor: Actor, document: Mapping[str, Any], now: datetime) -> Version:
    """Publish an item's document as its next version; the same content again changes nothing.

    Raises ContentInvalid, UnknownIssuer, AnotherIssuersItem.
    """
    item = parse_item(document)
    issuer = _issuer(item.issuer)
    micro_credential, _created = MicroCredential.objects.get_or_create(slug=item.slug, defaults={"issuer": issuer})
    if micro_credential.issuer_id != issuer.id:
        raise AnotherIssuersItem(slug=item.slug)
    micro_credential = MicroCredential.objects.select_for_update().get(id=micro_credential.id)
    fingerprint = content_hash(document)
    version = micro_credential.versions.filter(content_hash=fingerprint).first()
    if version is None:
        version = _new_version(micro_credential, item, document, fingerprint, now)
        journal.record(actor, "version.published", now=now, version=version.id, micro_credential=micro_credential.id)
    if micro_credential.current_id != version.id:
        micro_credential.current = version
        micro_credential.save(update_fields=["current"])
    return version


def _new_version(
    micro_credential: MicroCredential, item: Item, document: Mapping[str, Any], fingerprint: str, now: datetime
) -> Version:
    version = Version.objects.create(
        micro_credential=micro_credential,
        number=micro_credential.versions.count() + 1,
        document=document,
        content_hash=fingerprint,
        language=item.language,
        title=item.title,
        summary=item.summary,
        translations=_headings(item),
        topics=list(item.topics),
        grain=item.grain,
        estimated_hours=item.estimated_hours,
        published_at=now,
    )
    _index(version, item)
    return version


def _headings(document: Item | StackDocument) -> dict[str, dict[str, str]]:
    return {row.language: {"title": row.title, "summary": row.summary} for row in document.translations}


def _index(version: Version, item: Item) -> None:
    """Weigh title over competency over the rest, in every language by its own rules; topics are found by their
    synonyms too.
    """
    topics = Topic.objects.filter(key__in=item.topics)
    words = " ".join(word for topic in topics for word in topic.words)
    found = [_vectors(row, words) for row in (item, *item.translations)]
    vectors = " || ".join(vector for vector, _values in found)
    values = [value for _vector, values in found for value in values]
    with connection.cursor() as cursor:
        # The weights are four letters of ours; every value is a parameter.
        cursor.execute(f"UPDATE catalogue_version SET search = {vectors} WHERE id = %s", [*values, version.id])  # noqa: S608


def _vectors(item: Item, words: str) -> tuple[str, list[str]]:
    """The SQL of an item's search vector in one language, and its parameters."""
    components = " ".join(f"{part.name} {part.description}" for part in item.components)
    alignments = " ".join(f"{line.framework} {line.code} {line.name}" for line in item.alignments)
    config = SEARCH_CONFIGS.get(base(item.language), "simple")
    texts = {
        "A": f"{item.title} {words}",
        "B": f"{item.summary} {item.competency} {item.key_method.name}",
        "C": f"{item.key_method.description} {components} {alignments}",
        "D": item.rationale,
    }
    vectors = " || ".join(f"setweight(to_tsvector(%s::regconfig, %s), '{weight}')" for weight in texts)
    return vectors, [value for text in texts.values() for value in (config, fold(text))]


@transaction.atomic
def publish_stack(*, actor: Actor, document: Mapping[str, Any], now: datetime) -> StackVersion:
    """Publish a stack's document as its next version. Raises ContentInvalid, UnknownIssuer, AnotherIssuersItem,
    UnknownMembers.
    """
    parsed = parse_stack(document)
    issuer = _issuer(parsed.issuer)
    members = list(MicroCredential.objects.filter(slug__in=parsed.rule.items))
    missing = parsed.rule.items - {member.slug for member in members}
    if missing:
        raise UnknownMembers(slugs=", ".join(sorted(missing)))
    stack, _created = Stack.objects.get_or_create(slug=parsed.slug, defaults={"issuer": issuer})
    if stack.issuer_id != issuer.id:
        raise AnotherIssuersItem(slug=parsed.slug)
    stack = Stack.objects.select_for_update().get(id=stack.id)
    fingerprint = content_hash(document)
    version = stack.versions.filter(content_hash=fingerprint).first()
    if version is None:
        version = StackVersion.objects.create(
            stack=stack,
            number=stack.versions.count() + 1,
            document=document,
            content_hash=fingerprint,
            language=parsed.language,
            title=parsed.title,
            summary=parsed.summary,
            translations=_headings(parsed),
            published_at=now,
        )
        version.members.set(members)
        journal.record(actor, "stack.published", now=now, stack_version=version.id, stack=stack.id)
    if stack.current_id != version.id:
        stack.current = version
        stack.save(update_fields=["current"])
    return version


@transaction.atomic
def set_topics(*, actor: Actor, topics: Collection[TopicEntry], now: datetime) -> None:
    """Bring the topic list up to date."""
    for topic in topics:
        words = {language: _words(entry) for language, entry in topic.translations.items()}
        Topic.objects.update_or_create(key=topic.key, defaults={**_words(topic), "translations": words})
    journal.record(actor, "topics.set", now=now, count=len(topics))


def _words(topic: TopicEntry) -> dict[str, Any]:
    return {"label": topic.label, "synonyms": list(topic.synonyms)}


def _issuer(slug: str) -> Organisation:
    issuer = Organisation.objects.filter(slug=slug, is_issuer=True).first()
    if issuer is None:
        raise UnknownIssuer(slug=slug)
    return issuer


@transaction.atomic
def set_staff_release(*, actor: Actor, micro_credential: MicroCredential, staff: bool, now: datetime) -> None:
    """Whether award staff release each decision of this item, or it is released as soon as it is made."""
    MicroCredential.objects.filter(id=micro_credential.id).update(staff_release=staff)
    journal.record(actor, "release.set", now=now, micro_credential=micro_credential.id, staff=int(staff))
