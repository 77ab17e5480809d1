from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kit", "0003_removed_files")]
    operations = []
