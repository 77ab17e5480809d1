"""What holders show of their awards, and to whom."""

from django.db import models
from django.db.models import Q

from touchstone.credentials.enums import Visibility
from touchstone.credentials.models.signing import Award
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Pseudonym
from touchstone.portfolio.models import Artifact


class ShownArtifact(models.Model):
    """A piece of evidence that the holder shows with an award she shares: its cleaned copy, never her original.

    ``token`` names it in addresses and in the badge, so that nobody learns what the piece is called anywhere else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="shown")
    artifact = models.ForeignKey(Artifact, on_delete=models.CASCADE, related_name="+")
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["award", "artifact"], name="artifact_shown_once_with_an_award")]

    def __str__(self) -> str:
        return self.token


class Collection(models.Model):
    """Awards that a holder shows together, in her order and under a name of hers: privately, or by link."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    holder = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    sentence = models.CharField(max_length=300, blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PRIVATE)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(visibility=Visibility.LISTED), name="collection_is_never_listed")
        ]
        indexes = [models.Index(fields=["holder", "made_at"], name="collection_of_holder")]

    def __str__(self) -> str:
        return self.token


class CollectionEntry(models.Model):
    """An award's place in a collection, counted from 1."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["collection", "award"], name="one_place_in_a_collection")]

    def __str__(self) -> str:
        return f"{self.place} of {self.collection_id}"


class DayViews(models.Model):
    """How often the page of an award or a collection (``of`` is its id) was opened by others on a day (UTC).

    A number and nothing else: neither who, nor from where, nor whether it was one person or several.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.UUIDField()
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "day"], name="one_count_of_views_a_day")]

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"


class HostedBadge(models.Model):
    """The holder publishes an award's badge in the older form too (Open Badges 2.0), with the hash of her address."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="hosted")
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"hosted badge of {self.award_id}"


class TranscriptKey(models.Model):
    """A key of the platform's own (Ed25519), which signs transcripts and nothing else; sealed as issuers' keys are.

    The newest signs; all stay published, so that every transcript goes on verifying.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    public = models.CharField(max_length=60, unique=True)  # Multikey, z6Mk…
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public
