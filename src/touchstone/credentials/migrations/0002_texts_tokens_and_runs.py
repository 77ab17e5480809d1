"""Signed documents are kept letter for letter, with a token beside each; keys for tokens; signing in runs."""

import json

import django.db.models.deletion
import touchstone.kit.ids
from django.db import migrations, models


def write_texts(apps, schema_editor):
    """What was kept as JSON becomes text. Its signature is over its meaning, so the order of names does not matter."""
    for name in ("Badge", "StatusList"):
        model = apps.get_model("credentials", name)
        for row in model.objects.only("id", "document").iterator(chunk_size=500):
            model.objects.filter(id=row.id).update(text=json.dumps(row.document, ensure_ascii=False))


def write_documents(apps, schema_editor):
    for name in ("Badge", "StatusList"):
        model = apps.get_model("credentials", name)
        for row in model.objects.only("id", "text").iterator(chunk_size=500):
            model.objects.filter(id=row.id).update(document=json.loads(row.text))


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]

    operations = [
        migrations.AddField("badge", "text", models.TextField(default=""), preserve_default=False),
        migrations.AddField("badge", "token", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("statuslist", "text", models.TextField(default=""), preserve_default=False),
        migrations.AddField(
            "statuslist", "token_text", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AlterField("badge", "document", models.JSONField(default=dict)),
        migrations.AlterField("statuslist", "document", models.JSONField(default=dict)),
        migrations.RunPython(write_texts, write_documents),
        migrations.RemoveField("badge", "document"),
        migrations.RemoveField("statuslist", "document"),
        migrations.AddField("signingkey", "token_public", models.CharField(max_length=60, null=True, unique=True)),
        migrations.AddField("signingkey", "token_sealed", models.BinaryField(null=True)),
        migrations.AddField("signingkey", "compromised_at", models.DateTimeField(null=True)),
        migrations.AddIndex("award", models.Index(fields=["issuer", "id"], name="award_of_issuer")),
        migrations.CreateModel(
            name="SigningRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "Signing new badges"), ("renewal", "Signing again under a new key")],
                        max_length=8,
                    ),
                ),
                ("total", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            "signingrun",
            models.UniqueConstraint(
                condition=models.Q(("finished_at", None)), fields=("issuer", "kind"), name="one_signing_run_at_a_time"
            ),
        ),
    ]
