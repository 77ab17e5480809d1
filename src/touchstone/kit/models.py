"""Rows of the plumbing: the journal, the mail outbox, files on their way out, and the demonstration's clock."""

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from touchstone.kit.ids import new_id, new_token


class JournalEntry(models.Model):
    """Who did what about which objects, when. Append-only; the table is partitioned by month of ``at``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    person = models.UUIDField(null=True)
    membership = models.UUIDField(null=True)
    job = models.CharField(max_length=60, blank=True)
    about = ArrayField(models.UUIDField(), default=list)
    payload = models.JSONField(default=dict)

    class Meta:
        db_table = "journal"
        indexes = [
            models.Index(fields=["verb", "at"], name="journal_verb_at"),
            models.Index(fields=["person", "at"], name="journal_person_at"),
            GinIndex(fields=["about"], name="journal_about"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class OutgoingMail(models.Model):
    """A mail written in the transaction that caused it and sent by a job afterwards."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    kind = models.CharField(max_length=60)
    once = models.CharField(max_length=120, unique=True, null=True)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-written_at", "-id"], name="mail_newest")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"


class RemovedFile(models.Model):
    """A stored file that must not be served from the moment its action is committed; a job then removes it."""

    key = models.CharField(primary_key=True, max_length=120)
    removed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class Clock(models.Model):
    """How far a demonstration's clock is ahead of the real one, and the moment to which it was set last."""

    ONLY: ClassVar[int] = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY, editable=False)
    ahead = models.DurationField(default=timedelta)
    set_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="clock_is_one_row"),
            models.CheckConstraint(condition=models.Q(ahead__gte=timedelta()), name="clock_never_goes_back"),
        ]

    def __str__(self) -> str:
        return f"ahead by {self.ahead}"
