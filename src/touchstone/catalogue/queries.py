"""Reads of the catalogue."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Greatest

from touchstone.catalogue import reading, rules
from touchstone.catalogue.models import MicroCredential, Stack, StackVersion, Topic, Version
from touchstone.core.content import Item, parse_item, parse_stack
from touchstone.core.content import Stack as StackDocument
from touchstone.core.folding import fold
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people.models import Organisation

SEARCH_CONFIGS = {"en": "english", "es": "spanish"}


@dataclass(frozen=True)
class Search:
    """What a visitor asked the explorer for; empty means everything."""

    words: str = ""
    topic: str = ""
    issuer: str = ""
    grain: str = ""


@functools.lru_cache(maxsize=256)
def _item(version: UUID) -> Item:
    return parse_item(Version.objects.values_list("document", flat=True).get(id=version))


def item_of(version: Version | UUID) -> Item:
    """The document of a version as frozen values. A version never changes, so it is read once per process."""
    return _item(version.id if isinstance(version, Version) else version)


def item_shown(version: Version | UUID) -> Item:
    """The document of a version in the reader's language; what is signed, kept or counted goes by ``item_of``."""
    return item_of(version).read_in(reading.language())


@functools.lru_cache(maxsize=64)
def stack_document(version: UUID) -> StackDocument:
    """The document of a stack version, read once per process."""
    return parse_stack(StackVersion.objects.values_list("document", flat=True).get(id=version))


def stack_shown(version: UUID) -> StackDocument:
    """The document of a stack version in the reader's language."""
    return stack_document(version).read_in(reading.language())


def get_item(actor: Actor, slug: str) -> MicroCredential:
    """A published micro-credential with its current version and issuer; raises NotFound."""
    rows = MicroCredential.objects.select_related("current", "issuer")
    return rules.READ_ITEM.get(actor, rows, slug=slug)


def get_stack(actor: Actor, slug: str) -> Stack:
    return rules.READ_STACK.get(actor, Stack.objects.select_related("current", "issuer"), slug=slug)


def get_issuer(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug, is_issuer=True).first()


def list_items(actor: Actor, search: Search, *, after: str = "") -> Page[MicroCredential]:
    """Published micro-credentials that match, the closest to the words first, then by title, fifty at a time."""
    rows = _found(actor, search).select_related("current", "issuer").defer("current__document", "current__search")
    if not search.words.strip():
        return page(rows, order=("current__title", "id"), after=after)
    rows = rows.annotate(closeness=_closeness(search.words))
    return page(rows, order=("-closeness", "current__title", "id"), after=after)


def count_items(actor: Actor, search: Search) -> int:
    """How many micro-credentials match in all."""
    return _found(actor, search).count()


def _found(actor: Actor, search: Search) -> QuerySet[MicroCredential]:
    rows = rules.READ_ITEM.narrow(actor, MicroCredential.objects.all())
    if search.words.strip():
        rows = rows.filter(_matches(search.words))
    if search.topic:
        rows = rows.filter(current__topics__contains=[search.topic])
    if search.issuer:
        rows = rows.filter(issuer__slug=search.issuer)
    if search.grain:
        rows = rows.filter(current__grain=search.grain)
    return rows


def _matches(words: str) -> Q:
    condition = Q()
    for query in _asked(words):
        condition |= Q(current__search=query)
    return condition


def _closeness(words: str) -> Cast:
    """How well a version fits the words: a whole number of millionths, so that a page's cursor can hold it."""
    ranks = [SearchRank(F("current__search"), query) for query in _asked(words)]
    return Cast(Greatest(*ranks) * Value(1_000_000.0), IntegerField())


def _asked(words: str) -> list[SearchQuery]:
    folded = fold(words)[:200]
    return [SearchQuery(folded, config=config, search_type="websearch") for config in SEARCH_CONFIGS.values()]


def items_of_stack(actor: Actor, version: StackVersion) -> list[MicroCredential]:
    """The members of a stack that can be chosen now, in the order the rule names them."""
    rows = rules.READ_ITEM.narrow(actor, version.members.select_related("current", "issuer"))
    order = {slug: place for place, slug in enumerate(_slugs(version.id))}
    return sorted(rows, key=lambda row: order.get(row.slug, len(order)))


def _slugs(version: UUID) -> list[str]:
    rule = stack_document(version).rule
    return [*rule.required, *(slug for group in rule.groups for slug in group.items)]


def stacks_with(micro_credential: UUID) -> list[Stack]:
    """Published stacks this micro-credential counts towards."""
    rows = Stack.objects.filter(current__members=micro_credential).select_related("current", "issuer")
    return list(rows.order_by("current__title", "id"))


def list_stacks_found(actor: Actor, search: Search) -> list[Stack]:
    """Stacks with at least one micro-credential that matches."""
    rows = rules.READ_STACK.narrow(actor, Stack.objects.select_related("current", "issuer"))
    members = StackVersion.members.through.objects.filter(microcredential__in=_found(actor, search))
    rows = rows.filter(current__in=members.values("stackversion")).annotate(size=Count("current__members"))
    return list(rows.order_by("current__title", "id")[:50])


def stacks_of_issuer(issuer: UUID) -> list[Stack]:
    rows = Stack.objects.exclude(current=None).filter(issuer_id=issuer).select_related("current", "issuer")
    return list(rows.annotate(size=Count("current__members")).order_by("current__title", "id")[:50])


def list_topics() -> list[Topic]:
    return sorted(Topic.objects.all(), key=lambda topic: fold(str(topic)))


def topic_labels(keys: Collection[str]) -> list[str]:
    """The topics' names in the reader's language, in the order of the keys."""
    labels = {topic.key: str(topic) for topic in Topic.objects.filter(key__in=keys)}
    return [labels.get(key, key) for key in keys]


def list_issuers() -> QuerySet[Organisation]:
    """Organisations with something in the catalogue."""
    with_items = MicroCredential.objects.exclude(current=None).values("issuer_id")
    return Organisation.objects.filter(is_issuer=True, id__in=with_items).order_by("name", "id")
