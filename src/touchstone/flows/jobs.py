"""Jobs that join neighbours: what is over goes by itself, and who is late is told."""

from procrastinate.contrib.django import app

from touchstone.assessment import queries as assessment
from touchstone.flows import notices
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


@app.periodic(cron="41 12 * * *")
@job("notices.remind", queueing_lock="notices.remind")
def remind(timestamp: int) -> None:
    """Each assessor once before her work is due and once when it is late, and then her scoring leader too."""
    now = clock.now()
    for assignment in assessment.list_late_or_due(now):
        notices.work_due(assignment, now)
