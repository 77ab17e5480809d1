"""The work of the demonstration's earners, one story a file: what they wrote, what they showed, what came of it.

A moment is written as days before the day of loading and a time of day where the earner lives: ``12d 16:40``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


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
    """What an assessor did: ``scores`` is criterion -> (level, comment); without ``sent`` she is still at it."""

    accepted: str
    scores: Mapping[str, tuple[str, str]]
    sent: str = ""


@dataclass(frozen=True)
class Try:
    """One attempt. Moments left empty have not come yet."""

    begun: str
    saved: str
    answers: Mapping[str, str]
    evidence: tuple[Piece, ...]
    submitted: str = ""
    withdrawn: str = ""
    scoring: Scoring | None = None


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
    """One earner's way to one micro-credential; ``key`` is the file's name."""

    key: str
    earner: str
    item: str
    tries: tuple[Try, ...]
    turns: tuple[Turn, ...] = ()


def read_stories() -> list[Story]:
    """Every story, the one that began first in front."""
    stories = [_story(path) for path in sorted(FOLDER.glob("*.json"))]
    return sorted(stories, key=lambda story: -int(story.tries[0].begun.partition("d ")[0]))


def _story(path: Path) -> Story:
    data = json.loads(path.read_text(encoding="utf-8"))
    tries = tuple(_try(row) for row in data["attempts"])
    turns = tuple(Turn(**row) for row in data.get("turns", ()))
    return Story(path.stem, data["earner"], data["item"], tries, turns)


def _try(data: Mapping[str, Any]) -> Try:
    scoring = data.get("scoring")
    return Try(
        begun=data["begun"],
        saved=data["saved"],
        answers={key: _prose(text) for key, text in data["answers"].items()},
        evidence=tuple(Piece(**row) for row in data["evidence"]),
        submitted=data.get("submitted", ""),
        withdrawn=data.get("withdrawn", ""),
        scoring=_scoring(scoring) if scoring else None,
    )


def _scoring(data: Mapping[str, Any]) -> Scoring:
    scores = {key: (level, comment) for key, (level, comment) in data["scores"].items()}
    return Scoring(data["accepted"], scores, data.get("sent", ""))


def _prose(text: str | list[str]) -> str:
    """A list of strings is a text of several paragraphs."""
    return text if isinstance(text, str) else "\n\n".join(text)
