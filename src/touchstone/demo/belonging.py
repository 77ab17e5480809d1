"""People who come into the district of the demonstration, and a student whose parent agrees."""

from datetime import datetime, timedelta
from uuid import UUID

from touchstone.demo.cast import HARBOR_POINT
from touchstone.kit.actor import Actor
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import OutgoingMail
from touchstone.people import actions, queries
from touchstone.people.enums import Role
from touchstone.people.models import Organisation

_PARENT = "noelani@families.example.org"


def play(persons: dict[str, UUID], now: datetime) -> None:
    """``persons`` maps the cast's keys to pseudonyms. The parent agreed weeks ago; the rest still waits today."""
    _agree(persons["keahi"], now - timedelta(weeks=18))
    district = Organisation.objects.get(slug=HARBOR_POINT)
    head = _administrator(persons["rosalind"], now)
    invited = now - timedelta(days=2)
    for email, name, role in (
        ("ines@harbor-point.example.org", "Inés Calloway", Role.ADMINISTRATOR),
        ("birgit@harbor-point.example.org", "Birgit Holmqvist", Role.FACILITATOR),
    ):
        actions.invite_person(
            actor=head, organisation=district, email=email, name=name, role=role, employs=True, now=invited
        )
        run_waiting_jobs()
    actions.make_invitation_link(
        actor=head, organisation=district, employs=True, max_uses=60, expires_at=now + timedelta(days=60), now=invited
    )
    josue = queries.actor_of(persons["josue"], None)
    actions.ask_to_join(actor=josue, organisation=district, now=now - timedelta(days=1))


def _administrator(person: UUID, now: datetime) -> Actor:
    rows = queries.list_memberships(person, on=now.date())
    return queries.actor_of(person, next(row for row in rows if row.role == Role.ADMINISTRATOR))


def _agree(student: UUID, asked: datetime) -> None:
    """The student asks; a day later the parent answers by the link in the mail."""
    actions.ask_guardian(actor=queries.actor_of(student, None), guardian_email=_PARENT, now=asked)
    mail = OutgoingMail.objects.filter(kind="guardian_asked", to=_PARENT).latest("id")
    token = mail.text.partition("/guardians/")[2].partition("/")[0]
    actions.record_guardian_answer(
        token=token, given=True, guardian_name="Noelani Nakoa", relation="mother", now=asked + timedelta(days=1)
    )
