"""The tree of organisations, their domains, and who administers what (case G6)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.integration.people.conftest import Places
from touchstone.kit.actor import ANYONE, Actor
from touchstone.kit.errors import NotFound
from touchstone.people import actions, errors, queries
from touchstone.people.models import Membership, Organisation, OrganisationDomain


def test_tree_when_asked_then_the_whole_of_it_in_one_query(places: Places):
    room = b.organisation("room-7", parent=places.school)
    with CaptureQueriesContext(connection) as asked:
        assert queries.organisations_within(places.district.id) == {
            places.district.id,
            places.school.id,
            places.high.id,
            room.id,
        }
        assert queries.ancestors(room.id) == [places.school.id, places.district.id]
    assert len(asked) == 2


def test_circle_when_a_school_lies_deeper_then_every_district_above_it_counts(places: Places):
    room = b.organisation("room-7", parent=places.school)
    person = b.person(works_at=[room])
    circle = queries.employer_circles([person.pseudonym_id], on=b.NOW.date())[person.pseudonym_id]
    assert circle == {room.id, places.district.id}


def test_move_when_it_would_close_a_ring_then_refused(places: Places):
    room = b.organisation("room-7", parent=places.school)
    for parent in (places.district, places.school, room):
        with pytest.raises(errors.UnderItself):
            actions.move_organisation(actor=b.SYSTEM, organisation=places.district, parent=parent, now=b.NOW)
    with pytest.raises(errors.UnderItself):
        b.organisation("maple-district", parent=room)
    with pytest.raises(errors.OnlyPlatformStaff):
        actions.found_organisation(actor=places.head, now=b.NOW, slug="x", name="X", kind="school")
    with pytest.raises(errors.OnlyPlatformStaff):
        actions.move_organisation(actor=places.head, organisation=places.school, parent=None, now=b.NOW)
    moved = actions.move_organisation(actor=places.desk, organisation=room, parent=places.high, now=b.NOW)
    assert queries.ancestors(moved.id) == [places.high.id, places.district.id]
    actions.move_organisation(actor=places.desk, organisation=room, parent=None, now=b.NOW)
    assert queries.ancestors(moved.id) == []


def test_tree_when_broken_by_hand_then_walks_still_end(places: Places):
    Organisation.objects.filter(id=places.district.id).update(parent=places.school)
    assert places.school.id in queries.organisations_within(places.district.id)
    assert places.district.id in queries.ancestors(places.school.id)


@pytest.mark.parametrize("who", ["head", "principal"])
def test_case_g6_administrator_when_it_is_her_part_of_the_tree_then_yes_and_elsewhere_no(places: Places, who: str):
    actor: Actor = getattr(places, who)
    assert queries.get_organisation(actor, "maple-school") == places.school
    with pytest.raises(NotFound):
        queries.get_organisation(actor, "birch-district")
    for ask in (queries.list_join_requests, queries.list_members, queries.list_employees, queries.list_invitations):
        when = {queries.list_invitations: {"now": b.NOW}, queries.list_join_requests: {}}
        facts = when.get(ask, {"on": b.NOW.date()})
        ask(actor, places.school.id, **facts)
        with pytest.raises(NotFound):
            ask(actor, places.elsewhere.id, **facts)
    assert "birch-district" not in {row.slug for row in queries.list_organisations(actor)}


def test_administrator_when_her_role_has_ended_then_the_actor_she_still_holds_gives_no_right(places: Places):
    b.member(b.person(), places.school, "administrator")
    Membership.objects.filter(id=places.principal.membership).update(ended_at=b.NOW)
    with pytest.raises(NotFound):
        queries.get_organisation(places.principal, "maple-school")
    with pytest.raises(NotFound):
        queries.get_organisation(ANYONE, "maple-school")


def domain(places: Places, actor: Actor, name: str = "maple.org", rule: str = "none") -> OrganisationDomain:
    return actions.set_domain(actor=actor, organisation=places.district, domain=name, rule=rule, now=b.NOW)


def test_domain_when_set_by_its_administrator_then_kept_in_one_form_and_changed_in_place(places: Places):
    assert domain(places, places.head, " @Maple.ORG. ").domain == "maple.org"
    assert domain(places, places.desk, "maple.org", "ask").rule == "ask"
    assert OrganisationDomain.objects.count() == 1
    actions.remove_domain(actor=places.head, organisation=places.district, domain="MAPLE.org", now=b.NOW)
    assert not OrganisationDomain.objects.exists()


def test_domain_when_it_cannot_be_then_a_named_refusal(places: Places):
    for name in ("", "maple", "ma ple.org", "-x.org", "x" * 300 + ".org"):
        with pytest.raises(errors.DomainNotUsable):
            domain(places, places.head, name)
    for name in ("gmail.com", "mail.yahoo.com", "k12.co.us", "co.uk"):
        with pytest.raises(errors.PublicProvider):
            domain(places, places.head, name)
    with pytest.raises(errors.UnknownChoice):
        domain(places, places.head, rule="always")
    for actor in (places.principal, places.stranger, ANYONE):
        with pytest.raises(errors.NotAdministratorHere):
            domain(places, actor)
    with pytest.raises(errors.DomainNotYours):
        domain(places, places.head, rule="join")
    actions.set_domain(actor=b.SYSTEM, organisation=places.elsewhere, domain="taken.org", rule="none", now=b.NOW)
    with pytest.raises(errors.DomainTaken):
        domain(places, places.head, "taken.org")


def test_domain_when_its_administrator_has_an_address_there_then_she_may_let_people_join(places: Places):
    actor = b.administrator(places.district, email="head@office.maple.org")
    assert domain(places, actor, rule="join").rule == "join"


def test_lists_when_there_are_more_rows_then_no_more_queries(places: Places):
    def grow() -> None:
        person = b.person(works_at=[places.school])
        b.member(person, places.school, "facilitator")
        asker, who = b.person(), places.principal
        actions.ask_to_join(actor=b.actor(asker), organisation=places.school, now=b.NOW)
        actions.invite_person(
            actor=who, organisation=places.school, email=f"{asker.id}@home.example", employs=True, now=b.NOW
        )

    def count() -> list[int]:
        who, school, on = places.head, places.school.id, b.NOW.date()
        reads = [
            lambda: [row.person.person.name for row in queries.list_members(who, school, on=on)],
            lambda: [row.person.person.name for row in queries.list_employees(who, school, on=on)],
            lambda: [row.person.person.name for row in queries.list_join_requests(who, school)],
            lambda: [row.email for row in queries.list_invitations(who, school, now=b.NOW)],
            lambda: [row.organisation.name for row in queries.list_memberships(who.person, on=on)],
            lambda: queries.employer_circles([row.person_id for row in Membership.objects.all()], on=on),
            lambda: queries.email_domain_circle([row.person_id for row in Membership.objects.all()]),
        ]
        counts = []
        for read in reads:
            with CaptureQueriesContext(connection) as asked:
                assert read()
            counts.append(len(asked))
        return counts

    grow()
    at_one = count()
    for _row in range(4):
        grow()
    assert count() == at_one
