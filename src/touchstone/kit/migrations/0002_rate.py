"""The counters of kit.rates. Unlogged: what is lost in a crash only gives everybody a fresh start."""

from django.db import migrations

RATE = """
CREATE UNLOGGED TABLE rate (
    key bytea PRIMARY KEY,
    uses integer NOT NULL,
    until timestamptz NOT NULL
);
CREATE INDEX rate_until ON rate (until);
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]

    operations = [migrations.RunSQL(RATE, "DROP TABLE rate")]
