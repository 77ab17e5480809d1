"""Who is tied to whom, and what people told us so that we know."""

from django.db import models
from django.db.models import F, Q

from touchstone.kit.ids import new_id
from touchstone.people.enums import TieKind, TieSource
from touchstone.people.models.organisations import Organisation
from touchstone.people.models.persons import Person, Pseudonym


class Tie(models.Model):
    """A relation between two people that excludes one from scoring the other. Stored once, read both ways.

    ``source_key`` names who says so (a statement, an organisation's list, a cohort): each may say the same, and
    taking it back ends only its own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    a = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TieKind)
    source = models.CharField(max_length=20, choices=TieSource)
    source_key = models.CharField(max_length=80, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(a=F("b")), name="tie_joins_two_people"),
            models.UniqueConstraint(
                fields=["a", "b", "kind", "source", "source_key"],
                condition=Q(to_date=None),
                name="one_open_tie_per_source",
            ),
        ]
        indexes = [
            models.Index(fields=["b"], name="tie_b"),
            models.Index(fields=["source_key"], condition=~Q(source_key=""), name="tie_source_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.a_id} and {self.b_id}"


class ConflictStatement(models.Model):
    """“I know somebody”: what a person wrote, so that this somebody is kept from her work and she from hers.

    About a person by address or name (at an organisation, if she said so), or about a whole organisation. It is never
    told whether anybody matched. Goes when the person is erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conflict_statements")
    kind = models.CharField(max_length=20, choices=TieKind)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="") | ~Q(name_key="") | Q(organisation__isnull=False),
                name="statement_names_somebody",
            )
        ]
        indexes = [
            models.Index(fields=["email"], condition=Q(withdrawn_at=None) & ~Q(email=""), name="statement_email"),
            models.Index(fields=["name_key"], condition=Q(withdrawn_at=None) & ~Q(name_key=""), name="statement_name"),
        ]

    @property
    def is_about_organisation(self) -> bool:
        return not self.email and not self.name_key

    def __str__(self) -> str:
        return f"{self.kind} stated by {self.person_id}"
