"""Domains move into rows of their own; names get the key they are matched by."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from touchstone.people.addresses import clean_domain, is_public
from touchstone.people.names import name_key


def carry_over(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    domains = apps.get_model("people", "OrganisationDomain")
    for organisation in apps.get_model("people", "Organisation").objects.exclude(email_domain="").order_by("id"):
        domain = clean_domain(organisation.email_domain)
        if domain and not is_public(domain):
            domains.objects.get_or_create(domain=domain, defaults={"organisation": organisation, "rule": "none"})
    people = apps.get_model("people", "Person")
    changed = []
    for person in people.objects.only("id", "name", "sort_name").iterator():
        if person.sort_name != name_key(person.name):
            person.sort_name = name_key(person.name)
            changed.append(person)
    people.objects.bulk_update(changed, ["sort_name"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_people_in_full")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
