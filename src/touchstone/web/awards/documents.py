"""The files of an award: its signed document, alone or inside its mark."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from touchstone.core.openbadges.bake import bake_png, bake_svg
from touchstone.credentials import queries
from touchstone.credentials.models import Award, Badge
from touchstone.kit.errors import Refusal
from touchstone.web.explore.pages import mark_png
from touchstone.web.ui.hallmark import hallmark_svg

SIZE = 512


class BadgeNotSigned(Refusal):
    status = 503
    sentence = _("The badge is being signed. Please come back in a minute; nothing is lost.")


class NoToken(Refusal):
    status = 404
    sentence = _("This badge was signed before badges came as tokens too. Take it as a file (JSON) instead.")


class NoCertificate(Refusal):
    status = 410
    sentence = _("This award was revoked, so there is no certificate of it.")


class NoCertificateNow(Refusal):
    sentence = _("This award is being looked into, so there is no certificate of it until that is settled.")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the hallmark of an award is drawn from, as things stood when it was given."""

    slug: str
    issuer: str
    topics: tuple[str, ...]
    stack: bool


def mark_of(award: Award) -> Mark:
    if award.version:
        return Mark(award.version.micro_credential.slug, award.issuer.slug, tuple(award.version.topics), stack=False)
    assert award.stack_version, "an award is of a version or of a stack"
    return Mark(award.stack_version.stack.slug, award.issuer.slug, (), stack=True)


def signed_badge(award: Award) -> Badge:
    """The badge of an award; raises BadgeNotSigned while the job that signs it waits."""
    badge = queries.find_badge(award)
    if badge is None:
        raise BadgeNotSigned
    return badge


def token_of(badge: Badge) -> str:
    """The badge as a token; raises NoToken for one signed before there were tokens."""
    if not badge.token:
        raise NoToken
    return badge.token


def baked_png(award: Award) -> bytes:
    """Raises BadgeNotSigned."""
    return bake_png(mark_png_of(award), signed_badge(award).text)


def mark_png_of(award: Award) -> bytes:
    mark = mark_of(award)
    return mark_png(mark.slug, mark.issuer, mark.topics, mark.stack)


def baked_svg(award: Award) -> bytes:
    """Raises BadgeNotSigned."""
    mark = mark_of(award)
    image = hallmark_svg(mark.slug, mark.issuer, mark.topics, size=SIZE, stack=mark.stack, title=award.title)
    return bake_svg(image.encode(), signed_badge(award).text)
