"""Roles: who gives them, who may hold which together, and how they end at once."""

import datetime as dt

import pytest

from tests import builders as b
from tests.integration.people.conftest import Places
from touchstone.kit.actor import ANYONE, Actor
from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry
from touchstone.people import actions, errors, queries
from touchstone.people.models import Membership, Organisation, Person

TODAY = b.NOW.date()


def day(offset: int) -> dt.date:
    return TODAY + dt.timedelta(days=offset)


def grant(actor: Actor, person: Person, place: Organisation, role: str, **facts: dt.date) -> Membership:
    facts = {"from_date": TODAY, **facts}
    return actions.grant_membership(
        actor=actor, person=person.pseudonym, organisation=place, role=role, now=b.NOW, **facts
    )


@pytest.fixture
def ada(db: None) -> Person:
    return b.person("Ada")


@pytest.mark.parametrize("who", ["head", "principal", "desk"])
def test_grant_when_by_an_administrator_here_or_above_or_platform_staff_then_given_once(
    places: Places, ada: Person, who: str
):
    first = grant(getattr(places, who), ada, places.school, "facilitator", to_date=day(30))
    assert grant(getattr(places, who), ada, places.school, "facilitator") == first
    assert JournalEntry.objects.filter(verb="membership.granted", payload__membership_of=str(ada.pseudonym_id)).count()
    assert [row.role for row in queries.list_memberships(ada.pseudonym_id, on=day(30))] == ["facilitator"]
    assert queries.list_memberships(ada.pseudonym_id, on=day(31)) == []


def test_grant_when_not_entitled_then_refused(places: Places, ada: Person):
    facilitator = b.actor(ada, b.member(ada, places.school, "facilitator"))
    other = b.person()
    for actor in (places.stranger, places.manager, facilitator, b.actor(ada), ANYONE):
        with pytest.raises(errors.NotAdministratorHere):
            grant(actor, other, places.school, "facilitator")
    with pytest.raises(errors.NotAdministratorHere):
        grant(places.principal, other, places.district, "facilitator")
    with pytest.raises(errors.OnlyPlatformStaff):
        grant(places.head, other, places.school, "platform_staff")
    grant(places.desk, other, places.school, "platform_staff")
    herself = Person.objects.get(pseudonym_id=places.principal.person)
    with pytest.raises(errors.NotToYourself):
        grant(places.principal, herself, places.school, "facilitator")


@pytest.mark.parametrize("role", ["author", "assessor", "scoring_leader", "award_staff"])
def test_grant_when_the_role_needs_an_issuer_then_only_there(places: Places, ada: Person, role: str):
    with pytest.raises(errors.RoleNotHere):
        grant(places.desk, ada, places.school, role)
    assert grant(places.manager, ada, places.issuer, role).role == role


def test_grant_when_role_or_dates_make_no_sense_then_refused(places: Places, ada: Person):
    with pytest.raises(errors.UnknownRole):
        grant(places.head, ada, places.school, "king")
    with pytest.raises(errors.DatesReversed):
        grant(places.head, ada, places.school, "facilitator", to_date=day(-1))
    with pytest.raises(errors.RoleBeforeAdult):
        grant(places.head, b.minor(), places.school, "facilitator")


@pytest.mark.parametrize("pair", [("scoring_leader", "award_staff"), ("award_staff", "scoring_leader")])
def test_grant_when_two_roles_would_see_both_sides_then_never_at_the_same_time(
    places: Places, ada: Person, pair: tuple[str, str]
):
    one, other = pair
    first = grant(places.manager, ada, places.issuer, one, to_date=day(10))
    for facts in ({}, {"from_date": day(10)}, {"to_date": day(5)}):
        with pytest.raises(errors.RolesExclude):
            grant(places.manager, ada, places.issuer, other, **facts)
    with pytest.raises(errors.RolesExclude):
        grant(b.SYSTEM, ada, places.issuer, other)
    grant(b.SYSTEM, ada, b.issuer("other-issuer"), other)
    later = grant(places.manager, ada, places.issuer, other, from_date=day(11))
    with pytest.raises(errors.RolesExclude):
        actions.change_membership_dates(
            actor=places.manager, membership=later.id, from_date=day(9), to_date=None, now=b.NOW
        )
    actions.remove_member(actor=places.manager, membership=first.id, now=b.NOW)
    actions.change_membership_dates(
        actor=places.manager, membership=later.id, from_date=day(9), to_date=None, now=b.NOW
    )


def test_dates_when_changed_then_the_role_holds_from_and_to_these_days(places: Places, ada: Person):
    row = grant(places.head, ada, places.school, "facilitator")
    change = {"actor": places.head, "membership": row.id, "now": b.NOW}
    actions.change_membership_dates(**change, from_date=day(3), to_date=day(5))
    held = [bool(queries.list_memberships(ada.pseudonym_id, on=day(offset))) for offset in (2, 3, 5, 6)]
    assert held == [False, True, True, False]
    with pytest.raises(errors.DatesReversed):
        actions.change_membership_dates(**change, from_date=day(3), to_date=day(2))
    second = grant(places.head, ada, places.school, "facilitator", from_date=day(10))
    with pytest.raises(errors.DatesOverlap):
        actions.change_membership_dates(**change, from_date=day(3), to_date=day(10))
    with pytest.raises(NotFound):
        actions.change_membership_dates(**{**change, "actor": places.stranger}, from_date=day(3), to_date=None)
    own = {**change, "membership": places.head.membership}
    with pytest.raises(errors.NotToYourself):
        actions.change_membership_dates(**own, from_date=day(3), to_date=None)
    actions.remove_member(actor=places.head, membership=second.id, now=b.NOW)
    with pytest.raises(errors.AlreadyEnded):
        actions.change_membership_dates(**{**change, "membership": second.id}, from_date=TODAY, to_date=None)


def test_end_when_left_or_removed_then_no_right_from_that_moment_and_twice_is_once(places: Places, ada: Person):
    one = grant(places.head, ada, places.school, "facilitator")
    other = grant(places.manager, ada, places.issuer, "assessor")
    with pytest.raises(NotFound):
        actions.leave_membership(actor=places.head, membership=one.id, now=b.NOW)
    for _time in range(2):
        left = actions.leave_membership(actor=b.actor(ada, one), membership=one.id, now=b.NOW)
        gone = actions.remove_member(actor=places.manager, membership=other.id, now=b.NOW)
    assert (left.end_reason, left.ended_by_id, left.ended_at) == ("left", ada.pseudonym_id, b.NOW)
    assert (gone.end_reason, gone.ended_by_id) == ("removed", places.manager.person)
    assert queries.list_memberships(ada.pseudonym_id, on=TODAY) == []
    assert not queries.members_with_role(places.issuer.id, "assessor", on=TODAY).exists()
    assert JournalEntry.objects.filter(verb="membership.ended").count() == 2
    assert grant(places.head, ada, places.school, "facilitator") != one  # and may come back


def test_remove_when_not_hers_to_remove_then_refused(places: Places, ada: Person):
    row = grant(places.desk, ada, places.school, "platform_staff")
    with pytest.raises(errors.OnlyPlatformStaff):
        actions.remove_member(actor=places.head, membership=row.id, now=b.NOW)
    with pytest.raises(NotFound):
        actions.remove_member(actor=places.stranger, membership=row.id, now=b.NOW)
    with pytest.raises(errors.NotToYourself):
        actions.remove_member(actor=b.actor(ada, row), membership=row.id, now=b.NOW)


def test_last_administrator_when_nobody_follows_then_she_stays(places: Places, ada: Person):
    only = places.principal.membership
    assert only
    ways = [
        lambda: actions.leave_membership(actor=places.principal, membership=only, now=b.NOW),
        lambda: actions.remove_member(actor=places.head, membership=only, now=b.NOW),
        lambda: actions.change_membership_dates(
            actor=places.head, membership=only, from_date=TODAY, to_date=day(90), now=b.NOW
        ),
    ]
    for way in ways:
        with pytest.raises(errors.LastAdministrator):
            way()
    grant(places.head, ada, places.school, "administrator", to_date=day(60))
    with pytest.raises(errors.LastAdministrator):  # she goes before the one who is to leave
        ways[2]()
    ways[0]()
    assert [row.role for row in queries.list_members(places.head, places.school.id, on=TODAY)] == ["administrator"]
