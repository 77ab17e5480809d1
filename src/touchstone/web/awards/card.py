"""The picture of an award that other sites show beside its address (Open Graph)."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from touchstone.credentials.models import Award
from touchstone.web.awards.documents import mark_of
from touchstone.web.awards.typesetting import set_png
from touchstone.web.ui.hallmark import hallmark_svg


def card_png(award: Award, *, holder: str) -> bytes:
    """1200 × 630 pixels. ``holder`` is empty where her name is not to be shown."""
    mark = mark_of(award)
    data = {
        "lang": (get_language() or "en").partition("-")[0],
        "kicker": _("Micro-credential") if award.version else _("Stack"),
        "title": award.title,
        "words": _words(award, holder),
        "issuer": award.issuer.name,
        "mark": hallmark_svg(mark.slug, mark.issuer, mark.topics, stack=mark.stack),
    }
    return set_png("card", data)


def _words(award: Award, holder: str) -> str:
    if award.revoked_at:
        return _("This award was revoked.")
    return _("Awarded to %(holder)s") % {"holder": holder} if holder else _("Awarded for evidence from the classroom")
