"""Who may assess what, who was asked, what they scored, and what followed from it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from touchstone.assessment.enums import AssignmentState, Outcome, SecondReading
from touchstone.catalogue.models import MicroCredential
from touchstone.kit.ids import new_id, new_token
from touchstone.people.models import Organisation, Pseudonym
from touchstone.portfolio.models import Attempt

RULING = 3  # the reading that settles what two readers disagree on
IN_HAND = [AssignmentState.OFFERED, AssignmentState.ACCEPTED]
OPEN = [*IN_HAND, AssignmentState.SCORED]
AT_ONCE = 10  # works an assessor holds at most, until she says otherwise


def code_of(token: str) -> str:
    """How people name a piece of work, short enough to say aloud."""
    return f"{token[:4]}-{token[4:8]}".upper()


class Qualification(models.Model):
    """An assessor may score this micro-credential live."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessor = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    micro_credential = models.ForeignKey(MicroCredential, on_delete=models.PROTECT, related_name="+")
    from_date = models.DateField()
    to_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessor", "micro_credential"], condition=Q(to_date=None), name="one_open_qualification"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessor_id} for {self.micro_credential_id}"


class Availability(models.Model):
    """How much an assessor takes, in all pools together, and in which languages she reads, as she told us herself.

    ``at_once`` limits what she holds, ``weekly`` what she is offered within seven days. Without languages she reads
    English and that of her own pages.
    """

    assessor = models.OneToOneField(Pseudonym, primary_key=True, on_delete=models.PROTECT, related_name="+")
    at_once = models.PositiveSmallIntegerField(default=AT_ONCE)
    weekly = models.PositiveSmallIntegerField(null=True)
    languages = ArrayField(models.CharField(max_length=10), default=list)

    def __str__(self) -> str:
        return f"{self.assessor_id}: {self.at_once} at once"


class PoolAlliance(models.Model):
    """An issuer may ask another one's assessors when nobody of its own can read. Counts once both have agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ally = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(issuer=F("ally")), name="alliance_joins_two_issuers"),
            models.UniqueConstraint(
                fields=["issuer", "ally"], condition=Q(ended_at=None), name="one_open_alliance_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuer_id} asks {self.ally_id}"


class ReadingPlan(models.Model):
    """How often an attempt is read, settled when it is first given out. ``share`` is the promise then in force.

    ``token`` is all a scoring leader sees of whose work it is. ``disagreed_at``: when two readings were found to
    differ so that a third must rule. ``searching_since``: while a reading is due that nobody may take. ``widened_at``:
    a scoring leader let assessors of earlier attempts read. ``waived_at``: she let one reading stand where two were
    promised, for the reason written in ``waiver``; ``second`` keeps the promise, so what was broken can be counted.
    """

    attempt = models.OneToOneField(Attempt, primary_key=True, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=26, unique=True, default=new_token)
    share = models.DecimalField(max_digits=4, decimal_places=3)
    second = models.CharField(max_length=10, choices=SecondReading, blank=True)
    drawn_at = models.DateTimeField()
    disagreed_at = models.DateTimeField(null=True)
    searching_since = models.DateTimeField(null=True)
    widened_at = models.DateTimeField(null=True)
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT, related_name="+")
    waiver = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["disagreed_at"], name="plan_disagreed", condition=~Q(disagreed_at=None)),
            models.Index(fields=["searching_since"], name="plan_searching", condition=~Q(searching_since=None)),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.second or 'once'}"

    @property
    def code(self) -> str:
        return code_of(self.token)


class Assignment(models.Model):
    """One attempt in one assessor's hands. ``token`` is all she ever sees of whose work it is.

    ``read`` is 1 or 2 for independent readings, 3 for the ruling where they disagree; ``criteria`` names what is to be
    scored when that is not all of the rubric. ``ally`` is the allied issuer from whose pool she was asked, if not from
    the issuer's own. ``reasons`` say why she, as keys and numbers (core.assignment.words makes sentences of them).
    ``recognised``: she handed it back because she thinks she knows whose work it is.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="+")
    read = models.PositiveSmallIntegerField(default=1)
    criteria = models.JSONField(default=list)
    ally = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.JSONField(default=list)
    recognised = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    scored_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "assessor"], name="one_assignment_per_assessor"),
            models.UniqueConstraint(
                fields=["attempt", "read"], condition=Q(state__in=OPEN), name="one_open_assignment_per_read"
            ),
        ]
        indexes = [models.Index(fields=["assessor", "state"], name="assignment_of_assessor")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return code_of(self.token)


class Score(models.Model):
    """A level and a comment for one criterion by one assessor; frozen once the assignment is scored."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=60)
    level = models.CharField(max_length=60, blank=True)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "criterion"], name="one_score_per_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.level or 'open'}"


class Decision(models.Model):
    """What the passing rule made of the scores. ``reasons`` is one entry per criterion (core.rubric)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token = models.CharField(max_length=26, unique=True, default=new_token)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.JSONField()
    decided_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.outcome} on {self.attempt_id}"

    @property
    def code(self) -> str:
        return code_of(self.token)
