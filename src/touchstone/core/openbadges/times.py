"""Moments in credentials: XML Schema dateTimeStamp, with a time zone always."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from touchstone.core.openbadges.errors import OpenBadgesError

STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)


class NotAMoment(OpenBadgesError):
    """A date in a document is not a moment with a time zone."""

    code = "not_a_moment"


@lru_cache(maxsize=1024)
def timestamp(moment: datetime) -> str:
    """UTC to the second, as `2026-11-23T09:30:00Z`. Raises NotAMoment without a time zone."""
    if moment.tzinfo is None:
        raise NotAMoment("A moment needs a time zone.")
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def read_timestamp(text: object) -> datetime:
    """The moment a dateTimeStamp names (VC Data Model 2.0, section 4.9). Raises NotAMoment."""
    try:
        if isinstance(text, str) and STAMP.fullmatch(text):
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise NotAMoment(f"“{str(text)[:60]}” is not a date with time and time zone.", date=str(text)[:60])


class NotYetValid(OpenBadgesError):
    """A badge that counts only from a later date."""

    code = "not_yet_valid"


class Expired(OpenBadgesError):
    """A badge that counted until an earlier date."""

    code = "expired"


def check_period(start: object, ends: Iterable[object], now: datetime) -> None:
    """Return if now lies between a start and all ends. Raises NotYetValid, Expired, NotAMoment."""
    if read_timestamp(start) > now:
        raise NotYetValid("The badge counts only from a later date.", date=str(start))
    for end in ends:
        if read_timestamp(end) < now:
            raise Expired("The badge counted only until a date that has passed.", date=str(end))
