"""Keys that have run out, and apps that made themselves known but were let in by nobody."""

from procrastinate.contrib.django import app

from touchstone.credentials.actions import connecting
from touchstone.kit import clock
from touchstone.kit.jobs import job


@app.periodic(cron="11 3 * * *")
@job("api.forget_unused", queueing_lock="api.forget_unused")
def forget_unused(timestamp: int) -> None:
    connecting.forget_unused(now=clock.now())
