"""Checking a transcript that somebody hands over: the whole, and then each badge in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from touchstone.core.openbadges import transcript
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.reading import read_json
from touchstone.core.openbadges.report import Report
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.transcripts import queries


def find_transcript(data: bytes) -> Mapping[str, Any] | None:
    """The transcript in these bytes; None for everything else, badges among it."""
    try:
        document = read_json(data)
    except OpenBadgesError:
        return None
    return document if transcript.is_transcript(document) else None


def verify_transcript_here(
    document: Mapping[str, Any], *, now: datetime, elsewhere: Elsewhere | None = None
) -> tuple[Report, list[Mapping[str, Any]]]:
    """Whether the whole is as it was signed, and the badges in it, to be checked one by one; none of a broken one."""
    report = transcript.verify_transcript(
        document,
        now=now,
        resolve_did=lambda did: queries.resolve_did(did) or (elsewhere.did_document(did) if elsewhere else None),
    )
    is_whole = report.step("shape").code == "shape_right"
    return report, transcript.badges_in(document) if is_whole else []
