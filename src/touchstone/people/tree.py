"""The tree of organisations, walked by the database in one query."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

# UNION, not UNION ALL: the walk ends even if the tree were broken by hand into a ring.
_DOWN = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM people_organisation WHERE id = ANY(%s)
        UNION SELECT part.id FROM people_organisation part JOIN below ON part.parent_id = below.id
    ) SELECT id FROM below
"""
_UP = """
    WITH RECURSIVE above(start, id, kind, height) AS (
        SELECT id, id, kind, 0 FROM people_organisation WHERE id = ANY(%s)
        UNION SELECT above.start, whole.id, whole.kind, above.height + 1
        FROM above JOIN people_organisation part ON part.id = above.id
        JOIN people_organisation whole ON whole.id = part.parent_id
        WHERE above.height < 50
    ) SELECT start, id, kind FROM above WHERE height > 0 ORDER BY start, height
"""


def organisations_within(organisation: UUID) -> set[UUID]:
    """An organisation and everything below it."""
    return within_any([organisation])


def within_any(organisations: Collection[UUID]) -> set[UUID]:
    """These organisations and everything below each."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN, [list(organisations)])
        return {row[0] for row in cursor.fetchall()}


def ancestors(organisation: UUID) -> list[UUID]:
    """The organisations above, the nearest first."""
    return [one for one, _kind in ancestors_of([organisation])[organisation]]


def ancestors_of(organisations: Collection[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """For each organisation those above it with their kind, the nearest first."""
    found: dict[UUID, list[tuple[UUID, str]]] = {one: [] for one in organisations}
    if organisations:
        with connection.cursor() as cursor:
            cursor.execute(_UP, [list(organisations)])
            for start, above, kind in cursor.fetchall():
                found[start].append((above, kind))
    return found
