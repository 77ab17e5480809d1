"""Choices of the assessment context."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AssignmentState(TextChoices):
    OFFERED = "offered", _("Offered to you")
    ACCEPTED = "accepted", _("In your hands")
    SCORED = "scored", _("Scored")
    DECLINED = "declined", _("Declined")
    CANCELLED = "cancelled", _("Withdrawn by the earner")
    REASSIGNED = "reassigned", _("Given to somebody else")


class Outcome(TextChoices):
    EARNED = "earned", _("Earned")
    NOT_YET = "not_yet", _("Not yet")


class SecondReading(TextChoices):
    """Why a piece of work is read twice."""

    LOT = "lot", _("Drawn by lot")
    NEAR_CUT = "near_cut", _("One step from the other outcome")
    ADVICE = "advice", _("Asked for by a scoring leader")
