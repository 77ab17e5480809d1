"""The certificate of an award as PDF: what was earned, to be printed, with the signed badge inside the file."""

from typing import Any

from django.conf import settings
from django.template.defaultfilters import date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from touchstone.catalogue.queries import item_of, stack_document
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award
from touchstone.web.awards import links
from touchstone.web.awards.documents import NoCertificate, NoCertificateNow, mark_of, signed_badge
from touchstone.web.awards.pages import criteria_met
from touchstone.web.awards.typesetting import set_pdf
from touchstone.web.ui.hallmark import hallmark_svg

LONGEST_DESCRIPTOR = 600  # characters; an author's longest would push the way to verify off the last page


def certificate_pdf(award: Award, *, holder: str, paper: str) -> bytes:
    """In the reader's language; ``paper`` is a4 or us-letter.

    Raises NoCertificate, NoCertificateNow, BadgeNotSigned.
    """
    if award.revoked_at:
        raise NoCertificate
    if award.suspended_at:
        raise NoCertificateNow
    letters = _("Some letters on this page are missing from the fonts at hand. The page of the award shows them all.")
    return set_pdf("certificate", _data(award, holder, paper), note=letters)


def _data(award: Award, holder: str, paper: str) -> dict[str, Any]:
    mark, address = mark_of(award), links.address_of(award)
    words, language = _substance(award)
    on = date(award.awarded_on, "DATE_FORMAT")
    return {
        "paper": paper,
        "lang": _language(get_language() or "en"),
        "content": _language(language),
        "date": [award.awarded_on.year, award.awarded_on.month, award.awarded_on.day],
        "heading": _("Certificate: %(title)s") % {"title": award.title},
        "kicker": _("Micro-credential") if award.version else _("Stack"),
        "title": award.title,
        "awarded_to": _("Awarded to"),
        "holder": holder,
        "issuer": award.issuer.name,
        "given": _("by %(issuer)s, %(on)s") % {"issuer": award.issuer.name, "on": on},
        "competency": words,
        "criteria_heading": _("Criteria met"),
        "columns": [_("Criterion"), _("Level met")],
        "criteria": [
            {
                "criterion": row.criterion,
                "level": row.level.name,
                "descriptor": _shortened(row.level.descriptor),
            }
            for row in criteria_met(award)
        ],
        "mark": hallmark_svg(mark.slug, mark.issuer, mark.topics, stack=mark.stack),
        "mark_alt": _("The mark of “%(title)s”") % {"title": award.title},
        "verify_heading": _("How to verify it"),
        "verify_words": _verify_words(award),
        "attached": _("The signed badge (Open Badges 3.0)"),
        "attached_words": _(
            "The signed badge is attached to this PDF as badge.json. It can be checked without this site too, or at"
            " %(place)s."
        )
        % {"place": f"{settings.ORIGIN}/verify/"},
        "address": address,
        "qr": links.qr_svg(address),
        "qr_alt": _("QR code with the address of this award, which stands in words beside it"),
        "badge": signed_badge(award).text,
    }


def _verify_words(award: Award) -> str:
    if award.visibility == Visibility.PRIVATE:
        return _("The page of this award is private now. Its holder can open it to you by this address:")
    return _("Scan the code, or open this address. The page checks the badge and says whether it still counts:")


def _substance(award: Award) -> tuple[str, str]:
    """What the award says its holder can do, and the language it is written in."""
    if award.version:
        item = item_of(award.version)
        return item.competency, item.language
    assert award.stack_version_id, "an award is of a version or of a stack"
    stack = stack_document(award.stack_version_id)
    return stack.summary, stack.language


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_DESCRIPTOR else text[: LONGEST_DESCRIPTOR - 1].rstrip() + "…"


def _language(code: str) -> str:
    """As typst takes it: the two or three letters without the region."""
    return code.partition("-")[0].lower()
