"""Who somebody is, gathered for one purpose: to take it out of what others read (core.privacy)."""

from uuid import UUID

from touchstone.core.privacy import KnownIdentities
from touchstone.people import queries
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Organisation, Person
from touchstone.people.tree import ancestors_of

_DISTRICTS = {OrganisationKind.DISTRICT, OrganisationKind.REGIONAL_AGENCY}
_LONGEST = 200  # characters; no name in these tables is longer


def known_identities(person: UUID) -> KnownIdentities:
    """A person's names, addresses, and the schools and districts she works or worked in. Five queries.

    Employers of the past count too: what she wrote then may still name them.
    """
    row = Person.objects.filter(pseudonym_id=person).prefetch_related("former_names").first()
    if row is None:
        return KnownIdentities()
    addresses = queries.verified_addresses(person)
    employers = set(Organisation.objects.filter(employments__person_id=person).values_list("id", flat=True))
    above = {one for found in ancestors_of(employers).values() for one, _kind in found}
    places = list(Organisation.objects.filter(id__in=employers | above).values_list("name", "kind"))
    return KnownIdentities(
        own_names=(row.name,) if row.name else (),
        former_names=tuple(old.name for old in row.former_names.all()),
        schools=tuple(name[:_LONGEST] for name, kind in places if kind not in _DISTRICTS and kind != _STATE),
        districts=tuple(name[:_LONGEST] for name, kind in places if kind in _DISTRICTS),
        emails=tuple(address[:_LONGEST] for address in sorted(addresses)),
        handles=tuple(sorted(_user_names(addresses))),
    )


_STATE = OrganisationKind.STATE_AGENCY  # a whole state tells nobody who she is


def _user_names(addresses: set[str]) -> set[str]:
    """The parts before the @ that are no mere word: “rmarchetti7”, “rosa.marchetti”, but not “info”."""
    names = {address.partition("@")[0] for address in addresses}
    return {name[:_LONGEST] for name in names if len(name) > 5 and not name.isalpha()}
