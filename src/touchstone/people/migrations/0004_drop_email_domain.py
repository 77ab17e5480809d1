from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0003_carry_over")]

    operations = [migrations.RemoveField(model_name="organisation", name="email_domain")]
