"""Who may read the catalogue: everybody, once a version is published."""

from django.db.models import QuerySet

from touchstone.catalogue.models import MicroCredential, Stack
from touchstone.kit.access import Rule
from touchstone.kit.actor import Actor


def _published_items(actor: Actor, rows: QuerySet[MicroCredential]) -> QuerySet[MicroCredential]:
    return rows.exclude(current=None)


def _published_stacks(actor: Actor, rows: QuerySet[Stack]) -> QuerySet[Stack]:
    return rows.exclude(current=None)


READ_ITEM = Rule(_published_items)
READ_STACK = Rule(_published_stacks)
