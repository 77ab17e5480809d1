"""The last use of a link, the last administrator, two roles that exclude each other: at the same moment."""

from collections.abc import Iterator

import pytest

from tests import builders as b
from tests.concurrency.harness import clear_unflushed, race
from tests.integration.people.conftest import Places, settle
from touchstone.people import actions, errors
from touchstone.people.models import Employment, Invitation, Membership


@pytest.fixture
def places(transactional_db: None) -> Iterator[Places]:
    clear_unflushed()
    yield settle()
    clear_unflushed()


def test_at_once_when_only_one_can_be_then_exactly_one_is(places: Places):
    """One test, because emptying every table between tests is what takes long."""
    _invitation, token = actions.make_invitation_link(
        actor=places.manager,
        organisation=places.issuer,
        role="assessor",
        employs=True,
        max_uses=1,
        expires_at=b.later(days=9),
        now=b.NOW,
    )
    people = [b.actor(b.person()) for _ in range(4)]
    done = race(*[lambda who=who: actions.accept_invitation(actor=who, token=token, now=b.NOW) for who in people])
    assert done.refusals == [errors.InvitationUsedUp] * 3
    assert Invitation.objects.get().uses == 1
    assert Membership.objects.filter(role="assessor").count() == Employment.objects.count() == 1

    second = b.administrator(places.school)
    done = race(
        *[
            lambda who=who: actions.leave_membership(actor=who, membership=who.membership, now=b.NOW)
            for who in (places.principal, second)
        ]
    )
    assert done.refusals == [errors.LastAdministrator]

    ada = b.person()
    done = race(
        *[
            lambda role=role: actions.grant_membership(
                actor=places.manager,
                person=ada.pseudonym,
                organisation=places.issuer,
                role=role,
                from_date=b.NOW.date(),
                now=b.NOW,
            )
            for role in ("award_staff", "scoring_leader")
        ]
    )
    assert done.refusals == [errors.RolesExclude]

    facts = {"actor": b.actor(ada), "kind": "kin", "name": "Somebody", "now": b.NOW}
    done = race(*[lambda: actions.state_conflict(**facts)] * 3)
    assert len({row.id for row in done.results}) == 1
