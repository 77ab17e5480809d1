"""Awards, the signed badges that carry them, and what issuers need to sign."""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q

from touchstone.catalogue.models import StackVersion, Version
from touchstone.credentials.enums import RevocationReason, RunKind, SuspensionReason, Visibility
from touchstone.credentials.models.keys import SigningKey
from touchstone.credentials.models.statements import Statement
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Organisation, Pseudonym
from touchstone.portfolio.models import Attempt


class StatusList(models.Model):
    """A Bitstring Status List of one issuer: ``bits`` raw, ``text`` the signed credential, ``token`` names it.

    ``token_text`` is the same list for badges read as tokens, signed with the key of tokens.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    bits = models.BinaryField()
    text = models.TextField()
    token_text = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.token


class Award(models.Model):
    """The fact that a holder met a version, or completed a stack, on a date. ``levels`` maps criteria to levels met.

    A suspended award is looked into: pages here say so, badges and status lists do not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    holder = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    stack_version = models.ForeignKey(StackVersion, null=True, on_delete=models.PROTECT, related_name="+")
    attempt = models.OneToOneField(Attempt, null=True, on_delete=models.PROTECT, related_name="+")
    levels = models.JSONField(default=dict)
    awarded_at = models.DateTimeField()
    awarded_on = models.DateField()  # in the issuer's time zone, fixed once
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="awards")
    status_index = models.PositiveIntegerField()
    revoked_at = models.DateTimeField(null=True)
    revocation_reason = models.CharField(max_length=12, choices=RevocationReason, blank=True)
    revocation_note = models.TextField(blank=True)
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="awards")
    valid_until = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspension_reason = models.CharField(max_length=12, choices=SuspensionReason, blank=True)
    suspension_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version=None) ^ Q(stack_version=None), name="award_is_of_a_version_or_of_a_stack"
            ),
            models.UniqueConstraint(fields=["holder", "version"], name="one_award_per_version"),
            models.UniqueConstraint(fields=["holder", "stack_version"], name="one_award_per_stack_version"),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="one_award_per_status_index"),
        ]
        indexes = [
            models.Index(F("holder"), F("awarded_at").desc(), name="award_of_holder"),
            models.Index(fields=["issuer", "id"], name="award_of_issuer"),
        ]

    def __str__(self) -> str:
        return self.token

    @property
    def title(self) -> str:
        """The name of what was awarded, as it stood then."""
        return str((self.version or self.stack_version).title)  # type: ignore[union-attr]


class Badge(models.Model):
    """The signed badge of an award, letter for letter: as JSON and as a token. A newer one replaces it, with the same
    id; the first date stays the award's."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="badge")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="badges")
    text = models.TextField()
    token = models.TextField(blank=True)  # empty until the badge is signed again by a version that makes tokens
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"badge of {self.award_id}"

    @property
    def document(self) -> dict[str, Any]:
        """What the text says."""
        document: dict[str, Any] = json.loads(self.text)
        return document


class SigningRun(models.Model):
    """Many badges of one issuer signed in the background: see RunKind for which."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=RunKind)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind"], condition=Q(finished_at=None), name="one_signing_run_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.done} of {self.total}"
