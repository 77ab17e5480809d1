"""Many awards from many workers, some of them killed: every one once, at a place of its own, and signed."""

import json
import os
import random
import signal
import time
import traceback
from collections.abc import Callable

import pytest
from django.db import connection, connections
from django.db.models import Count

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue.models import StackVersion
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.actions import running
from touchstone.credentials.enums import RunKind
from touchstone.credentials.models import Award, Badge, SigningRun, StatusList
from touchstone.credentials.verification import verify_here
from touchstone.kit.models import JournalEntry
from touchstone.people.models import Pseudonym

WORKERS = 8
SOON = b.later(days=1)
LONGEST = 1200  # seconds for one stage


def _fork(work: Callable[[], None]) -> int:
    """A worker in a process of its own, with a database connection of its own; 0 when its work is done."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _with_kills(works: list[Callable[[], None]], *, kills: int, chance: random.Random) -> int:
    """Run all at once, kill some of them at random moments and start those again; how many were killed."""
    running = {_fork(work): work for work in works}
    killed, end = 0, time.monotonic() + LONGEST
    while running:
        assert time.monotonic() < end, "the workers do not get on"
        time.sleep(chance.uniform(0.02, 0.2))
        if killed < kills:
            os.kill(chance.choice(list(running)), signal.SIGKILL)
            killed += 1
        for pid in list(running):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                work = running.pop(pid)
                if os.WIFSIGNALED(status):
                    running[_fork(work)] = work
                else:
                    assert os.WEXITSTATUS(status) == 0, "a worker raised an error"
    return killed


def _awarding(stack: StackVersion, holders: list[Pseudonym]) -> Callable[[], None]:
    def work() -> None:
        for holder in holders:
            actions.award_stack(actor=b.SYSTEM, holder=holder.id, stack_version=stack, now=b.NOW)

    return work


def _signing(run: SigningRun) -> Callable[[], None]:
    def work() -> None:
        while actions.continue_signing_run(actor=b.SYSTEM, run_id=run.id, now=SOON).finished_at is None:
            pass

    return work


@pytest.mark.parametrize(
    ("count", "kills"), [pytest.param(80, 4, id="some"), pytest.param(10_000, 40, id="all", marks=pytest.mark.long)]
)
def test_awards_when_eight_workers_make_them_and_some_are_killed_then_each_is_there_once_and_verifies(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, count: int, kills: int
) -> None:
    monkeypatch.setattr(running, "STEP", max(20, count // 40))
    chance, stack = random.Random(count), cast.stack()
    holders = Pseudonym.objects.bulk_create([Pseudonym() for _number in range(count)])
    # Every holder is in the hands of two workers, so that each award is made twice at about the same time.
    shares = [holders[place::WORKERS] + holders[(place + 1) % WORKERS :: WORKERS] for place in range(WORKERS)]
    for share in shares:
        chance.shuffle(share)
    killed = _with_kills([_awarding(stack, share) for share in shares], kills=kills, chance=chance)
    assert killed > 0
    assert Award.objects.count() == Award.objects.values("holder").distinct().count() == count
    places = Award.objects.values("status_list", "status_index")
    assert not places.annotate(times=Count("id")).filter(times__gt=1).exists()
    assert StatusList.objects.count() == 1
    assert JournalEntry.objects.filter(verb="award.made").count() == count

    run = actions.begin_signing_run(actor=b.SYSTEM, issuer=cast.issuer, kind=RunKind.FIRST, now=SOON)
    assert run.total == count
    _with_kills([_signing(run)] * WORKERS, kills=kills // 2, chance=chance)
    run.refresh_from_db()
    assert (run.done, run.finished_at) == (count, SOON)
    assert Badge.objects.count() == JournalEntry.objects.filter(verb="badge.signed").count() == count
    said = set()
    for badge in Badge.objects.select_related("award").order_by("id").iterator(chunk_size=500):
        status = json.loads(badge.text)["credentialStatus"]
        assert status["statusListIndex"] == str(badge.award.status_index)
        said.add(status["id"])
    assert len(said) == count
    for badge in chance.sample(list(Badge.objects.order_by("id")[: min(count, 500)]), 20):
        assert verify_here(badge.text.encode(), now=b.later(days=80)).summary is Summary.VALID
    connection.close()
