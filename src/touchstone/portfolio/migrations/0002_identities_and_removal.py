"""What assessors read of a text, what an earner put aside, and evidence that is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portfolio", "0001_initial")]

    operations = [
        migrations.AddField("answer", "blind", models.TextField(null=True)),
        migrations.AddField("artifact", "blind_text", models.TextField(null=True)),
        migrations.AddField("artifact", "gone_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "artifact",
            "gone_because",
            models.CharField(
                blank=True,
                choices=[
                    ("release", "A release for it was withdrawn, so it was removed."),
                    ("erased", "The earner had her data erased, so it was removed."),
                ],
                db_default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "submission", "kept", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)
        ),
    ]
