"""Badges signed in the background, many at a time."""

from datetime import datetime
from uuid import UUID

from touchstone.credentials import actions
from touchstone.credentials.events import SigningRunBegun
from touchstone.kit import clock
from touchstone.kit.actor import system
from touchstone.kit.jobs import RETRY, job
from touchstone.kit.journal import listen


@job("credentials.continue_signing_run", retry=RETRY)
def continue_signing_run(run_id: str) -> None:
    """One step of a run; the next one is another job, so that a killed worker loses one step and no run."""
    run = actions.continue_signing_run(actor=system("sign"), run_id=UUID(run_id), now=clock.now())
    if run.finished_at is None:
        continue_signing_run.defer(run_id=run_id)


@listen(SigningRunBegun)
def begin_signing_run(event: SigningRunBegun, at: datetime) -> None:
    continue_signing_run.defer(run_id=str(event.run))
