"""How the work behind an award was judged: facts that the flow hands over when it makes awards."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from touchstone.core.content import Item


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one criterion, as decimals of two places: share of equal levels, and quadratic weighted kappa where it has a
    value."""

    criterion: str
    exact: str
    kappa: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """Independent ``assessors`` of this work, and how far two agree on works of its version, as measured on a day.

    ``read_twice`` is how many works that rests on at least, in whole tens; None, and then without any agreement, while
    they are too few for it to be established.
    """

    assessors: int
    measured_on: date | None = None
    read_twice: int | None = None
    agreement: tuple[Agreement, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "measured_on": self.measured_on and self.measured_on.isoformat()}


def judged_from(facts: Mapping[str, Any]) -> Judged:
    """What ``as_json`` gave."""
    measured_on = facts["measured_on"]
    return Judged(
        assessors=facts["assessors"],
        measured_on=date.fromisoformat(measured_on) if measured_on else None,
        read_twice=facts["read_twice"],
        agreement=tuple(Agreement(**row) for row in facts["agreement"]),
    )


def in_words(judged: Judged, item: Item) -> list[str]:
    """Sentences for people, in the language now in use."""
    readers = _("The work was read by one assessor, who did not learn whose it was.")
    if judged.assessors > 1:
        readers = _("The work was read by {n} assessors, each alone; none learned whose it was.")
    sentences = [readers.format(n=judged.assessors)]
    if judged.read_twice is None or judged.measured_on is None:
        return [*sentences, _("How far assessors agree on this version was not yet established then.")]
    resting = _("Agreement as measured on {day}, over at least {n} works of this version that two assessors read:")
    sentences.append(resting.format(day=date_format(judged.measured_on), n=judged.read_twice))
    titles = {row.key: row.title for row in item.rubric.criteria}
    for row in judged.agreement:
        line = _("“{criterion}”: same level in {exact}, quadratic weighted kappa {kappa}.")
        named = titles.get(row.criterion, row.criterion)
        sentences.append(line.format(criterion=named, exact=row.exact, kappa=row.kappa or _("not defined")))
    return sentences
