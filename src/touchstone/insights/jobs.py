"""Jobs of the insights: measured every night, one job for each version."""

from uuid import UUID

from procrastinate.contrib.django import app

from touchstone.catalogue.models import Version
from touchstone.insights import actions, queries
from touchstone.kit import clock
from touchstone.kit.jobs import RETRY, job


@app.periodic(cron="53 2 * * *")
@job("insights.measure_all", queueing_lock="insights.measure_all")
def measure_all(timestamp: int) -> None:
    """Have every version measured of which work was given out."""
    for version in queries.versions_scored().values_list("id", flat=True):
        measure.defer(version_id=str(version))


@job("insights.measure", retry=RETRY)
def measure(version_id: str) -> None:
    """Measure one version; running it again gives the figures of that moment."""
    actions.measure_version(version=Version.objects.get(id=UUID(version_id)), now=clock.now())
