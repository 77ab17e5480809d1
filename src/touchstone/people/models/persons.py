"""Accounts, the persons behind them, and the pseudonyms that everything else points to."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from touchstone.kit.ids import new_id
from touchstone.people.enums import GradeBand, Position, Subject


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
    """Names and addresses: the only row that says who a pseudonym is.

    ``sort_name`` is the folded name: lists sort by it, and statements of conflict find people by it. ``adult_on`` is
    the day a minor counts as an adult; nothing else is kept of an age.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.OneToOneField(Account, null=True, on_delete=models.SET_NULL, related_name="person")
    pseudonym = models.OneToOneField(Pseudonym, on_delete=models.PROTECT, related_name="person")
    name = models.CharField(max_length=120, blank=True)
    sort_name = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=20, choices=Position, default=Position.TEACHER)
    subjects = ArrayField(models.CharField(max_length=20, choices=Subject), default=list, blank=True)
    grade_bands = ArrayField(models.CharField(max_length=10, choices=GradeBand), default=list, blank=True)
    state = models.CharField(max_length=2, blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=50, default="America/New_York")
    adult_on = models.DateField(null=True)
    identity_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["sort_name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name or "Somebody"


class FormerName(models.Model):
    """A name a person had here before: what she wrote then may still carry it. Goes when the person is erased."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_row_per_former_name")]

    def __str__(self) -> str:
        return self.name


class GuardianConsent(models.Model):
    """A parent or guardian was asked whether a minor may send in work, and what came back.

    The link in the mail carries a token; here stands only its hash. ``text_version`` says which text was agreed to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="guardian_consents")
    guardian_email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    text_version = models.CharField(max_length=20)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    given = models.BooleanField(null=True)
    guardian_name = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-asked_at"], name="consent_of_person")]

    def __str__(self) -> str:
        return f"consent for {self.person_id}"
