"""How a file becomes evidence: looked at, copied blind, stored, and only then noted.

Nothing is noted before both files lie in storage; a cut or a crash on the way leaves at most files that no row owns,
which the nightly job removes.
"""

import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from touchstone.core import media
from touchstone.core.media.apart import copy_apart
from touchstone.kit import storage, uploads
from touchstone.kit.actor import Actor
from touchstone.people.known import known_identities
from touchstone.portfolio import actions, errors, identities, queries
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Artifact, Submission

type Copier = Callable[..., tuple[media.Inspected, media.BlindCopy]]


def add_file(
    *, actor: Actor, token: str, slot: str, name: str, path: Path, now: datetime, copier: Copier = copy_apart
) -> Artifact:
    """Put a file into a slot of the draft: the original for the earner, a blind copy for assessors.

    ``copier`` looks at the file and writes the copy; whatever comes from outside is copied behind a wall.
    Raises NotFound, NotEditable, ConsentNeeded, UnknownSlot, SlotFull, FormNotAccepted, EvidenceRefused.
    """
    name = actions.clean_text(Path(name).name)[:255] or "file"
    submission = queries.get_submission(actor, token)
    attempt = submission.current
    if attempt is None or attempt.state != AttemptState.DRAFT:
        raise errors.NotEditable
    actions.require_consent(actor, now)
    attempt.submission = submission
    accepts = actions.free_slot(attempt, slot).accepts
    try:
        with tempfile.TemporaryDirectory(dir=uploads.folder()) as folder:
            target = Path(folder) / "blind"
            inspected, copy = copier(path, target, name=name, max_bytes=settings.UPLOAD_CAP)
            if inspected.group not in accepts:
                raise errors.FormNotAccepted(name=name, accepted=", ".join(accepts))
            if inspected.group is media.Group.TEXT:
                copy = _without_identity(submission, target, copy)
            return _keep(actor, token, slot, name, path, target, inspected, copy, now)
    except media.FileRefused as refused:
        why = _(refused.sentence).format(**refused.facts)
        raise errors.EvidenceRefused(name=name, why=why, code=refused.code) from refused


def _without_identity(submission: Submission, target: Path, copy: media.BlindCopy) -> media.BlindCopy:
    known = known_identities(submission.earner_id)
    said = identities.blind_file(target, known, language=submission.version.language)
    return replace(copy, removed=(*copy.removed, said)) if said else copy


def _keep(
    actor: Actor,
    token: str,
    slot: str,
    name: str,
    path: Path,
    target: Path,
    inspected: media.Inspected,
    copy: media.BlindCopy,
    now: datetime,
) -> Artifact:
    folder = storage.new_folder()
    original, blind = f"{folder}/original", f"{folder}/blind"
    try:
        storage.keep(original, path)
        storage.keep(blind, target)
        facts = {
            "name": name,
            "group": inspected.group,
            "media_type": inspected.media_type,
            "size": inspected.size,
            "sha256": inspected.sha256,
            "blind_media_type": copy.media_type,
            "blind_name": f"evidence{copy.extension}",
            "original": original,
            "blind": blind,
            "findings": [
                *({**asdict(finding), "fixed": True} for finding in copy.removed),
                *({**asdict(finding), "fixed": False} for finding in copy.remarks),
            ],
        }
        return actions.record_file(actor=actor, token=token, slot=slot, now=now, facts=facts)
    except BaseException:
        storage.discard(original, blind)
        raise
