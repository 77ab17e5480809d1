"""How often somebody may do something: counters in PostgreSQL, shared by every web process.

A window opens with the first use and closes ``seconds`` later; uses within it are counted in one statement, so that
uses at the same moment are counted one after the other and never pass the limit together. Who is counted stands in
the table only as a keyed hash. The table is unlogged: after a crash of the database everybody starts anew.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

_SALT = "touchstone.rates"
_KEY_BYTES = 16
_USE = """
INSERT INTO rate AS known (key, uses, until) VALUES (%(key)s, 1, %(fresh)s)
ON CONFLICT (key) DO UPDATE SET
    uses = CASE WHEN known.until <= %(now)s THEN 1 ELSE LEAST(known.uses + 1, 1000000000) END,
    until = CASE WHEN known.until <= %(now)s THEN excluded.until ELSE known.until END
RETURNING uses, until
"""
_LOOK = "SELECT uses, until FROM rate WHERE key = %(key)s AND until > %(now)s"
_GIVE_BACK = "UPDATE rate SET uses = uses - 1 WHERE key = %(key)s AND until > %(now)s AND uses > 0"


@dataclass(frozen=True)
class Rate:
    """At most ``uses`` in a window of ``seconds``."""

    uses: int
    seconds: int


@dataclass(frozen=True)
class Standing:
    """How many uses a window holds and when it closes."""

    uses: int
    until: datetime

    def exceeds(self, rate: Rate) -> bool:
        return self.uses > rate.uses

    def seconds_left(self, now: datetime) -> int:
        """Whole seconds until the window closes, at least one: what Retry-After says (RFC 9110, 10.2.3)."""
        return max(1, math.ceil((self.until - now).total_seconds()))


def use(what: str, who: str, rate: Rate, *, now: datetime) -> Standing:
    """Count one use, whether it is still within the rate or not; the answer's ``exceeds`` says which."""
    fresh = now + timedelta(seconds=rate.seconds)
    return _standing(_USE, now, key=_key(what, who), fresh=fresh)


def look(what: str, who: str, *, now: datetime) -> Standing:
    """The standing, without counting."""
    return _standing(_LOOK, now, key=_key(what, who))


def give_back(what: str, who: str, *, now: datetime) -> None:
    """Uncount one use that turned out to be harmless."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, {"key": _key(what, who), "now": now})


def forget(what: str, who: str) -> None:
    """Open the way at once: nothing was used."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rate WHERE key = %s", [_key(what, who)])


def remove_closed(*, now: datetime) -> int:
    """Remove the windows that are closed; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rate WHERE until <= %s", [now])
        return int(cursor.rowcount)


def hidden_key(key: str, prefix: str, version: int) -> str:
    """The name of a cache row: a keyed hash, for the names that sign-in gives them hold addresses."""
    return f"{version}:{prefix}:{salted_hmac('touchstone.cache', key, algorithm='sha256').hexdigest()}"


def _key(what: str, who: str) -> bytes:
    return salted_hmac(_SALT, f"{what}\0{who}", algorithm="sha256").digest()[:_KEY_BYTES]


def _standing(statement: str, now: datetime, **facts: bytes | datetime) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"now": now, **facts})
        found = cursor.fetchone()
    return Standing(*found) if found else Standing(0, now)
