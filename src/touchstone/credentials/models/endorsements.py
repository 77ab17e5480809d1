"""What organisations say of versions, issuers and awards."""

from django.db import models
from django.db.models import Q

from touchstone.catalogue.models import Version
from touchstone.credentials.models.keys import SigningKey
from touchstone.credentials.models.signing import Award
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Organisation, Pseudonym


class Endorsement(models.Model):
    """An organisation vouches for a version, an issuer or an award of somebody else's; ``text`` is signed with its key.

    Badges signed while it stands carry it. A withdrawn one is shown no more and left out of badges signed later.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    endorser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    award = models.ForeignKey(Award, null=True, on_delete=models.CASCADE, related_name="endorsements")
    comment = models.TextField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    given_by = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False, issuer=None, award=None)
                | Q(version=None, issuer__isnull=False, award=None)
                | Q(version=None, issuer=None, award__isnull=False),
                name="endorsement_is_about_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["endorser", about], condition=Q(withdrawn_at=None), name=f"one_endorsement_per_{about}"
                )
                for about in ("version", "issuer", "award")
            ),
        ]

    def __str__(self) -> str:
        return self.token

    @property
    def title(self) -> str:
        """The name of what is endorsed."""
        named = self.version or self.award
        return str(named.title if named else self.issuer)
