"""Badges that holders earned elsewhere and keep here beside their awards. They are never ours."""

from datetime import datetime

from django.db import models
from django.db.models import F

from touchstone.core.openbadges.report import Summary
from touchstone.credentials.enums import BadgeForm
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Pseudonym


class ImportedBadge(models.Model):
    """A badge as it came, byte for byte in ``content``: its text, or the picture that holds it.

    ``key`` is the hash of what makes two badges the same. What stands beside the content was read from it, or found
    when it was checked last: ``summary`` and ``steps`` (core.openbadges.report), and whether it was issued to an
    address that its holder has shown to be hers.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    holder = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    form = models.CharField(max_length=8, choices=BadgeForm)
    content = models.BinaryField()
    media_type = models.CharField(max_length=40)
    badge_id = models.TextField()
    issuer_id = models.TextField()
    issuer_name = models.TextField(blank=True)
    achievement_id = models.TextField(blank=True)
    name = models.TextField(blank=True)
    description = models.TextField(blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    is_hers = models.BooleanField()
    summary = models.CharField(max_length=20)
    steps = models.JSONField()
    received_at = models.DateTimeField()
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["holder", "key"], name="one_import_per_badge")]
        indexes = [models.Index(F("holder"), F("received_at").desc(), F("id").desc(), name="import_of_holder")]

    def __str__(self) -> str:
        return self.token

    def standing(self, now: datetime) -> Summary:
        """What came out of the last check; a badge may have run out since."""
        summary = Summary(self.summary)
        ran_out = self.valid_until is not None and self.valid_until < now
        return Summary.EXPIRED if ran_out and summary in {Summary.VALID, Summary.NOT_FULLY_CHECKED} else summary
