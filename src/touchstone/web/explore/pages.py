"""What the pages of the catalogue show, gathered from several queries."""

from functools import lru_cache
from typing import Any

from touchstone.catalogue import queries as catalogue
from touchstone.catalogue.models import MicroCredential, Stack, Version
from touchstone.catalogue.queries import Search
from touchstone.core.sight import Condition, Side, Viewer
from touchstone.credentials import queries as credentials
from touchstone.kit import clock
from touchstone.kit.errors import NotFound
from touchstone.people import queries as people
from touchstone.people.models import Organisation
from touchstone.people.seen import names_seen
from touchstone.portfolio import queries as portfolio
from touchstone.web.acting import Request
from touchstone.web.explore import wording
from touchstone.web.measure.wording import percent
from touchstone.web.ui.hallmark import hallmark_png

FEATURED = 3
LISTED = 10


def storefront(request: Request) -> dict[str, Any]:
    mine = portfolio.list_submissions(request.actor) if request.actor.person else None
    return {
        "featured": catalogue.list_items(request.actor, Search()).rows[:FEATURED],
        "issuers": catalogue.list_issuers(),
        "latest": next(iter(mine), None) if mine else None,
    }


def of_item(request: Request, row: MicroCredential) -> dict[str, Any]:
    version = published(row)
    item = catalogue.item_shown(version)
    adults = people.adults(on=clock.today())
    listed = credentials.list_listed_awards(adults, item=row.id).rows[:LISTED]
    return {
        "row": row,
        "version": version,
        "item": item,
        "topics": list(zip(item.topics, catalogue.topic_labels(item.topics), strict=True)),
        "key_facts": wording.key_facts(item),
        "edition_facts": wording.edition_facts(version, item),
        "needed": wording.needed_levels(item),
        "rule": wording.passing_rule(item),
        "waiting": wording.waiting(item.turnaround),
        "share": percent(float(item.scoring.second_reads)),
        "forms": wording.FORMS,
        "resource_kinds": wording.RESOURCES,
        "stacks": catalogue.stacks_with(row.id),
        "listed": listed,
        "names": names_seen(Viewer.ANYONE, Side.HOLDER, [award.holder_id for award in listed], Condition.PUBLISHED),
        "submission": portfolio.find_submission(request.actor, version.micro_credential_id),
    }


def of_stack(request: Request, row: Stack) -> dict[str, Any]:
    version = row.current
    assert version, "rules.READ_STACK lets only published stacks through"
    document = catalogue.stack_shown(version.id)
    members = {member.slug: member for member in catalogue.items_of_stack(request.actor, version)}
    held = credentials.slugs_held(request.actor.person) if request.actor.person else frozenset()
    return {
        "row": row,
        "version": version,
        "document": document,
        "required": [members[slug] for slug in document.rule.required if slug in members],
        "groups": [
            (group.n, [members[slug] for slug in group.items if slug in members]) for group in document.rule.groups
        ],
        "held": held,
    }


def of_issuer(request: Request, organisation: Organisation, after: str) -> dict[str, Any]:
    awards = credentials.list_public_awards(organisation.id, after=after)
    search = Search(issuer=organisation.slug)
    return {
        "organisation": organisation,
        "items": catalogue.list_items(request.actor, search),
        "count": catalogue.count_items(request.actor, search),
        "stacks": catalogue.stacks_of_issuer(organisation.id),
        "awards": awards,
        "names": names_seen(Viewer.ANYONE, Side.HOLDER, [award.holder_id for award in awards], Condition.PUBLISHED),
    }


def published(row: MicroCredential) -> Version:
    """The current version of a micro-credential that rules.READ_ITEM let through."""
    if row.current is None:
        raise NotFound
    return row.current


@lru_cache(maxsize=128)
def mark_png(slug: str, issuer: str, topics: tuple[str, ...], stack: bool = False) -> bytes:
    """A hallmark as PNG; drawing takes a third of a second, so each process draws it once."""
    return hallmark_png(slug, issuer, topics, stack=stack)
