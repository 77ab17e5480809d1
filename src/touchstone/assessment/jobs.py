"""Jobs of assessment."""

import time

from procrastinate.contrib.django import app

from touchstone.assessment import actions
from touchstone.kit import clock
from touchstone.kit.actor import system
from touchstone.kit.jobs import job

SECONDS_TO_PLAN = 60  # then the best plan found so far is used


@app.periodic(cron="*/10 * * * *")
@job("assessment.give_out", queueing_lock="assessment.give_out")
def give_out(timestamp: int) -> None:
    """Take work from those who may not score it any more, and seek readers for what still waits."""
    until = time.monotonic() + SECONDS_TO_PLAN
    actions.take_back_barred_work(actor=system("ties"), now=clock.now())
    actions.give_out_waiting_work(actor=system("offer"), now=clock.now(), out_of_time=lambda: time.monotonic() > until)


@app.periodic(cron="23 5 * * *")
@job("assessment.lapse", queueing_lock="assessment.lapse")
def lapse(timestamp: int) -> None:
    """Offers nobody answered go on to somebody else."""
    actions.let_offers_lapse(actor=system("offer"), now=clock.now())
