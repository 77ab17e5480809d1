"""A transcript handed over for verification: what is said of the whole; its badges are shown one by one after it."""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.core.openbadges.report import Summary
from touchstone.core.openbadges.transcript import MOST_BADGES
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.transcripts.checking import find_transcript, verify_transcript_here
from touchstone.web.verify.forms import Given
from touchstone.web.verify.wording import Shown, shown

WHOLE = (
    gettext_lazy("This transcript is whole and unchanged"),
    gettext_lazy("It is as it was signed. What the badges in it are worth is checked one by one below."),
)


def unfolded(given: Given, *, now: datetime, elsewhere: Elsewhere) -> tuple[list[dict[str, Any]], list[Given]]:
    """What the page shows of the whole, and the badges to check: of a badge nothing, and the badge itself."""
    document = find_transcript(given.data)
    if document is None:
        return [], [given]
    report, badges = verify_transcript_here(document, now=now, elsewhere=elsewhere)
    said = shown(report)
    if report.summary is Summary.VALID:
        title, sentence = WHOLE
        said = Shown(said.tone, title, sentence, said.steps)
    inside = [
        Given(_("Badge %(n)d of the transcript") % {"n": n}, json.dumps(badge, ensure_ascii=False).encode())
        for n, badge in enumerate(badges[:MOST_BADGES], 1)
    ]
    return [{"name": given.name or _("Transcript"), "report": said, "claims": []}], inside
