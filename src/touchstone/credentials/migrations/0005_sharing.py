from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("credentials", "0004_imports")]
    operations = []
