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
    PART = "part", _("Something it was built on no longer stands")


class SuspensionReason(TextChoices):
    """Why an award is looked into, as its page says."""

    INTEGRITY = "integrity", _("A question about the work is being looked into")
    FACTS = "facts", _("A fact of the award is being checked")


class RunKind(TextChoices):
    """Why many badges are signed at once."""

    FIRST = "first", _("Signing new badges")
    RENEWAL = "renewal", _("Signing again under a new key")
    AGAIN = "again", _("Signing again to say what is new")


class BadgeForm(TextChoices):
    """The form in which a badge earned elsewhere came."""

    JSON = "json", _("Open Badges 3.0")
    TOKEN = "token", _("Open Badges 3.0 as a token (JWT)")
    OLDER = "older", _("Open Badges 2.0")
