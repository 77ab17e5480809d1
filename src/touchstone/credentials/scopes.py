"""What an app may be allowed to do with a person's badges (1EdTech Open Badges 3.0, section 6.2.1 Scopes)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

_BASE = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
STAY = "offline_access"
"""Asked for by some wallets so that they stay connected (OpenID Connect Core 1.0, section 11). All of them do here."""


class Scope(TextChoices):
    READ_BADGES = f"{_BASE}credential.readonly", _("See all your badges, private ones too")
    BRING_BADGES = f"{_BASE}credential.upsert", _("Bring badges you earned elsewhere, and newer versions of them")
    READ_PROFILE = f"{_BASE}profile.readonly", _("See your name and your main e-mail address")
    CHANGE_PROFILE = f"{_BASE}profile.update", _("Change your name here")
