"""What holders show of their awards: pieces of evidence, collections, hosted badges, transcripts; counts of views."""

import django.db.models.deletion
import touchstone.kit.ids
from django.db import migrations, models


def _id():
    return (
        "id",
        models.UUIDField(default=touchstone.kit.ids.new_id, editable=False, primary_key=True, serialize=False),
    )


def _token():
    return ("token", models.CharField(default=touchstone.kit.ids.new_token, max_length=26, unique=True))


def _award(**how):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="credentials.award", **how)


class Migration(migrations.Migration):
    dependencies = [
        ("credentials", "0004_imports"),
        ("people", "0005_glass"),
        ("portfolio", "0002_identities_and_removal"),
    ]

    operations = [
        migrations.CreateModel(
            "ShownArtifact",
            [
                _id(),
                _token(),
                ("award", _award(related_name="shown")),
                (
                    "artifact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="portfolio.artifact"
                    ),
                ),
                ("shown_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["award", "artifact"], name="artifact_shown_once_with_an_award")
                ]
            },
        ),
        migrations.CreateModel(
            "Collection",
            [
                _id(),
                _token(),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.pseudonym"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("sentence", models.CharField(blank=True, max_length=300)),
                (
                    "visibility",
                    models.CharField(
                        choices=[("private", "Private"), ("link", "By link"), ("listed", "Listed")],
                        default="private",
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("visibility", "listed"), _negated=True), name="collection_is_never_listed"
                    )
                ],
                "indexes": [models.Index(fields=["holder", "made_at"], name="collection_of_holder")],
            },
        ),
        migrations.CreateModel(
            "CollectionEntry",
            [
                _id(),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="credentials.collection"
                    ),
                ),
                ("award", _award(related_name="+")),
                ("place", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["collection", "award"], name="one_place_in_a_collection")
                ]
            },
        ),
        migrations.CreateModel(
            "DayViews",
            [
                _id(),
                ("of", models.UUIDField()),
                ("day", models.DateField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=["of", "day"], name="one_count_of_views_a_day")]},
        ),
        migrations.CreateModel(
            "HostedBadge",
            [
                _id(),
                (
                    "award",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hosted", to="credentials.award"
                    ),
                ),
                ("published_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            "TranscriptKey",
            [
                _id(),
                ("public", models.CharField(max_length=60, unique=True)),
                ("sealed", models.BinaryField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
    ]
