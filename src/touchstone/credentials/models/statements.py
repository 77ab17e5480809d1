"""How work was judged, and what organisations say of items, issuers and awards: signed documents with addresses."""

from django.db import models

from touchstone.catalogue.models import Version
from touchstone.credentials.models.keys import SigningKey
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Organisation


class Statement(models.Model):
    """How work on a version was judged, as it stood when awards were made (credentials.judging.Judged as JSON).

    Awards judged alike share one, so it says nothing about anybody. ``text`` is signed anew when its key is given up;
    what it says never changes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    facts_hash = models.CharField(max_length=64)
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "facts_hash"], name="one_statement_per_finding")]

    def __str__(self) -> str:
        return self.token
