"""Choices of the insights."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ValidityKind(TextChoices):
    """What an entry of a validity record tells of."""

    PANEL = "panel", _("Panel")
    ALIGNMENT = "alignment", _("Alignment judgement")
    PILOT = "pilot", _("Pilot finding")
    STANDARD = "standard", _("How the passing line was set")
    CHANGE = "change", _("Change and its reason")
