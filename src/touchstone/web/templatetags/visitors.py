"""Where somebody came from, as it is shown to her."""

from django import template
from django.utils.translation import gettext as _

from touchstone.kit import visitors

register = template.Library()


@register.filter
def network(address: str) -> str:
    """A coarse network, with a mark where it was cut; empty when it is not known."""
    if not address or address == visitors.UNKNOWN:
        return ""
    if ":" in address:
        return address.removesuffix("::") + ":…"
    return ".".join(address.split(".")[:2]) + ".x.x"


@register.filter
def browser(agent: str) -> str:
    """The browser's family, from what it calls itself."""
    return visitors.browser_of(agent) or _("Unknown browser")
