"""Accounts, the persons behind them, and the pseudonyms that everything else points to."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from touchstone.kit.ids import new_id, new_token
from touchstone.people.enums import OrganisationKind, Position, Role, TieKind, TieSource


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """A way to sign in. Who the person is stands in Person, what she does hangs on the pseudonym."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = AccountManager()

    is_staff = False
    is_superuser = False

    def __str__(self) -> str:
        return self.email


class Pseudonym(models.Model):
    """The stable blind identifier of one person. Erasing a person leaves this row and empties the other."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    def __str__(self) -> str:
        return str(self.id)


class Person(models.Model):
    """Names and addresses: the only row that says who a pseudonym is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="person")
    pseudonym = models.OneToOneField(Pseudonym, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=20, choices=Position, default=Position.TEACHER)
    state = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=50, default="America/New_York")
    identity_confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name or "Somebody"


class Organisation(models.Model):
    """A school, district, agency, university, association or provider. Issuing is a capability any kind may hold."""

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
    email_domain = models.CharField(max_length=120, blank=True)
    is_issuer = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)  # made up for the demonstration, and labelled so

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role a person holds in an organisation, for a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "role"],
                condition=Q(to_date=None),
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


class Tie(models.Model):
    """A relation between two people that excludes one from scoring the other. Stored once, read both ways."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    a = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=TieKind)
    source = models.CharField(max_length=20, choices=TieSource)
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(a=F("b")), name="tie_joins_two_people"),
            models.UniqueConstraint(fields=["a", "b", "kind"], condition=Q(to_date=None), name="one_open_tie_per_kind"),
        ]
        indexes = [models.Index(fields=["b"], name="tie_b")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.a_id} and {self.b_id}"
