import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kit", "0003_removed_files")]

    operations = [
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("ahead", models.DurationField(default=datetime.timedelta)),
                ("set_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="clock_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("ahead__gte", datetime.timedelta())), name="clock_never_goes_back"
                    ),
                ],
            },
        ),
    ]
