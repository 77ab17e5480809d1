"""The journal (partitioned by month, append-only), the outbox, and the cache table that sign-in codes live in."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import touchstone.kit.ids
from django.db import migrations, models


JOURNAL = """
CREATE TABLE journal (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    verb varchar(60) NOT NULL,
    person uuid,
    membership uuid,
    job varchar(60) NOT NULL,
    about uuid[] NOT NULL,
    payload jsonb NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX journal_verb_at ON journal (verb, at);
CREATE INDEX journal_person_at ON journal (person, at);
CREATE INDEX journal_about ON journal USING gin (about);
CREATE TABLE journal_rest PARTITION OF journal DEFAULT;

CREATE FUNCTION journal_ensure_partition(day date) RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
    first_day date := date_trunc('month', day);
    next_first date := first_day + interval '1 month';
    name text := 'journal_' || to_char(first_day, 'YYYY_MM');
BEGIN
    IF to_regclass(name) IS NOT NULL
       OR EXISTS (SELECT 1 FROM journal_rest
                  WHERE at >= first_day::timestamp AT TIME ZONE 'UTC' AND at < next_first::timestamp AT TIME ZONE 'UTC')
    THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE %I PARTITION OF journal FOR VALUES FROM (%L) TO (%L)', name,
                   first_day::timestamp AT TIME ZONE 'UTC', next_first::timestamp AT TIME ZONE 'UTC');
END
$body$;
SELECT journal_ensure_partition((now() + m * interval '1 month')::date) FROM generate_series(0, 2) AS m;

CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'the journal is append-only';
END
$body$;
CREATE TRIGGER journal_append_only BEFORE UPDATE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();

CREATE TABLE cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(
            JOURNAL,
            state_operations=[
                migrations.CreateModel(
                    name="JournalEntry",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=60)),
                        ("person", models.UUIDField(null=True)),
                        ("membership", models.UUIDField(null=True)),
                        ("job", models.CharField(blank=True, max_length=60)),
                        (
                            "about",
                            django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list),
                        ),
                        ("payload", models.JSONField(default=dict)),
                    ],
                    options={
                        "db_table": "journal",
                        "indexes": [
                            models.Index(fields=["verb", "at"], name="journal_verb_at"),
                            models.Index(fields=["person", "at"], name="journal_person_at"),
                            django.contrib.postgres.indexes.GinIndex(fields=["about"], name="journal_about"),
                        ],
                    },
                )
            ],
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("once", models.CharField(max_length=120, null=True, unique=True)),
                ("to", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("written_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-written_at", "-id"], name="mail_newest")],
            },
        ),
    ]
