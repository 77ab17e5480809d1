"""What verifiers need, as files any web server can serve: with them badges verify while this service is switched off.

Private awards are left out, and no list of the others is written: who has a link finds the file, nobody else does.
"""

import json
from collections import Counter
from pathlib import Path

from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Badge, Endorsement, SigningKey, Statement, StatusList
from touchstone.credentials.verification import did_document


def write_folder(folder: Path) -> Counter[str]:
    """Write DID documents, status lists, statements, endorsements and shared badges under their own paths; how many
    of each.

    What a folder held before is overwritten, or removed if it is not shared any more. Raises OSError.
    """
    written: Counter[str] = Counter()
    issuers = SigningKey.objects.values_list("issuer__token", flat=True).distinct()
    for token in issuers:
        _write(folder, f"issuers/{token}/did.json", json.dumps(did_document(token)))
        written["issuers"] += 1
    for row in StatusList.objects.only("token", "text", "token_text").iterator(chunk_size=50):
        _write(folder, f"status/{row.token}", row.text)
        _write(folder, f"status/{row.token}.jwt", row.token_text)
        written["status lists"] += 1
    for statement in Statement.objects.only("token", "text").iterator(chunk_size=500):
        _write(folder, f"statements/{statement.token}", statement.text)
        written["statements"] += 1
    endorsements = Endorsement.objects.select_related("award").only(
        "token", "text", "withdrawn_at", "award__visibility"
    )
    for endorsement in endorsements.iterator(chunk_size=500):
        private = endorsement.award is not None and endorsement.award.visibility == Visibility.PRIVATE
        stands = endorsement.withdrawn_at is None and not private
        _write(folder, f"endorsements/{endorsement.token}", endorsement.text if stands else "")
        written["endorsements"] += stands
    badges = Badge.objects.select_related("award").only("text", "token", "award__token", "award__visibility")
    for badge in badges.iterator(chunk_size=500):
        shared = badge.award.visibility != Visibility.PRIVATE
        _write(folder, f"awards/{badge.award.token}/badge.json", badge.text if shared else "")
        _write(folder, f"awards/{badge.award.token}/badge.jwt", badge.token if shared else "")
        written["badges"] += shared
    return written


def _write(folder: Path, path: str, text: str) -> None:
    """Write a file whole or not at all; an empty text takes it away."""
    target = folder / path
    if not text:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.write_text(text, "utf-8", newline="")
    unfinished.replace(target)
