"""Names found in words: replaced, or kept on purpose."""

from datetime import datetime

from django.db import transaction

from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.people.known import known_identities
from touchstone.portfolio import errors, identities
from touchstone.portfolio.actions.rows import draft_attempt, require_open
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.models import Answer, Artifact, Attempt


@transaction.atomic
def replace_identity(*, actor: Actor, token: str, at: str, mark: str, now: datetime) -> None:
    """Put neutral words where a text of the draft tells who somebody is; ``at`` is a prompt or an artifact's token.

    Raises NotFound, NotEditable, KeptFromBefore, NothingToReplace.
    """
    attempt = draft_attempt(actor, token)
    row = _written(attempt, at)
    require_open(attempt, row.slot if isinstance(row, Artifact) else row.prompt)
    known = known_identities(attempt.submission.earner_id)
    text = identities.without(row.text, mark, known, language=attempt.submission.version.language)
    if text == row.text:
        raise errors.NothingToReplace
    row.text = text
    if isinstance(row, Answer):
        row.revision, row.saved_at = row.revision + 1, now
    row.save()


@transaction.atomic
def keep_identity(*, actor: Actor, token: str, at: str, mark: str, now: datetime) -> None:
    """Note that words in the draft tell nobody who she is; they are not asked about again in this submission.

    Raises NotFound, NotEditable, NothingToReplace, NotKeepable.
    """
    attempt = draft_attempt(actor, token)
    submission, row = attempt.submission, _written(attempt, at)
    known = known_identities(submission.earner_id)
    found = identities.remarks_on(row.text, known, submission.kept, language=submission.version.language)
    remark = next((one for one in found if one.mark == mark), None)
    if remark is None:
        raise errors.NothingToReplace
    if not remark.may_keep:
        raise errors.NotKeepable
    submission.kept = [*submission.kept, mark]
    submission.save(update_fields=["kept"])


def _written(attempt: Attempt, at: str) -> Answer | Artifact:
    """An answer by its prompt, or a text of evidence by its token; raises NotFound."""
    rows = attempt.artifacts.filter(kind=ArtifactKind.TEXT)
    row = attempt.answers.filter(prompt=at).first() or rows.filter(token=at).first()
    if row is None:
        raise NotFound
    return row
