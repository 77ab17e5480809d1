"""Copies of data, erasures, and what is kept after them."""

import django.db.models.deletion
import touchstone.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0004_drop_email_domain"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True)),
                ("erased_at", models.DateTimeField()),
                ("awards_revoked", models.BooleanField(default=False)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.pseudonym"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("ready_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(null=True)),
                ("removed_at", models.DateTimeField(null=True)),
                ("size", models.BigIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.pseudonym"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("person",), name="one_export_at_a_time"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("activity", "activity"), ("consent", "consent")], max_length=10)),
                ("about", models.UUIDField()),
                ("jurisdiction", models.CharField(blank=True, max_length=2)),
                ("source", models.CharField(max_length=200)),
                ("years", models.PositiveSmallIntegerField()),
                ("until", models.DateField()),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "erasure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="kept", to="flows.erasure"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("erased_at", None)), fields=["until"], name="kept_record_due")
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "about"), name="one_kept_record")],
            },
        ),
    ]
