"""Submissions, their attempts, and the evidence in them."""

from django.db import models
from django.db.models import Q

from touchstone.catalogue.models import Version
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Organisation, Pseudonym
from touchstone.portfolio.enums import ArtifactKind, AttemptState, AttestationKind, GoneBecause


class Submission(models.Model):
    """One earner's way to one micro-credential. It stays on the version she began with.

    ``kept``: fingerprints of what she said tells nobody who she is (portfolio.identities).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    earner = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    current = models.OneToOneField("Attempt", null=True, on_delete=models.PROTECT, related_name="+")
    kept = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["earner", "version"], name="one_submission_per_version")]
        indexes = [models.Index(fields=["earner", "-started_at"], name="submission_of_earner")]

    def __str__(self) -> str:
        return self.token


class Attempt(models.Model):
    """A numbered try. A draft is the earner's to change; from submitting on, nothing in it changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=AttemptState, default=AttemptState.DRAFT)
    carried = models.JSONField(default=dict)  # criterion -> level, met in an earlier attempt and kept
    met = models.JSONField(default=dict)  # criterion -> level, met by the end of this attempt
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    due_date = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    employers = models.ManyToManyField(Organisation, related_name="+")  # as they were at submitting

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_attempt_per_number"),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(state__in=[AttemptState.DRAFT, AttemptState.SUBMITTED]),
                name="one_open_attempt",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.submission_id}"


class Answer(models.Model):
    """The text for one prompt. ``revision`` counts saves, so that two tabs never overwrite each other silently.

    ``blind`` is what assessors read: the text without what tells who wrote it, made when the attempt is handed in.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    prompt = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    blind = models.TextField(null=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "prompt"], name="one_answer_per_prompt")]

    def __str__(self) -> str:
        return f"{self.prompt} of {self.attempt_id}"


class Artifact(models.Model):
    """One file, link or text of evidence. ``original`` and ``blind`` are storage keys: the earner's file, and the copy
    without identifying metadata that assessors get. ``findings`` says what was taken out. ``blind_text`` is what
    assessors read of a text or an address. From ``gone_at`` on nothing of it is left but its place.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="artifacts")
    attempts = models.ManyToManyField(Attempt, related_name="artifacts")
    slot = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=ArtifactKind)
    name = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    url = models.URLField(max_length=1000, blank=True)
    group = models.CharField(max_length=10, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    blind_media_type = models.CharField(max_length=100, blank=True)
    blind_name = models.CharField(max_length=60, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    original = models.CharField(max_length=120, blank=True)
    blind = models.CharField(max_length=120, blank=True)
    findings = models.JSONField(default=list)
    blind_text = models.TextField(null=True)
    gone_because = models.CharField(max_length=8, choices=GoneBecause, blank=True, db_default="")
    gone_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="artifact_hash")]

    def __str__(self) -> str:
        return self.blind_name or self.kind


class Attestation(models.Model):
    """What the earner confirmed when she submitted an attempt."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="attestations")
    kind = models.CharField(max_length=10, choices=AttestationKind)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "kind"], name="one_attestation_per_kind")]

    def __str__(self) -> str:
        return self.kind
