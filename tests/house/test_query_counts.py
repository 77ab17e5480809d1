"""Every list costs the same number of queries at one row and at twenty."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.cast import Cast, gather
from touchstone.assessment import actions as assessment
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.people import queries as people

MANY = 20


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def _item(cast: Cast, number: int, *, staff_release: bool = False) -> Version:
    """Another item of the issuer, which the first assessor may score."""
    version = b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}")
    assessment.qualify_assessor(
        actor=b.SYSTEM,
        assessor=cast.assessor.person,
        micro_credential=version.micro_credential,
        from_date=b.NOW.date(),
        now=b.NOW,
    )
    catalogue.set_staff_release(
        actor=b.SYSTEM, micro_credential=version.micro_credential, staff=staff_release, now=b.NOW
    )
    return version


def _drafted(cast: Cast, number: int) -> None:
    b.draft(cast.earner, _item(cast, number))


def _offered(cast: Cast, number: int) -> None:
    b.submitted(cast.earner, _item(cast, number))


def _in_hand(cast: Cast, number: int) -> None:
    assignment = cast.assignment(b.submitted(cast.earner, _item(cast, number)))
    who = people.actor_of(cast.assessor.person_id, cast.assessor)
    assessment.accept_assignment(actor=who, token=assignment.token, now=b.NOW)


def _earned(cast: Cast, number: int, *, staff_release: bool = False) -> None:
    item = _item(cast, number, staff_release=staff_release)
    b.score(cast.assignment(b.submitted(cast.earner, item)), cast.assessor)


def _decided(cast: Cast, number: int) -> None:
    _earned(cast, number, staff_release=True)


def _listed(cast: Cast, number: int) -> None:
    _earned(cast, number)
    award = Award.objects.get(version__micro_credential__slug=f"item-{number}")
    credentials.share_award(actor=b.actor(cast.earner), token=award.token, visibility="listed", now=b.NOW)


def _stacked(cast: Cast, number: int) -> None:
    document = {
        "schema": 1,
        "slug": f"stack-{number}",
        "issuer": cast.issuer.slug,
        "language": "en",
        "title": f"Stack {number}",
        "summary": "A stack.",
        "description": "A stack.",
        "rule": {"schema": 1, "all_of": ["wait-time"]},
    }
    catalogue.publish_stack(actor=b.SYSTEM, document=document, now=b.NOW)


KINDS: tuple[Callable[[Cast, int], None], ...] = (_drafted, _offered, _in_hand, _listed, _decided, _stacked)
LISTS = (
    ("/", "anonymous"),
    ("/explore/", "anonymous"),
    ("/explore/?q=wait", "anonymous"),
    ("/issuers/exchange/", "anonymous"),
    ("/micro-credentials/wait-time/", "anonymous"),
    ("/earn/", "earner"),
    ("/awards/", "earner"),
    ("/assess/", "assessor"),
    ("/author/decisions/", "staff"),
    ("/author/awards/", "staff"),
    ("/demo/mail/", "anonymous"),
)


def _queries(cast: Cast, who: str, path: str) -> int:
    client = cast.client(who)
    client.get(path)  # what is read once per process is read now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_list_costs_the_same_at_one_row_and_at_twenty(cast: Cast):
    def add(row: int) -> None:
        for place, kind in enumerate(KINDS):
            kind(cast, row * len(KINDS) + place)

    add(0)
    at_one = {path: _queries(cast, who, path) for path, who in LISTS}
    for row in range(1, MANY):
        add(row)
    assert {path: _queries(cast, who, path) for path, who in LISTS} == at_one
