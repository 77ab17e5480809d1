"""Invitations: by address, by link, from a list; accepted once, by the right person, as often as allowed."""

import datetime as dt
import re

import pytest

from tests import builders as b
from tests.integration.people.conftest import Places
from touchstone.kit.actor import ANYONE, Actor
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.kit.models import JournalEntry, OutgoingMail
from touchstone.people import actions, errors, queries
from touchstone.people.models import Employment, Invitation, Membership, Person

ADA = "ada@home.example"
FAR = dt.timedelta(days=20)


@pytest.fixture
def ada(db: None) -> Person:
    return b.person("Ada", email=ADA)


def invite(places: Places, email: str = ADA, **facts: object) -> str:
    """Invite somebody to the issuer as assessor, and return the token from the mail."""
    facts = {"role": "assessor", **facts}
    actions.invite_person(
        actor=places.manager,
        organisation=places.issuer,
        email=email,
        now=b.NOW,
        **facts,  # type: ignore[arg-type]
    )
    run_waiting_jobs()
    return token_in_mail()


def token_in_mail() -> str:
    found = re.search(r"/join/(\w+)/", OutgoingMail.objects.filter(kind="invitation").latest("id").text)
    assert found
    return found[1]


def link(places: Places, uses: int = 2, **facts: object) -> str:
    facts = {"role": "assessor", "expires_at": b.NOW + FAR, **facts}
    _invitation, token = actions.make_invitation_link(
        actor=places.manager,
        organisation=places.issuer,
        max_uses=uses,
        now=b.NOW,
        **facts,  # type: ignore[arg-type]
    )
    return token


def accept(who: Person | Actor, token: str, now: dt.datetime = b.NOW) -> Invitation:
    actor = who if isinstance(who, Actor) else b.actor(who)
    return actions.accept_invitation(actor=actor, token=token, now=now)


def test_invitation_when_accepted_twice_then_the_role_and_the_work_are_hers_once(places: Places, ada: Person):
    until = b.NOW.date() + FAR
    token = invite(places, "  Ada@HOME.example", name="Ada", employs=True, to_date=until)
    assert queries.find_invitation(token)
    for _time in range(2):
        accept(ada, token)
    membership = Membership.objects.get(person=ada.pseudonym)
    assert (membership.role, membership.from_date, membership.to_date) == ("assessor", b.NOW.date(), until)
    assert Employment.objects.get(person=ada.pseudonym).confirmed_at == b.NOW
    assert Invitation.objects.get().uses == 1
    assert accept(ada, token, b.later(days=300))  # still twice is once
    with pytest.raises(errors.InvitationUsedUp):
        b.address(b.person(), "someone@home.example")
        other = b.person()
        Invitation.objects.update(email="")
        accept(other, token)


def test_invitation_when_the_address_is_another_verified_one_of_hers_then_accepted(places: Places):
    person = b.person(email="ada@work.example")
    token = invite(places)
    with pytest.raises(errors.InvitationForSomebodyElse):
        accept(person, token)
    b.address(person, ADA)
    assert accept(person, token).uses == 1


def test_invitation_when_only_its_hash_is_kept_then_the_token_stands_in_the_mail_alone(places: Places):
    token = invite(places)
    assert token != Invitation.objects.get().token_hash
    said = " ".join(str(row.payload) for row in JournalEntry.objects.all())
    assert token not in said
    assert "home.example" not in said
    run_waiting_jobs()
    actions.mail_invitation(invitation_id=Invitation.objects.get().id, now=b.NOW)  # a job that runs twice
    assert OutgoingMail.objects.filter(kind="invitation").count() == 1


def test_invitation_when_sent_again_then_the_old_link_ends_and_the_new_works(places: Places, ada: Person):
    first = invite(places)
    assert invite(places) == first  # the same open invitation stays one
    row = Invitation.objects.get()
    actions.send_invitation_again(actor=places.manager, invitation=row.id, now=b.later(days=40))
    run_waiting_jobs()
    with pytest.raises(errors.LinkNotValid):
        accept(ada, first)
    accept(ada, token_in_mail(), b.later(days=41))
    with pytest.raises(errors.InvitationDone):
        actions.send_invitation_again(actor=places.manager, invitation=row.id, now=b.NOW)


def test_invitation_when_revoked_expired_or_nobodys_then_refused(places: Places, ada: Person):
    token = invite(places)
    for wrong in ("", "nonsense", "\ud800"):
        with pytest.raises(errors.LinkNotValid):
            accept(ada, wrong)
    with pytest.raises(Forbidden):
        accept(ANYONE, token)
    with pytest.raises(errors.InvitationExpired):
        accept(ada, token, b.later(days=30))
    row = Invitation.objects.get()
    for actor in (places.head, b.actor(ada)):
        with pytest.raises(NotFound):
            actions.revoke_invitation(actor=actor, invitation=row.id, now=b.NOW)
    for _time in range(2):
        actions.revoke_invitation(actor=places.manager, invitation=row.id, now=b.NOW)
    with pytest.raises(errors.InvitationRevoked):
        accept(ada, token)
    assert not queries.list_invitations(places.manager, places.issuer.id, now=b.NOW).rows


def test_link_when_its_uses_are_gone_then_the_next_is_refused(places: Places, ada: Person):
    token = link(places)
    accept(ada, token)
    accept(b.person(), token)
    with pytest.raises(errors.InvitationUsedUp):
        accept(b.person(), token)
    with pytest.raises(errors.NotToYourself):
        accept(Actor(person=places.manager.person), link(places))


def test_accept_when_the_role_no_longer_fits_then_refused_and_nothing_is_used(places: Places, ada: Person):
    b.member(ada, places.issuer, "award_staff")
    token = link(places, role="scoring_leader")
    with pytest.raises(errors.RolesExclude):
        accept(ada, token)
    places.issuer.is_issuer = False
    places.issuer.save()
    with pytest.raises(errors.RoleNotHere):
        accept(b.person(), token)
    assert Invitation.objects.get().uses == 0


def test_invite_when_it_makes_no_sense_or_is_not_hers_then_refused(places: Places):
    with pytest.raises(errors.InvitationEmpty):
        invite(places, role="")
    with pytest.raises(errors.AddressNotUsable):
        invite(places, "ada@")
    with pytest.raises(errors.UnknownRole):
        invite(places, role="king")
    with pytest.raises(errors.OnlyPlatformStaff):
        invite(places, role="platform_staff")
    with pytest.raises(errors.DatesReversed):
        invite(places, from_date=dt.date(2027, 1, 1), to_date=dt.date(2026, 12, 1))
    with pytest.raises(errors.RoleNotHere):
        actions.invite_person(actor=places.head, organisation=places.school, email=ADA, role="assessor", now=b.NOW)
    for actor in (places.head, ANYONE):
        with pytest.raises(errors.NotAdministratorHere):
            actions.invite_person(actor=actor, organisation=places.issuer, email=ADA, employs=True, now=b.NOW)
    with pytest.raises(errors.LinkNotForRole):
        link(places, role="administrator")
    for uses in (0, 10_000):
        with pytest.raises(errors.UsesNotUsable):
            link(places, uses)
    for far in (0, 400):
        with pytest.raises(errors.ExpiryNotUsable):
            link(places, expires_at=b.later(days=far))


LIST = (
    "\ufeffNombre;Correo;Rol\r\n"
    "Ada Núñez;ADA@home.example;assessor\r\n"
    "Bea;bea@home.example;Scoring leader\r\n"
    "Cy;not an address;assessor\r\n"
    ";dee@home.example;\r\n"
    "Ada again;ada@home.example;assessor\r\n"
    "Eve;eve@home.example;king\r\n"
    "Fay;fay@home.example;platform_staff\r\n"
    ";;\r\n"
    "Gus;gus@home.example;author\r\n"
).encode()


def plan(places: Places, data: bytes = LIST, **facts: object) -> actions.InvitationPlan:
    facts = {"role": "author", **facts}
    return actions.plan_invitations(
        actor=places.manager,
        organisation=places.issuer,
        data=data,
        now=b.NOW,
        **facts,  # type: ignore[arg-type]
    )


def test_list_when_planned_then_every_line_is_accounted_for_and_nothing_is_changed(places: Places, ada: Person):
    b.member(ada, places.issuer, "assessor")
    actions.invite_person(
        actor=places.manager, organisation=places.issuer, email="gus@home.example", role="author", now=b.NOW
    )
    before = JournalEntry.objects.count()
    planned = plan(places)
    assert [(row.line, row.email, row.role) for row in planned.invite] == [
        (3, "bea@home.example", "scoring_leader"),
        (5, "dee@home.example", "author"),
    ]
    assert [row.line for row in planned.members] == [2]
    assert [row.line for row in planned.invited] == [10]
    assert [(row.line, row.sentence[:24]) for row in planned.problems] == [
        (4, "“not an address” is not "),
        (6, "This address stands in l"),
        (7, "“king” is not a role. Us"),
        (8, "Only platform staff can "),
    ]
    assert JournalEntry.objects.count() == before


def test_list_when_sent_twice_then_each_is_invited_once(places: Places, ada: Person):
    planned = plan(places)
    assert actions.send_invitations(actor=places.manager, plan=planned, now=b.NOW) == 4
    assert actions.send_invitations(actor=places.manager, plan=planned, now=b.NOW) == 0
    run_waiting_jobs()
    assert OutgoingMail.objects.filter(kind="invitation").count() == Invitation.objects.count() == 4
    assert not plan(places).invite
    mail = OutgoingMail.objects.get(to=ADA, kind="invitation")
    assert "Ada Núñez" in mail.text
    with pytest.raises(errors.NotAdministratorHere):
        actions.send_invitations(actor=places.head, plan=planned, now=b.NOW)
    with pytest.raises(errors.NotAdministratorHere):
        actions.plan_invitations(actor=places.head, organisation=places.issuer, data=LIST, now=b.NOW)


def test_list_when_it_offers_only_work_then_those_who_work_here_are_known(places: Places, ada: Person):
    assert {row.email for row in plan(places, b"email\nada@home.example\n", role="", employs=True).invite} == {ADA}
    token = invite(places, role="", employs=True)
    accept(ada, token)
    assert plan(places, b"email\nada@home.example\n", role="", employs=True).members
    assert "Choose a role" in plan(places, b"email\nada@home.example\n", role="").problems[0].sentence
