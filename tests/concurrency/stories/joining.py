"""Signing up and being invited."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from tests import builders as b
from tests.concurrency import checks
from tests.concurrency.children import Known, Step
from tests.concurrency.points import skewed_clock
from tests.concurrency.stories.world import Story, jobs, taken_as_done
from touchstone.kit.models import OutgoingMail
from touchstone.people import actions as people
from touchstone.people import errors as people_errors
from touchstone.people.models import Invitation, Membership, Person


def _patiently(send: Callable[[], Any]) -> None:
    """Send a form; who is asked for a moment's patience waits, and sends it again."""
    for minutes in (0, 5, 30):
        with skewed_clock(dt.timedelta(minutes=minutes)):
            answer = send()
        if answer.status_code == 302:
            return
        if answer.status_code != 429 and "Try again later" not in answer.text:
            break
    raise AssertionError(
        f"{answer.status_code}: {' '.join(re.findall(r'>([^<>]*[a-z]{3}[^<>]*)<', answer.text))[:3000]}"
    )


class SignUp(Story):
    """She signs up, and enters the code from her mailbox; when the page broke, she tries again or signs in."""

    name = "sign-up"

    def prepare(self) -> None:
        self.email = f"kim{self.number}@maple.example"

    def steps(self) -> list[Step]:
        return [Step("sign up", self._sign_up), jobs("code mail"), Step("enter the code", self._enter), jobs()]

    def _sign_up(self, _known: Known) -> str:
        client = Client()
        facts = {"name": f"Kim Number {self.number}", "position": "teacher", "age": "adult", "turns_18": ""}
        form = {"email": self.email, "password1": b.PASSWORD, "password2": b.PASSWORD, **facts}
        _patiently(lambda: client.post("/account/signup/", form))
        return client.cookies["sessionid"].value

    def _enter(self, known: Known) -> None:
        """By the session of the sign-up; where that leads nowhere, by signing in, which mails a new code."""
        client = Client()
        client.cookies["sessionid"] = known["sign up"]
        for _try in range(3):
            code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", self._newest_mail(), re.M)
            if code:
                client.post("/account/confirm-email/", {"code": code[1]})
            client.logout()
            _patiently(lambda: client.post("/account/login/", {"login": self.email, "password": b.PASSWORD}))
            if "_auth_user_id" in client.session:
                return
        raise AssertionError(f"{self.email} cannot sign in: {self._newest_mail()}")

    def _newest_mail(self) -> str:
        """With a code; ids follow the clocks of their hosts, so a mail without one may seem to be newer."""
        rows = OutgoingMail.objects.filter(to=self.email).exclude(text__contains="You have one already")
        found = rows.order_by("id").last()
        return found.text if found else ""

    def check(self) -> None:
        checks.one_account(self.email, self.world.district)


class Invited(Story):
    """An administrator invites an address; whose it is clicks the link in her newest mail."""

    name = "invitation"

    def prepare(self) -> None:
        self.guest = b.person()
        assert self.guest.account
        self.email = self.guest.account.email

    def steps(self) -> list[Step]:
        return [Step("invite", self._invite), jobs("invitation mail"), Step("accept", self._accept), jobs()]

    def _invite(self, _known: Known) -> None:
        people.invite_person(
            actor=self.world.manager,
            organisation=self.world.issuer,
            email=self.email,
            role="author",
            employs=True,
            now=timezone.now(),
        )

    def _accept(self, _known: Known) -> None:
        text = OutgoingMail.objects.filter(to=self.email, kind="invitation").latest("id").text
        link = re.search(r"/join/([0-9a-z]{26})/", text)
        assert link, text
        people.accept_invitation(actor=b.actor(self.guest), token=link[1], now=timezone.now())

    def check(self) -> None:
        checks.joined_once(self.guest.pseudonym_id, self.world.issuer, "author")
        invitation = Invitation.objects.get(email=self.email)
        assert invitation.uses == 1
        checks.mails(self.email, invitation=1)
        checks.journalled(invitation.id, {"invitation.made": 1, "invitation.accepted": 1})


class LastUse(Story):
    """Two people click the same link, which has one use left."""

    name = "last use of a link"

    def prepare(self) -> None:
        self.people = [b.person() for _ in range(3)]
        self.invitation, self.token = people.make_invitation_link(
            actor=self.world.manager,
            organisation=self.world.issuer,
            role="author",
            max_uses=2,
            expires_at=timezone.now() + dt.timedelta(days=30),
            now=timezone.now(),
        )
        self._accept(self.people[0])

    def steps(self) -> list[Step]:
        first, second = self.people[1:]
        return [
            Step("accept", lambda _known: self._try(first), twin=lambda _known: self._try(second)),
            Step("second person", lambda _known: self._try(second), twin=lambda _known: self._try(first)),
            jobs(),
        ]

    def _accept(self, row: Person) -> None:
        people.accept_invitation(actor=b.actor(row), token=self.token, now=timezone.now())

    def _try(self, row: Person) -> None:
        taken_as_done(people_errors.InvitationUsedUp, lambda: self._accept(row))

    def check(self) -> None:
        self.invitation.refresh_from_db()
        ids = [row.pseudonym_id for row in self.people]
        members = Membership.objects.filter(person__in=ids, organisation=self.world.issuer, role="author").count()
        assert (self.invitation.uses, self.invitation.used_by.count(), members) == (2, 2, 2), "one use left, for one"
        checks.journalled(self.invitation.id, {"invitation.made": 1, "invitation.accepted": 2})


class InvitedByList(Story):
    """An administrator sends a list, and sends it again when the page broke."""

    name = "invitations by list"

    def prepare(self) -> None:
        self.emails = [f"guest{self.number}-{line}@example.org" for line in range(4)]

    def steps(self) -> list[Step]:
        return [Step("send list", self._send), jobs()]

    def _send(self, _known: Known) -> None:
        rows = "".join(f"Guest {line},{email},author\r\n" for line, email in enumerate(self.emails))
        facts = {"actor": self.world.manager, "now": timezone.now()}
        data = f"name,email,role\r\n{rows}".encode()
        plan = people.plan_invitations(organisation=self.world.issuer, data=data, **facts)
        people.send_invitations(plan=plan, **facts)

    def check(self) -> None:
        for email in self.emails:
            assert Invitation.objects.filter(email=email).count() == 1, f"{email} is invited once"
            checks.mails(email, invitation=1)
