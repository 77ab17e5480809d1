"""Files that must be served no more and are about to be removed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0002_rate")]

    operations = [
        migrations.CreateModel(
            name="RemovedFile",
            fields=[
                ("key", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("removed_at", models.DateTimeField()),
            ],
        ),
    ]
