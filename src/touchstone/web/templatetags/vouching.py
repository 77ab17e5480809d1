"""How an award was judged and what organisations say of it, for the pages that include them."""

from django import template
from django.template.context import Context
from django.urls import reverse

from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_shown
from touchstone.credentials import queries
from touchstone.credentials.judging import in_words, judged_from
from touchstone.credentials.models import Award, Endorsement
from touchstone.people.models import Organisation

register = template.Library()

type About = Version | Organisation | Award


@register.filter
def judged_in_words(award: Award) -> list[str]:
    """``{{ award|judged_in_words }}``: sentences on how its work was judged; none where nothing was stated."""
    if award.statement is None or award.version is None:
        return []
    return in_words(judged_from(award.statement.facts), item_shown(award.version))


@register.simple_tag
def endorsements_of(about: About) -> list[Endorsement]:
    """``{% endorsements_of version as rows %}``: the endorsements that stand."""
    return queries.list_endorsements(about)


@register.simple_tag(takes_context=True)
def way_to_endorse(context: Context, about: About) -> str:
    """``{% way_to_endorse version as url %}``: where the reader may endorse it; empty where she may not."""
    request = context["request"]
    if not queries.may_endorse(request.actor):
        return ""
    return f"{reverse('give_endorsement')}?of={request.path}"
