"""Choices of the credentials context."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
    PRIVATE = "private", _("Private")
    LINK = "link", _("By link")
    LISTED = "listed", _("Listed")


class RevocationReason(TextChoices):
    """The public class of a reason; what exactly happened stays a private note."""

    ERROR = "error", _("Issued in error")
    INTEGRITY = "integrity", _("Integrity finding")
    HOLDER = "holder", _("At the holder's request")
    SUPERSEDED = "superseded", _("Replaced by a newer badge")


class RunKind(TextChoices):
    """Why many badges are signed at once."""

    FIRST = "first", _("Signing new badges")
    RENEWAL = "renewal", _("Signing again under a new key")
