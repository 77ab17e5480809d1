"""What the scoring bench shows: the work in the order of its parts, and where its scores stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from touchstone.assessment import queries
from touchstone.assessment.models import Assignment
from touchstone.assessment.queries import ScoringRow
from touchstone.catalogue.queries import item_of, item_shown
from touchstone.core import media
from touchstone.core.content import ArtifactSlot, Part
from touchstone.core.media.kinds import Kind, kind_by_ending
from touchstone.core.rubric import Rubric, comments_required
from touchstone.kit.errors import Refusal
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.models import Artifact
from touchstone.portfolio.queries import PromptState, blind_contents_of, open_keys
from touchstone.web.assess.saving import FIELDS, revision_of

TEXT_SHOWN = 100_000  # bytes of a text file that stand on the page itself


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as an assessor may see it. ``shape`` is how the page shows it."""

    place: int
    shape: str
    text: str
    size: int | None


@dataclass(frozen=True)
class SlotOnBench:
    slot: ArtifactSlot
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PartOnBench:
    """``judged`` is false where only criteria kept from before look."""

    part: Part
    answers: tuple[PromptState, ...]
    slots: tuple[SlotOnBench, ...]
    judged: bool


@dataclass(frozen=True)
class Size:
    """How much an assignment asks for: criteria to score, pieces of evidence to look at."""

    criteria: int
    pieces: int


def sizes_of(assignments: list[Assignment]) -> dict[UUID, Size]:
    pieces = queries.count_pieces(assignments)
    return {row.id: Size(len(queries.asked_criteria(row)), pieces[row.id]) for row in assignments}


def parts_of(assignment: Assignment) -> list[PartOnBench]:
    contents, judged = blind_contents_of(assignment.attempt), open_keys(assignment.attempt)
    texts = {row.id: row.blind_text or "" for slot in contents.slots.values() for row in slot.artifacts}
    pieces: dict[str, list[Piece]] = {}
    for place, artifact in enumerate(queries.blind_artifacts(assignment), start=1):
        pieces.setdefault(artifact.slot, []).append(_piece(place, artifact, texts[artifact.id]))
    return [
        PartOnBench(
            part,
            tuple(contents.prompts[prompt.key] for prompt in part.prompts),
            tuple(SlotOnBench(slot, tuple(pieces.get(slot.key, ()))) for slot in part.artifacts),
            any(key in judged for key in _keys(part)),
        )
        for part in contents.item.parts
    ]


def _keys(part: Part) -> list[str]:
    return [*(prompt.key for prompt in part.prompts), *(slot.key for slot in part.artifacts)]


def neutral_name(place: int, artifact: Artifact) -> str:
    """`Evidence 2.pdf`: a file's name that says nothing about its maker."""
    return media.neutral_name(_kind(artifact).code, place)


def opens_in_browser(artifact: Artifact) -> bool:
    return _kind(artifact).serving is media.Serving.SANDBOXED


def rubric_context(
    assignment: Assignment, data: Mapping[str, str], refused: Mapping[str, Refusal]
) -> dict[str, object]:
    """The rubric of this reading with what stands in it; of refused criteria, what was typed."""
    rows = queries.scoring_rows(assignment)
    asked = [row for row in rows if not row.kept]
    typed = {name: text for name, text in data.items() if name.partition("-")[2] in refused}
    standing = {f"{field}-{row.criterion.key}": getattr(row, field) for row in asked for field in FIELDS}
    shown = {name: typed.get(name, text) for name, text in standing.items()}
    return {
        "item": item_shown(assignment.attempt.submission.version_id),
        "rubric": Rubric(tuple(row.criterion for row in asked)),
        "chosen": {row.criterion.key: shown[f"level-{row.criterion.key}"] for row in asked},
        "comments": {row.criterion.key: shown[f"comment-{row.criterion.key}"] for row in asked},
        "needed": {row.criterion.key: row.needed for row in asked},
        "revisions": {name: revision_of(text) for name, text in standing.items()},
        "kept": [row.criterion for row in rows if row.kept],
        "scored": sum(bool(row.level) for row in asked),
        "asked": len(asked),
        "problems": [_problem(row, refused[row.criterion.key]) for row in asked if row.criterion.key in refused],
    }


@dataclass(frozen=True)
class Checked:
    """One criterion on the page before sending; ``gap`` says what it still needs."""

    row: ScoringRow
    level: str
    gap: str


def check(assignment: Assignment) -> list[Checked]:
    """The criteria of this reading, each with its level's name and what is missing, as sending will judge it."""
    item, rows = item_of(assignment.attempt.submission.version_id), queries.scoring_rows(assignment)
    asked = [row for row in rows if not row.kept]
    levels = {row.criterion.key: row.level for row in asked if row.level}
    below = comments_required(levels, item.rubric, item.passing_rule)
    found = []
    for row in asked:
        name = next((level.name for level in row.criterion.levels if level.key == row.level), "")
        silent = row.criterion.key in below and not row.comment
        gap = _("Choose a level.") if not name else _("Say what the earner can do about it.") if silent else ""
        found.append(Checked(row, name, gap))
    return found


def _problem(row: ScoringRow, refusal: Refusal) -> dict[str, object]:
    field, theirs = refusal.facts.get("field"), refusal.facts.get("theirs")
    if field == "level":
        theirs = next((level.name for level in row.criterion.levels if level.key == theirs), theirs)
    return {"criterion": row.criterion, "sentence": str(refusal), "changed": field is not None, "theirs": theirs}


def _piece(place: int, artifact: Artifact, text: str) -> Piece:
    if artifact.gone_at:
        return Piece(place, "gone", artifact.get_gone_because_display(), None)
    shape = _shape(artifact)
    if shape == media.Group.TEXT:
        text = _words_of(artifact.blind)
    return Piece(place, shape, text, artifact.size if artifact.kind == ArtifactKind.FILE else None)


def _shape(artifact: Artifact) -> str:
    if artifact.kind != ArtifactKind.FILE:
        return "link" if artifact.kind == ArtifactKind.LINK else "written"
    kind = _kind(artifact)
    if kind.group is media.Group.DOCUMENT:
        return "open" if opens_in_browser(artifact) else "download"
    return kind.group.value if kind.group is media.Group.TEXT or opens_in_browser(artifact) else "download"


def _kind(artifact: Artifact) -> Kind:
    kind = kind_by_ending("." + artifact.blind_name.rpartition(".")[2])
    assert kind is not None  # blind copies are of these kinds only
    return kind


def _words_of(key: str) -> str:
    """The beginning of a text file, empty when storage has lost it: the way to the file itself stands beside it."""
    try:
        with default_storage.open(key) as file:
            words: bytes = file.read(TEXT_SHOWN)
    except OSError:
        return ""
    return words.decode("utf-8", "ignore")
