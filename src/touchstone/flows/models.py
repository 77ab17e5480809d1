"""What people asked for of their rights: copies of their data, and erasure."""

from django.db import models
from django.db.models import Q

from touchstone.core.retention import Record
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Pseudonym


class Export(models.Model):
    """A copy of everything held about a person. Made by a job, kept for a week; then it is asked for again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    person = models.ForeignKey(Pseudonym, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    size = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(removed_at=None), name="one_export_at_a_time")
        ]

    def __str__(self) -> str:
        return self.token

    @property
    def key(self) -> str:
        """Where its file lies in storage."""
        return f"exports/{self.token}/export"


class Erasure(models.Model):
    """A person was erased. ``token`` is the address of the receipt; nothing here says who she was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    person = models.OneToOneField(Pseudonym, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField()
    awards_revoked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.token


class KeptRecord(models.Model):
    """A record that must outlive the person for a while, emptied of words: why, and until when (core.retention).

    ``about`` is the id of a submission, of an award without one, or of the person whose guardian agreed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    erasure = models.ForeignKey(Erasure, on_delete=models.PROTECT, related_name="kept")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Record])
    about = models.UUIDField()
    jurisdiction = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=200)
    years = models.PositiveSmallIntegerField()
    until = models.DateField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="one_kept_record")]
        indexes = [models.Index(fields=["until"], condition=Q(erased_at=None), name="kept_record_due")]

    def __str__(self) -> str:
        return f"{self.kind} until {self.until}"
