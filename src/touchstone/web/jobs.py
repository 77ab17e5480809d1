"""Jobs that need what only pages know: how a badge is drawn."""

from datetime import datetime
from uuid import UUID

from touchstone.flows.events import ExportAsked
from touchstone.flows.rights.exporting import make_export
from touchstone.kit import clock
from touchstone.kit.jobs import RETRY, job
from touchstone.kit.journal import listen
from touchstone.web.awards.documents import baked_png


@job("rights.make_export", retry=RETRY)
def make_copy(export_id: str) -> None:
    make_export(export_id=UUID(export_id), picture=baked_png, now=clock.now())


@listen(ExportAsked)
def begin_copy(event: ExportAsked, at: datetime) -> None:
    make_copy.defer(export_id=str(event.export))
