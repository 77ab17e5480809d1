"""Organisations, who works there, and who may do what for them."""

from django.db import models
from django.db.models import F, Q

from touchstone.kit.ids import new_id, new_token
from touchstone.people.enums import DomainRule, EndReason, OrganisationKind, Role
from touchstone.people.models.persons import Pseudonym


class Organisation(models.Model):
    """A school, district, agency, university, association or provider; they form a tree.

    Issuing, recognising and running a preparation programme are capabilities any kind may hold.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    url = models.URLField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    state = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=50, default="America/New_York")
    is_issuer = models.BooleanField(default=False)
    is_recognizer = models.BooleanField(default=False)
    is_programme = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)  # made up for the demonstration, and labelled so

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(parent=F("id")), name="organisation_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name


class OrganisationDomain(models.Model):
    """An e-mail domain of an organisation. People whose addresses share one may know each other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)
    rule = models.CharField(max_length=8, choices=DomainRule, default=DomainRule.NONE)

    def __str__(self) -> str:
        return self.domain


class Membership(models.Model):
    """A role a person holds in an organisation, for a time.

    ``to_date`` is the planned last day. From ``ended_at`` on it gives no right at all, whatever its dates say.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField(max_length=8, choices=EndReason, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(to_date=None, ended_at=None),
                name="one_open_membership_per_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"


class Employment(models.Model):
    """Where a person works. Declared counts as true against her as an earner; an assessor's must be confirmed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="employments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="employments")
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(to_date=None), name="one_open_employment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.organisation_id}"
