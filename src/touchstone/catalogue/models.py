"""Micro-credentials and stacks. A published version never changes: submissions, scores and awards point at it."""

from dataclasses import dataclass

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from touchstone.catalogue import reading
from touchstone.core.content import closest
from touchstone.kit.ids import new_id
from touchstone.people.models import Organisation


class MicroCredential(models.Model):
    """One discrete competency an issuer recognises; its substance stands in its versions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    current = models.OneToOneField("Version", null=True, on_delete=models.PROTECT, related_name="+")
    staff_release = models.BooleanField(default=False)  # award staff release each decision, instead of at once

    def __str__(self) -> str:
        return self.slug


@dataclass(frozen=True, slots=True)
class Heading:
    """What lists show of a document, in one language."""

    language: str
    title: str
    summary: str


class Translated:
    """An edition whose ``translations`` are language -> title and summary, as they stand in its document."""

    language: str
    title: str
    summary: str
    translations: dict[str, dict[str, str]]

    @property
    def heading(self) -> Heading:
        """Title and summary in the reader's language, else in the edition's own."""
        own = Heading(self.language, self.title, self.summary)
        chosen = closest([self.language, *self.translations], reading.language())
        return Heading(chosen, **self.translations[chosen]) if chosen in self.translations else own


class Version(Translated, models.Model):
    """One immutable edition. ``document`` is the whole item as published (core.content); the other columns are
    read from it for lists and search. ``content_hash`` is the SHA-256 of its RFC 8785 form.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    micro_credential = models.ForeignKey(MicroCredential, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    translations = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    grain = models.CharField(max_length=10)
    estimated_hours = models.DecimalField(max_digits=6, decimal_places=2)
    published_at = models.DateTimeField()
    search = SearchVectorField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["micro_credential", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["micro_credential", "content_hash"], name="one_version_per_content"),
        ]
        indexes = [GinIndex(fields=["search"], name="version_search")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Stack(models.Model):
    """A set of micro-credentials that together show a larger skill."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    current = models.OneToOneField("StackVersion", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.slug


class StackVersion(Translated, models.Model):
    """One immutable edition of a stack: its words and its rule (core.pathways)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stack = models.ForeignKey(Stack, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    translations = models.JSONField(default=dict)
    members = models.ManyToManyField(MicroCredential, related_name="stack_versions")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stack", "number"], name="one_stack_version_per_number")]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class Topic(models.Model):
    """A topic of the catalogue and the other words people search it by; ``translations`` are language -> both."""

    key = models.SlugField(primary_key=True, max_length=60)
    label = models.CharField(max_length=80)
    synonyms = models.JSONField(default=list)
    translations = models.JSONField(default=dict)

    def __str__(self) -> str:
        chosen = closest(self.translations, reading.language())
        return str(self.translations[chosen]["label"]) if chosen else self.label

    @property
    def words(self) -> list[str]:
        """Every word it is found by, in every language."""
        entries = [{"label": self.label, "synonyms": self.synonyms}, *self.translations.values()]
        return [word for entry in entries for word in (entry["label"], *entry["synonyms"])]
