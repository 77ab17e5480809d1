"""The people of the demonstration, told in ``cast.json``. All of them are invented: none stands for one that exists."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from touchstone.demo.places import CEDAR_BEND, EXCHANGE, HARBOR_POINT, LARKMOOR, PLACE_BY_SLUG, PLACES
from touchstone.people.enums import GradeBand, Position, Role, Subject, TieKind

__all__ = [
    "BY_KEY",
    "CAST",
    "CEDAR_BEND",
    "EXCHANGE",
    "HARBOR_POINT",
    "LARKMOOR",
    "PASSWORD",
    "PLACES",
    "PLACE_BY_SLUG",
    "TIES",
    "Member",
]

PASSWORD = "demonstration only"  # noqa: S105 - printed on the demonstration's own page, and used nowhere else


@dataclass(frozen=True)
class Member:
    """One of the cast. ``roles`` pairs a role with an organisation, ``scores`` names items she is qualified for.

    ``is_minor``: 16 years old, with a guardian who agreed.
    """

    key: str
    name: str
    position: Position
    state: str
    time_zone: str
    email: str
    about: str
    works_at: str = ""
    roles: tuple[tuple[Role, str], ...] = ()
    scores: tuple[str, ...] = ()
    is_minor: bool = False
    subjects: tuple[Subject, ...] = ()
    grades: tuple[GradeBand, ...] = ()


def _members(told: Mapping[str, Any]) -> Iterator[Member]:
    """``scores`` may name a group of items instead of each."""
    groups: dict[str, list[str]] = told["items"]
    for row in told["people"]:
        yield Member(
            **{
                **row,
                "position": Position(row["position"]),
                "roles": tuple((Role(role), place) for role, place in row.get("roles", ())),
                "scores": tuple(item for one in row.get("scores", ()) for item in groups.get(one, [one])),
                "subjects": tuple(Subject(one) for one in row.get("subjects", ())),
                "grades": tuple(GradeBand(one) for one in row.get("grades", ())),
            }
        )


_TOLD = json.loads(Path(__file__).with_name("cast.json").read_text(encoding="utf-8"))

CAST = tuple(_members(_TOLD))
TIES = tuple((one, other, TieKind(kind)) for one, other, kind in _TOLD["ties"])

BY_KEY = {member.key: member for member in CAST}
