"""The addresses by which an award is passed on: itself, as a code to scan, for a profile, for another page."""

from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import segno
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import escape
from django.utils.translation import gettext as _

from touchstone.credentials import identifiers
from touchstone.credentials.models import Award, Collection

LINKEDIN = "https://www.linkedin.com/profile/add"
CARD = (1200, 630)
_EMBEDDED = (600, 315)


def address_of(award: Award) -> str:
    return f"{settings.ORIGIN}{identifiers.award_path(award)}"


def collection_address(row: Collection) -> str:
    return f"{settings.ORIGIN}/collections/{row.token}/"


def card_address(award: Award) -> str:
    return f"{address_of(award)}/card.png"


def qr_svg(address: str) -> str:
    """A QR code as an SVG document, with the quiet zone the standard asks for (ISO/IEC 18004: four modules)."""
    file = BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", border=4, scale=4, xmldecl=False, light="#fff")
    return file.getvalue().decode()


def linkedin_address(award: Award) -> str:
    """LinkedIn's page for adding a certification to one's profile, with the fields of this award filled in."""
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": award.title,
        "organizationName": award.issuer.name,
        "issueYear": award.awarded_on.year,
        "issueMonth": award.awarded_on.month,
        "certUrl": address_of(award),
        "certId": award.token,
    }
    return f"{LINKEDIN}?{urlencode(fields)}"


def snippet(award: Award) -> str:
    """HTML, as text to be copied, for somebody's own page: a picture that leads to the award. Nothing in it counts."""
    words = _("%(title)s, awarded by %(issuer)s") % {"title": award.title, "issuer": award.issuer.name}
    width, height = _EMBEDDED
    return (
        f'<a href="{escape(address_of(award))}"><img src="{escape(card_address(award))}"'
        f' width="{width}" height="{height}" alt="{escape(words)}"></a>'
    )


def oembed_address(award: Award) -> str:
    return f"{settings.ORIGIN}/oembed?{urlencode({'url': address_of(award)})}"


def oembed(award: Award) -> dict[str, Any]:
    """What an award is to a page that embeds it (oEmbed 1.0, section 2.3.4.4, type ``rich``)."""
    width, height = _EMBEDDED
    return {
        "version": "1.0",
        "type": "rich",
        "title": award.title,
        "author_name": award.issuer.name,
        "provider_name": "Touchstone",
        "provider_url": settings.ORIGIN,
        "html": snippet(award),
        "width": width,
        "height": height,
        "thumbnail_url": card_address(award),
        "thumbnail_width": CARD[0],
        "thumbnail_height": CARD[1],
    }


def award_named(address: str) -> str:
    """The token of the award an address of ours leads to; empty for any other."""
    if not address.startswith(f"{settings.ORIGIN}/"):
        return ""
    try:
        match = resolve(urlsplit(address).path)
    except (ValueError, Resolver404):
        return ""
    return str(match.kwargs["token"]) if match.url_name == "award" else ""
