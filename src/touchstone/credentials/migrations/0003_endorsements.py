from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("credentials", "0002_texts_tokens_and_runs")]
    operations = []
