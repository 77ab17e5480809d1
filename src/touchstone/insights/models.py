"""Read models about scoring, and the validity record of a rubric."""

from django.db import models

from touchstone.catalogue.models import Version
from touchstone.insights.enums import ValidityKind
from touchstone.kit.ids import new_id
from touchstone.people.models import Pseudonym


class Measurement(models.Model):
    """What was measured about the scores of a version, last night. A read model: made anew from the scores.

    ``figures`` are the findings (core.studies) with people and works by code; ``assessors`` maps code -> pseudonym,
    ``works`` code -> attempt for the works that the figures name; ``periods`` first and last day of each period that
    drift compares. ``export`` is the whole study as a zip (core.studies.bundle): the very rows that were measured.
    """

    version = models.OneToOneField(Version, primary_key=True, on_delete=models.CASCADE, related_name="+")
    measured_at = models.DateTimeField()
    figures = models.JSONField()
    assessors = models.JSONField(default=dict)
    works = models.JSONField(default=dict)
    periods = models.JSONField(default=list)
    export = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.version_id} at {self.measured_at:%Y-%m-%d %H:%M}"


class ValidityNote(models.Model):
    """One entry of the validity record: evidence that the rubric of a version judges what it says. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ValidityKind)
    on_date = models.DateField()
    text = models.TextField()
    noted_by = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["version", "on_date"], name="validity_of_version")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on_date}"
