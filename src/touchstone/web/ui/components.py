"""What the components need to know: the words and icons of states, the steps of the loop, sizes of files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Tone = Literal["info", "success", "warn", "problem", "plain"]
Progress = Literal["done", "current", "ahead"]

NOTICE_ICONS: dict[str, str] = {
    "info": "info",
    "success": "check",
    "warn": "warn",
    "problem": "warn",
    "plain": "info",
}
MESSAGE_TONES = {"debug": "plain", "info": "info", "success": "success", "warning": "warn", "error": "problem"}


@dataclass(frozen=True, slots=True)
class Chip:
    """How one state is shown: never by colour alone."""

    tone: Tone
    icon: str
    label: str | Promise


CHIPS: dict[str, Chip] = {
    "draft": Chip("plain", "pencil", _("In progress")),
    "submitted": Chip("info", "clock", _("Being assessed")),
    "not_yet": Chip("warn", "undo", _("Not yet")),
    "earned": Chip("success", "seal", _("Earned")),
    "withdrawn": Chip("plain", "dash", _("Withdrawn")),
    "offered": Chip("warn", "clock", _("Offered to you")),
    "accepted": Chip("info", "pencil", _("In your hands")),
    "scored": Chip("success", "check", _("Scored")),
    "declined": Chip("plain", "dash", _("Declined")),
    "cancelled": Chip("plain", "dash", _("Withdrawn by the earner")),
    "reassigned": Chip("plain", "dash", _("Given to somebody else")),
    "passed": Chip("success", "check", _("Passed")),
    "failed": Chip("problem", "cross", _("Failed")),
    "not_checked": Chip("plain", "dash", _("Not checked")),
    "met": Chip("success", "check", _("Met")),
    "not_met": Chip("warn", "undo", _("Not met yet")),
    "carried": Chip("info", "check", _("Met last time")),
    "private": Chip("plain", "lock", _("Private")),
    "link": Chip("info", "link", _("By link")),
    "listed": Chip("success", "globe", _("Listed")),
    "revoked": Chip("problem", "cross", _("Revoked")),
    "suspended": Chip("warn", "clock", _("Suspended")),
    "expired": Chip("warn", "clock", _("Expired")),
    "overdue": Chip("problem", "warn", _("Overdue")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: its name, where it stands, and a remark such as a date."""

    label: str | Promise
    progress: Progress
    note: str | Promise = ""


LOOP = (_("Choose"), _("Collect evidence"), _("Submit"), _("Assessed by an educator"), _("Earned"))
_REACHED = {"": 0, "draft": 1, "submitted": 3, "not_yet": 1, "withdrawn": 1, "earned": len(LOOP)}


def way(labels: Sequence[str | Promise], current: int, notes: Sequence[str | Promise] = ()) -> list[Step]:
    """Steps with the one at ``current`` (from 0) under way; a number past the end means all are done."""
    return [
        Step(
            label,
            "done" if place < current else "current" if place == current else "ahead",
            notes[place] if place < len(notes) else "",
        )
        for place, label in enumerate(labels)
    ]


def loop(state: str) -> list[Step]:
    """The way from choosing to earning, for an attempt state ("" before the start)."""
    return way(LOOP, _REACHED.get(state, 0))


def file_icon(media_type: str) -> str:
    """The icon of a MIME type."""
    kind = media_type.partition("/")[0]
    return kind if kind in {"image", "audio", "video", "text"} else "file"
