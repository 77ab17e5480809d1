"""Jobs of the portfolio."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone
from procrastinate.contrib.django import app

from touchstone.kit import storage
from touchstone.kit.jobs import job
from touchstone.portfolio.models import Artifact

GRACE = timedelta(hours=6)  # an upload may still be on its way to its row


@app.periodic(cron="41 3 * * *")
@job("portfolio.remove_orphans", queueing_lock="portfolio.remove_orphans")
def remove_orphans(timestamp: int) -> None:
    """Remove stored evidence that no row owns any more."""
    if not default_storage.exists("evidence"):
        return
    owned = {key.rpartition("/")[0] for key in Artifact.objects.exclude(original="").values_list("original", flat=True)}
    for name in default_storage.listdir("evidence")[0]:
        folder = f"evidence/{name}"
        keys = [f"{folder}/{file}" for file in default_storage.listdir(folder)[1]]
        if folder not in owned and all(_is_old(key) for key in keys):
            storage.discard(*keys, folder)


def _is_old(key: str) -> bool:
    return default_storage.get_modified_time(key) < timezone.now() - GRACE
