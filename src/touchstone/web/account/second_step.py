"""The second step at sign-in, which roles that see other people's data need: set up, and used in this session."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from touchstone.people.enums import Role

# An author writes items and sees nobody's work.
SEES_NOBODY = frozenset({Role.AUTHOR})


def is_needed(role: str) -> bool:
    """Whether this role may be acted in only after a second step (the setting ``SECOND_STEP``)."""
    return bool(settings.SECOND_STEP) and role not in SEES_NOBODY


def is_used(request: HttpRequest) -> bool:
    """Whether whoever is signed in took a second step in this session: a code, a recovery code or a passkey."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def is_set_up(request: HttpRequest, *kinds: str) -> bool:
    return bool(is_mfa_enabled(request.user, kinds or None))


def kinds_set_up(request: HttpRequest) -> set[str]:
    """Which of "totp" (codes of an app) and "webauthn" (passkeys) are set up."""
    wanted = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return {kind.value for kind in wanted if is_set_up(request, kind)}


def is_satisfied(request: HttpRequest, role: str) -> bool:
    return not is_needed(role) or (is_used(request) and is_set_up(request))
