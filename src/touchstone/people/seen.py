"""The gate to names: whoever shows a person of the other side asks here, and core.sight decides."""

from uuid import UUID

from touchstone.core.sight import Condition, Side, Sight, Viewer, see
from touchstone.people import queries


def names_seen(viewer: Viewer, side: Side, people: list[UUID], *met: Condition) -> dict[UUID, str]:
    """Names of the people on a side, by pseudonym; empty where the table shows this viewer no names.

    ``met`` are the conditions that hold for every one of them (core.sight.Condition).
    """
    return queries.names_of(people) if see(viewer, side, *met) in {Sight.NAME, Sight.OWN} else {}
