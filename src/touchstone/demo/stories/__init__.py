"""The work of the demonstration's earners, one story a file: what they wrote, what they showed, what came of it.

``few`` holds one story of every kind, which is all that tests and a quick look need, ``many`` the rest of the world.

A moment is written as days before the day of loading and, if it matters, a time of day where the earner lives:
``12d 16:40``. Moments that are usual need not be written (``_USUAL``).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# What happens when, where a story does not say: days from the day something is sent, and a time of day.
_USUAL = {"begun": (10, "16:05"), "saved": (1, "18:40"), "submitted": (0, "19:05"), "accepted": (-1, "17:30")}
_USUAL_READING = (-3, "20:15")
_NOTE = "note: "


@dataclass(frozen=True)
class Piece:
    """One piece of evidence for a slot: a file to be made from ``facts``, a link, or a text.

    ``replaces`` takes out first what an earlier attempt left in the slot.
    """

    slot: str
    file: str = ""
    link: str = ""
    text: str = ""
    name: str = ""
    replaces: bool = False
    facts: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Scoring:
    """What an assessor did: ``scores`` is criterion -> (level, comment); an empty level is the rubric's last.

    Without ``sent`` she is still at it. ``handed_back``: somebody asked before her gave the work back.
    """

    accepted: str
    scores: Mapping[str, tuple[str, str]]
    sent: str = ""
    handed_back: str = ""


@dataclass(frozen=True)
class Try:
    """One attempt. Moments left empty have not come yet.

    The first two ``readings`` are independent, the third settles what they disagree on. ``knows``: the earner says
    that she knows whoever was asked first. ``released``: award staff tell the outcome.
    """

    begun: str
    saved: str
    answers: Mapping[str, str]
    evidence: tuple[Piece, ...]
    submitted: str = ""
    withdrawn: str = ""
    knows: str = ""
    readings: tuple[Scoring, ...] = ()
    released: str = ""


@dataclass(frozen=True)
class Turn:
    """What became of an award: the holder changed who sees it, or the issuer took it back for a reason."""

    at: str
    award: str
    visibility: str = ""
    revoked_for: str = ""
    note: str = ""


@dataclass(frozen=True)
class Story:
    """One earner's way to one micro-credential; ``key`` is the file's name, ``expect`` where it stands at the end."""

    key: str
    earner: str
    item: str
    tries: tuple[Try, ...]
    expect: str
    turns: tuple[Turn, ...] = ()


def read_stories(*, small: bool = False) -> list[Story]:
    """Every story, or with ``small`` one of every kind; the one that began first in front."""
    folders = ("few",) if small else ("few", "many")
    stories = [_story(path) for folder in folders for path in sorted((FOLDER / folder).glob("*.json"))]
    return sorted(stories, key=lambda story: (-_days(story.tries[0].begun), story.key))


def _story(path: Path) -> Story:
    data = json.loads(path.read_text(encoding="utf-8"))
    tries = tuple(_try(row) for row in data["attempts"])
    turns = tuple(Turn(**{**row, "at": _moment(row["at"], "07:30")}) for row in data.get("turns", ()))
    return Story(path.stem, data["earner"], data["item"], tries, data["expect"], turns)


def _try(data: Mapping[str, Any]) -> Try:
    readings = [_reading(row, data, place) for place, row in enumerate(data.get("readings", ()))]
    return Try(
        begun=_usual(data, "begun"),
        saved=_usual(data, "saved"),
        answers={key: _prose(text) for key, text in data["answers"].items()},
        evidence=tuple(_piece(row) for row in data["evidence"]),
        submitted=_moment(data["submitted"], _USUAL["submitted"][1]) if "submitted" in data else "",
        withdrawn=data.get("withdrawn", ""),
        knows=data.get("knows", ""),
        readings=tuple(readings),
        released=data.get("released", ""),
    )


def _usual(data: Mapping[str, Any], what: str) -> str:
    before, clock = _USUAL[what]
    return _moment(data.get(what) or f"{_days(data['submitted']) + before}d", clock)


def _reading(data: Mapping[str, Any], row: Mapping[str, Any], place: int) -> Scoring:
    """A reading that says nothing of its moments was sent a few days after the work, a ruling a few days later."""
    ruling = 3 if place == 2 else 0
    sent_in = _days(row["submitted"]) - ruling
    accepted = data.get("accepted") or f"{sent_in + _USUAL['accepted'][0]}d"
    at = data.get("sent", "" if "accepted" in data else f"{sent_in + _USUAL_READING[0]}d")
    scores = {key: ("", said) if isinstance(said, str) else (said[0], said[1]) for key, said in data["scores"].items()}
    return Scoring(
        _moment(accepted, f"17:{30 + place}"),
        scores,
        _moment(at, f"20:{15 + place}") if at else "",
        data.get("handed_back", ""),
    )


def _days(moment: str) -> int:
    return int(moment.partition("d")[0])


def _moment(text: str, clock: str) -> str:
    return text if " " in text else f"{text} {clock}"


def _prose(text: str | list[str]) -> str:
    """A list of strings is a text of several paragraphs."""
    return text if isinstance(text, str) else "\n\n".join(text)


# --- evidence --------------------------------------------------------------------------------------------------


def _piece(row: Mapping[str, Any] | Sequence[str]) -> Piece:
    """All of a piece, or in short: slot, then a file's name, an address or ``text``, then a title and lines."""
    if isinstance(row, Mapping):
        return Piece(**row)
    slot, what, title, *lines = row
    again = slot.startswith("again ")
    slot = slot.removeprefix("again ")
    if what.startswith("https:"):
        return Piece(slot, link=what, name=title, replaces=again)
    if what == "text":
        return Piece(slot, text="\n".join(lines), name=title, replaces=again)
    return Piece(slot, file=what, facts=_facts(what, title, lines), replaces=again)


def _facts(name: str, title: str, lines: Sequence[str]) -> dict[str, Any]:
    """What the maker of this kind of file wants to be told. A line that begins with ``note:`` is a colleague's."""
    said = [line for line in lines if not line.startswith(_NOTE)]
    notes = {"comment": "\n".join(line.removeprefix(_NOTE) for line in lines if line.startswith(_NOTE))}
    match name.rpartition(".")[2]:
        case "docx":
            return {"title": title, "paragraphs": said, **notes}
        case "pdf":
            return {"title": title, "pages": [said], **notes}
        case "xlsx":
            header, *rows = (list(_cells(line)) for line in said)
            return {"title": title, "header": [str(cell) for cell in header], "rows": rows, **notes}
        case "pptx":
            slides = [line.split(" | ") for line in said]
            return {"title": title, "slides": [{"title": head, "lines": rest} for head, *rest in slides], **notes}
        case "txt":
            return {"lines": [title, *said]}
        case "mp3" | "m4a" | "ogg" | "wav":
            return {"title": title, "seconds": 2}
        case "mp4" | "mov" | "webm":
            return {"title": title, "captions": said, "seconds": 2}
        case _:
            return {"heading": title, "lines": said}


def _cells(line: str) -> Iterator[str | float]:
    for cell in line.split(" | "):
        try:
            yield float(cell) if "." in cell else int(cell)
        except ValueError:
            yield cell.strip()
