"""Issuers' keys."""

from django.db import models
from django.db.models import Q

from touchstone.kit.ids import new_id
from touchstone.people.models import Organisation


class SigningKey(models.Model):
    """An issuer's keys in use together: Ed25519 for badges, P-256 for the same badges as tokens.

    The sealed columns hold the private keys, encrypted. Every public key ever used stays published, unless it is known
    to be in other hands.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    public = models.CharField(max_length=60, unique=True)  # Multikey, z6Mk…
    sealed = models.BinaryField()
    token_public = models.CharField(max_length=60, unique=True, null=True)  # Multikey, zDna…; made at its first use
    token_sealed = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    compromised_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer"], condition=Q(retired_at=None), name="one_signing_key_in_use")
        ]

    def __str__(self) -> str:
        return self.public
