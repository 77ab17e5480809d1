"""What the earner's pages say about states, dates and forms of evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.core.content import ArtifactSlot
from touchstone.core.media import KINDS
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Attempt

type Words = str | Promise

ACCEPTED: dict[str, Words] = {
    "document": gettext_lazy("documents (PDF, Word, PowerPoint, Excel)"),
    "image": gettext_lazy("pictures (JPEG, PNG, HEIC, WebP, GIF)"),
    "audio": gettext_lazy("sound recordings (MP3, M4A, WAV, OGG)"),
    "video": gettext_lazy("videos (MP4, MOV, WebM)"),
    "text": gettext_lazy("text (typed here, or TXT, CSV, Markdown)"),
    "link": gettext_lazy("links"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the history of attempts."""

    title: str
    at: datetime | None = None
    text: str = ""
    current: bool = False


def accepted(slot: ArtifactSlot) -> str:
    """The forms of evidence a slot takes, as a list in words."""
    names = [str(ACCEPTED[form]) for form in slot.accepts]
    if len(names) == 1:
        return names[0]
    return _("{names} or {last}").format(names=", ".join(names[:-1]), last=names[-1])


def file_endings(slot: ArtifactSlot) -> str:
    """The ``accept`` attribute of a slot's file input; empty when it takes no files."""
    kinds = [kind for kind in KINDS.values() if kind.group in slot.accepts]
    return ",".join(ending for kind in kinds for ending in (kind.extension, *kind.aliases))


def day_in_words(day: date) -> str:
    """``Monday, September 14, 2026`` in the reader's language."""
    return _("{weekday}, {day}").format(weekday=date_format(day, "l"), day=date_format(day, "DATE_FORMAT"))


def clock(moment: datetime) -> str:
    """``10:42`` in the reader's time zone."""
    return localtime(moment).strftime("%H:%M")


def is_late(attempt: Attempt, today: date) -> bool:
    return attempt.state == AttemptState.SUBMITTED and attempt.due_date is not None and attempt.due_date < today


def what_next(attempt: Attempt, today: date, *, searching: bool = False) -> str:
    """What happens next and by when, in a sentence or two. ``searching``: nobody may read it yet."""
    state = AttemptState(attempt.state)
    if state is AttemptState.SUBMITTED and attempt.due_date and searching:
        return _(
            "We are still looking for somebody who may read it, so it may take longer than {day}. You need not do"
            " anything."
        ).format(day=day_in_words(attempt.due_date))
    if state is AttemptState.SUBMITTED and attempt.due_date:
        sentence = (
            _("You should have heard by {day}. It is late, and we are sorry; you need not do anything.")
            if is_late(attempt, today)
            else _("An educator who knows this practice reads it. You hear from us by {day}.")
        )
        return sentence.format(day=day_in_words(attempt.due_date))
    return str(_NEXT[state])


_NEXT: dict[AttemptState, Words] = {
    AttemptState.DRAFT: gettext_lazy("Collect and write, at your own pace. Nothing is sent until you say so."),
    AttemptState.SUBMITTED: gettext_lazy("It is being read. You need not do anything."),
    AttemptState.NOT_YET: gettext_lazy("Read the feedback, then change what was not met. What you met stays met."),
    AttemptState.EARNED: gettext_lazy("It is yours. You decide who sees your award."),
    AttemptState.WITHDRAWN: gettext_lazy("You took it back. Everything is kept, and you can begin again."),
}
_ENDED: dict[str, Words] = {
    AttemptState.NOT_YET: gettext_lazy("Decided: not yet"),
    AttemptState.EARNED: gettext_lazy("Decided: earned"),
    AttemptState.WITHDRAWN: gettext_lazy("Taken back by you"),
}


def history(attempts: Iterable[Attempt], today: date, *, searching: bool = False) -> list[Moment]:
    """Every attempt's beginning, handing in and end, in order."""
    return [moment for attempt in attempts for moment in _moments(attempt, today, searching)]


def _moments(attempt: Attempt, today: date, searching: bool) -> list[Moment]:
    found = [Moment(_("Attempt {number} begun").format(number=attempt.number), attempt.started_at)]
    if attempt.submitted_at:
        found.append(Moment(_("Handed in"), attempt.submitted_at))
    if attempt.closed_at:
        found.append(Moment(str(_ENDED[attempt.state]), attempt.closed_at))
    if attempt.state == AttemptState.SUBMITTED:
        found.append(Moment(_("Being assessed"), text=what_next(attempt, today, searching=searching), current=True))
    return found
