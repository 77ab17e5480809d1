"""Choices of the portfolio context."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttemptState(TextChoices):
    DRAFT = "draft", _("In progress")
    SUBMITTED = "submitted", _("Being assessed")
    NOT_YET = "not_yet", _("Not yet")
    EARNED = "earned", _("Earned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ArtifactKind(TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")
    TEXT = "text", _("Text")


class AttestationKind(TextChoices):
    OWN_WORK = "own_work", _("This is my own work, from my own practice.")
    RELEASES = "releases", _("I hold a signed release for every student who can be recognised in this evidence.")
    READY = "ready", _("I have read the rubric and this is ready to be assessed.")


class GoneBecause(TextChoices):
    """Why a piece of evidence is not there any more, as its pages say it."""

    RELEASE = "release", _("A release for it was withdrawn, so it was removed.")
    ERASED = "erased", _("The earner had her data erased, so it was removed.")
