"""What somebody wants verified, as bytes: a file, pasted text, or the address of an award here."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext_lazy as _

from touchstone.credentials import queries
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound, Refusal
from touchstone.kit.ids import TOKEN_PATTERN

MOST_BYTES = 2 * 1024 * 1024
_PATH = re.compile(rf"/awards/({TOKEN_PATTERN})(?:/.*)?")


class NotOurAddress(Refusal):
    status = 400
    sentence = _(
        "This is not the address of an award here, and other sites are not looked up. Open it there, save the badge"
        " file, and choose that file above."
    )


class NothingToSee(Refusal):
    status = 404
    sentence = _("No award that you may see is at this address. Ask its holder to share it, or for the badge file.")


class NotSignedYet(Refusal):
    sentence = _("This award was given a moment ago and its badge is being signed. Please try again in a minute.")


class SmallFilesOnly(FileUploadHandler):
    """Stops taking in a file once it is larger than any badge, so that it fills no disk."""

    too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > MOST_BYTES:
            self.too_large = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None  # the next handler keeps the file


def badge_at(actor: Actor, address: str) -> bytes:
    """The badge of the award at an address of this site; nothing is fetched.

    Raises NotOurAddress, NothingToSee, NotSignedYet.
    """
    token = _award_token(address)
    try:
        award = queries.get_award(actor, token)
    except NotFound:
        raise NothingToSee from None
    badge = queries.find_badge(award)
    if badge is None:
        raise NotSignedYet
    return badge.text.encode()


def _award_token(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        raise NotOurAddress from None
    ours = not parts.netloc or parts.netloc == urlsplit(settings.ORIGIN).netloc
    found = _PATH.fullmatch(parts.path)
    if not ours or not found:
        raise NotOurAddress
    return found[1]
