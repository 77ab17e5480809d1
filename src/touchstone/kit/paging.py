"""Lists page by key, fifty at a time, in a stable order."""

import base64
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

SIZE = 50


@dataclass(frozen=True)
class Page[M: Model]:
    rows: Sequence[M]
    after: str | None

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page[M: Model](rows: QuerySet[M], *, order: Sequence[str], after: str = "", size: int = SIZE) -> Page[M]:
    """The rows behind ``after`` in ``order`` (field names, ``-`` descending; the last one unique).

    A cursor that was tampered with counts as none: the list starts over.
    """
    marks = _decode(after, order)
    if marks:
        with suppress(ValidationError, ValueError, TypeError):
            rows = rows.filter(_behind(order, marks))
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, _encode(found[-1], order) if more else None)


def _behind(order: Sequence[str], marks: Sequence[str]) -> Q:
    condition = Q()
    equal = Q()
    for name, mark in zip(order, marks, strict=True):
        field = name.removeprefix("-")
        condition |= equal & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": mark})
        equal &= Q(**{field: mark})
    return condition


def _encode(row: Model, order: Sequence[str]) -> str:
    marks = [_text(_value(row, name.removeprefix("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(marks).encode()).decode().rstrip("=")


def _value(row: Model, path: str) -> object:
    value: object = row
    for step in path.split("__"):
        value = getattr(value, step)
    return value


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    assert isinstance(value, str | int | Decimal | UUID)
    return str(value)


def _decode(cursor: str, order: Sequence[str]) -> list[str]:
    try:
        marks = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return []
    if (
        isinstance(marks, list)
        and len(marks) == len(order)
        and all(isinstance(mark, str) and "\0" not in mark for mark in marks)
    ):
        return marks
    return []
