"""The cast, gathered once in each process and put back for every test that asks: its rows as one statement.

Gathering asks the database some four hundred times; putting back asks once.
"""

import pickle
from dataclasses import dataclass

from django.db import connection

from tests.cast import Cast, gather

# Rows of these get new numbers when they are put back, or come of themselves with other rows.
NUMBERED_ANEW = ("procrastinate_jobs",)
FOLLOWING = ("procrastinate_events",)


@dataclass(frozen=True)
class Kept:
    rows: str
    cast: bytes

    def put_back(self) -> Cast:
        """The cast again, as if just gathered, in whatever transaction is open."""
        with connection.cursor() as cursor:
            cursor.execute(self.rows)
        cast: Cast = pickle.loads(self.cast)
        return cast


def keep_cast() -> Kept:
    """Gather the cast in an empty database, and keep it and every row that came with it."""
    before = _counts()
    cast = gather()
    grown = [table for table, count in _counts().items() if count != before.get(table, 0)]
    rows = ";".join(_insertion(table) for table in grown if table not in FOLLOWING)
    return Kept(rows, pickle.dumps(cast))


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
            " AND relnamespace = 'public'::regnamespace ORDER BY oid"
        )
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())


def _insertion(table: str) -> str:
    """One statement that puts all rows of a table back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%%I', attname), ', ') FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
            " AND NOT (attname = 'id' AND %s)",
            [table, table in NUMBERED_ANEW],
        )
        columns = cursor.fetchone()[0]
        cursor.execute(f"SELECT json_agg(row) #>> '{{}}' FROM {table} AS row")
        content = cursor.fetchone()[0].replace("'", "''")
    return (
        f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
        f" SELECT {columns} FROM json_populate_recordset(NULL::{table}, '{content}')"
    )
