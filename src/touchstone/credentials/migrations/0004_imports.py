"""Badges that holders earned elsewhere."""

import django.db.models.deletion
import touchstone.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0003_endorsements")]

    operations = [
        migrations.CreateModel(
            name="ImportedBadge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True)),
                ("key", models.CharField(max_length=64)),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("json", "Open Badges 3.0"),
                            ("token", "Open Badges 3.0 as a token (JWT)"),
                            ("older", "Open Badges 2.0"),
                        ],
                        max_length=8,
                    ),
                ),
                ("content", models.BinaryField()),
                ("media_type", models.CharField(max_length=40)),
                ("badge_id", models.TextField()),
                ("issuer_id", models.TextField()),
                ("issuer_name", models.TextField(blank=True)),
                ("achievement_id", models.TextField(blank=True)),
                ("name", models.TextField(blank=True)),
                ("description", models.TextField(blank=True)),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField(null=True)),
                ("is_hers", models.BooleanField()),
                ("summary", models.CharField(max_length=20)),
                ("steps", models.JSONField()),
                ("received_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.pseudonym"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("holder", "key"), name="one_import_per_badge"),
                ],
                "indexes": [
                    models.Index(
                        models.F("holder"),
                        models.OrderBy(models.F("received_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="import_of_holder",
                    ),
                ],
            },
        ),
    ]
