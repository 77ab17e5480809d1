"""Statements of how work was judged, endorsements, awards that expire or are suspended, badges signed again."""

import django.db.models.deletion
import touchstone.kit.ids
from django.db import migrations, models
from django.db.models import Q

PROTECT = django.db.models.deletion.PROTECT


def _id():
    return (
        "id",
        models.UUIDField(default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False),
    )


def _token():
    return ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True))


def _to(model, *, null=False, on_delete=PROTECT, name="+"):
    return models.ForeignKey(null=null, on_delete=on_delete, related_name=name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0002_texts_tokens_and_runs"),
        ("catalogue", "0001_initial"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            "Statement",
            [
                _id(),
                _token(),
                ("facts", models.JSONField()),
                ("facts_hash", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("stated_at", models.DateTimeField()),
                ("issuer", _to("people.organisation")),
                ("key", _to("credentials.signingkey")),
                ("version", _to("catalogue.version")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "facts_hash"), name="one_statement_per_finding")
                ]
            },
        ),
        migrations.AddField("award", "statement", _to("credentials.statement", null=True, name="awards")),
        migrations.AddField("award", "valid_until", models.DateTimeField(null=True)),
        migrations.AddField("award", "suspended_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "award",
            "suspension_reason",
            models.CharField(
                blank=True,
                choices=[
                    ("integrity", "A question about the work is being looked into"),
                    ("facts", "A fact of the award is being checked"),
                ],
                default="",
                max_length=12,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "award", "suspension_note", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AlterField(
            "award",
            "revocation_reason",
            models.CharField(
                blank=True,
                choices=[
                    ("error", "Issued in error"),
                    ("integrity", "Integrity finding"),
                    ("holder", "At the holder's request"),
                    ("superseded", "Replaced by a newer badge"),
                    ("part", "Something it was built on no longer stands"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            "signingrun",
            "kind",
            models.CharField(
                choices=[
                    ("first", "Signing new badges"),
                    ("renewal", "Signing again under a new key"),
                    ("again", "Signing again to say what is new"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            "Endorsement",
            [
                _id(),
                _token(),
                ("comment", models.TextField()),
                ("text", models.TextField()),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("endorser", _to("people.organisation")),
                ("version", _to("catalogue.version", null=True)),
                ("issuer", _to("people.organisation", null=True)),
                (
                    "award",
                    _to(
                        "credentials.award",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        name="endorsements",
                    ),
                ),
                ("key", _to("credentials.signingkey")),
                ("given_by", _to("people.pseudonym")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(version__isnull=False, issuer=None, award=None)
                        | Q(version=None, issuer__isnull=False, award=None)
                        | Q(version=None, issuer=None, award__isnull=False),
                        name="endorsement_is_about_one_thing",
                    ),
                    *(
                        models.UniqueConstraint(
                            fields=("endorser", about),
                            condition=Q(withdrawn_at=None),
                            name=f"one_endorsement_per_{about}",
                        )
                        for about in ("version", "issuer", "award")
                    ),
                ]
            },
        ),
    ]
