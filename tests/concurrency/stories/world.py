"""What every story rests on: the people who are there already, the shape of a story, and the worker."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, ClassVar

from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tests import builders as b
from tests.concurrency import checks
from tests.concurrency.children import Host, Step
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.kit.actor import Actor
from touchstone.kit.jobs import retry_stalled
from touchstone.people import actions as people
from touchstone.people.enums import DomainRule, OrganisationKind
from touchstone.people.models import Organisation

_numbers = count(1)

POOL = 30  # rounds leave work in their hands, ten pieces each, and a lane has some hundred rounds


@dataclass
class World:
    """What all stories of a lane share: an issuer with its assessors, and a district that takes in its domain."""

    issuer: Organisation
    district: Organisation
    manager: Actor
    staff: Actor
    item: Version
    awaited: Version  # award staff release its decisions


def settle() -> World:
    issuer = b.issuer()
    district = b.organisation("maple-district", OrganisationKind.DISTRICT, state="CO")
    people.set_domain(actor=b.SYSTEM, organisation=district, domain="maple.example", rule=DomainRule.JOIN, now=b.NOW)
    item, awaited = b.version(of=issuer), b.version("think-time", of=issuer, title="Think time")
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=awaited.micro_credential, staff=True, now=b.NOW)
    for _assessor in range(POOL):
        b.assessor(issuer, item, awaited)
    staff = b.person(state="VT")
    return World(
        issuer=issuer,
        district=district,
        manager=b.administrator(issuer),
        staff=b.actor(staff, b.member(staff, issuer, "award_staff")),
        item=item,
        awaited=awaited,
    )


def warm_up() -> None:
    """Read what every page needs once, before the first fork."""
    for path in ("/account/signup/", "/account/login/", "/account/confirm-email/"):
        Client().get(path)


@dataclass
class Story:
    """One round. Making it prepares what came before; ``steps`` may die anywhere; ``check`` looks at the end."""

    name: ClassVar[str]
    world: World
    number: int = field(default_factory=lambda: next(_numbers))

    def __post_init__(self) -> None:
        self.prepare()

    def prepare(self) -> None:
        """What is there before anything can die."""

    def steps(self) -> list[Step]:
        raise NotImplementedError

    def check(self) -> None:
        """Nothing lost, nothing doubled; raises AssertionError."""
        raise NotImplementedError


def jobs(name: str = "jobs") -> Step:
    """A worker that runs what waits. Its twin takes over from one that hangs: its heartbeat is too old."""
    return Step(name, lambda _known: work_off(), Host.WORKER, twin=lambda _known: (let_time_pass(), work_off()))


def work_off() -> None:
    """The job worker, as config.worker runs it, until nothing waits; hung or killed workers' jobs included."""
    with contextlib.suppress(AlreadyEnqueued):
        retry_stalled.defer(timestamp=0)
    own = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    own.run_worker(concurrency=1, wait=False, listen_notify=False, install_signal_handlers=False)


def let_time_pass() -> None:
    """An hour, for the queue: who showed no heartbeat since counts as dead, and what waits for a later try is due."""
    checks.execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour'")
    checks.execute("UPDATE procrastinate_jobs SET scheduled_at = now() - interval '1 minute' WHERE status = 'todo'")


def taken_as_done(refusal: type[Exception], act: Callable[[], Any]) -> None:
    """Somebody who does not know whether her click arrived clicks again, and reads that it did."""
    with contextlib.suppress(refusal):
        act()
