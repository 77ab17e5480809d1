from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.AddField("version", "translations", models.JSONField(default=dict)),
        migrations.AddField("stackversion", "translations", models.JSONField(default=dict)),
        migrations.AddField("topic", "translations", models.JSONField(default=dict)),
    ]
