"""Looks behind glass: platform staff who must know who somebody is, for a while and for a reason."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from touchstone.kit.ids import new_id, new_token
from touchstone.people.enums import GlassCause
from touchstone.people.models.persons import Pseudonym

LONGEST = timedelta(minutes=60)
SHORTEST_REASON, LONGEST_REASON = 20, 2000  # signs


class GlassBreak(models.Model):
    """One opening: who looks, at whom, why, until when. The row stays; what it showed is stored nowhere.

    ``reason`` is kept without names and read by platform staff alone, for it may tell of others; the person is told
    the ``cause``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    staff = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=10, choices=GlassCause)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(staff=F("subject")), name="glass_never_ones_own"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("opened_at")) & Q(expires_at__lte=F("opened_at") + LONGEST),
                name="glass_open_an_hour_at_most",
            ),
        ]
        indexes = [models.Index(fields=["-opened_at", "-id"], name="glass_newest")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """How platform staff name an opening."""
        return f"{self.token[:4]}-{self.token[4:8]}".upper()

    def is_open(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.expires_at
