"""The ids inside signed documents. They come from the configured origin, never from a request.

With an https origin issuers are ``did:web`` and things have https addresses. Without one (demonstration) issuers are
``did:key`` and things ``urn:uuid``, so a badge still verifies elsewhere and survives another port.
"""

import uuid

from django.conf import settings

from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core.openbadges.keys import did_key
from touchstone.credentials.models import Award, Endorsement, Statement, StatusList
from touchstone.people.models import Organisation

_NAMESPACE = uuid.UUID("8d0c3f4e-55a1-4f9e-9d4e-0a3c8b0f6a11")


def thing(path: str) -> str:
    """The id of what stands at a path of ours, ``/awards/…`` for example."""
    if settings.HTTPS:
        return f"{settings.ORIGIN}{path}"
    plain, _, fragment = path.partition("#")
    urn = f"urn:uuid:{uuid.uuid5(_NAMESPACE, plain)}"
    return f"{urn}#{fragment}" if fragment else urn


def award(row: Award) -> str:
    return thing(award_path(row))


def award_path(row: Award) -> str:
    return f"/awards/{row.token}"


def issuer_did(issuer: Organisation, multikey: str) -> str:
    """The issuer as signed for with this key; with an https origin the same whatever the key."""
    if not settings.HTTPS:
        return did_key(multikey)
    host = settings.ORIGIN.removeprefix("https://").replace(":", "%3A")
    return f"did:web:{host}:issuers:{issuer.token}"


def version(row: Version) -> str:
    return thing(f"/micro-credentials/{item_of(row).slug}/versions/{row.number}")


def endorsement(row: Endorsement) -> str:
    return thing(f"/endorsements/{row.token}")


def statement(row: Statement) -> str:
    """Statements always have an address: badges send people there to read how the work was judged."""
    return f"{settings.ORIGIN}/statements/{row.token}"


def status_list(row: StatusList) -> str:
    """Status lists always have an address: whoever checks a badge must be able to fetch them."""
    return f"{settings.ORIGIN}/status/{row.token}"


def token_status_list(row: StatusList) -> str:
    """The same list for badges read as tokens."""
    return f"{status_list(row)}.jwt"
