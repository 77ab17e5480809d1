"""Jobs of people's rights: what is over goes by itself."""

from procrastinate.contrib.django import app

from touchstone.flows.rights import actions
from touchstone.kit import clock
from touchstone.kit.jobs import job


@app.periodic(cron="7 4 * * *")
@job("rights.erase_due", queueing_lock="rights.erase_due")
def erase_due(timestamp: int) -> None:
    """Erase the records kept of erased people whose time is over, and old copies of data."""
    actions.remove_old_exports(now=clock.now())
    while actions.erase_due(now=clock.now()):
        pass
