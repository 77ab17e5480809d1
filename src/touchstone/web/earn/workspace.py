"""The draft as its page shows it: parts in order, each question and place for evidence with what judges it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from touchstone.assessment import queries as assessment
from touchstone.assessment.models import Decision
from touchstone.catalogue.queries import item_of, item_shown
from touchstone.core.content import Item, Part
from touchstone.core.rubric import Criterion, Rubric
from touchstone.core.sight import Seen, Viewer
from touchstone.core.words import count_words
from touchstone.kit.actor import Actor
from touchstone.kit.errors import NotFound
from touchstone.portfolio import errors, queries
from touchstone.portfolio.completeness import what_is_missing
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.identities import Remark
from touchstone.portfolio.models import Artifact, Attempt, Submission
from touchstone.portfolio.queries import Contents, PromptState, SlotState
from touchstone.web.earn import wording
from touchstone.web.earn.forms import LinkForm, TextForm


@dataclass(frozen=True)
class CriterionFeedback:
    """One criterion of a decision, with names for keys."""

    title: str
    level: str
    needed: str
    met: bool
    carried: bool
    comments: tuple[tuple[Seen, str], ...]


@dataclass(frozen=True)
class Judged:
    """A criterion beside the first thing it covers. ``others`` counts what else it looks at."""

    criterion: Criterion
    needed: dict[str, str]
    others: int
    feedback: CriterionFeedback | None

    @property
    def rubric(self) -> Rubric:
        return Rubric((self.criterion,))

    @property
    def at(self) -> str:
        return self.criterion.covers[0]

    @property
    def title(self) -> str:
        return self.criterion.title


@dataclass(frozen=True)
class Typed:
    """A text that was sent and could not be saved; ``theirs`` is what stands instead after a change elsewhere."""

    text: str
    revision: int
    sentence: str
    theirs: str | None = None


@dataclass(frozen=True)
class Question:
    """A prompt on the page."""

    state: PromptState
    open: bool
    judged: tuple[Judged, ...]
    typed: Typed | None
    identity: list[Remark] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.typed.text if self.typed else self.state.text

    @property
    def revision(self) -> int:
        return self.typed.revision if self.typed else self.state.revision

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def name(self) -> str:
        return f"text-{self.state.prompt.key}"


@dataclass(frozen=True)
class Piece:
    """A piece of evidence with what was found in it; ``identity`` is what its words could tell of somebody."""

    row: Artifact
    identity: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.row.name or self.row.url or str(self.row.get_kind_display())

    @property
    def removed(self) -> list[dict[str, Any]]:
        return [finding for finding in self.row.findings if finding["fixed"]]

    @property
    def remarks(self) -> list[dict[str, Any]]:
        return [finding for finding in self.row.findings if not finding["fixed"]]


@dataclass(frozen=True)
class Refused:
    """What could not be put into a slot: sentences, and the form as it was filled in."""

    sentences: tuple[str, ...] = ()
    link: LinkForm | None = None
    text: TextForm | None = None

    @property
    def in_words(self) -> str:
        found = [*self.sentences]
        for form in (self.link, self.text):
            found += [str(error) for row in form.errors.values() for error in row] if form else []
        return " ".join(found)


@dataclass(frozen=True)
class Place:
    """A slot for evidence on the page."""

    state: SlotState
    open: bool
    judged: tuple[Judged, ...]
    refused: Refused
    identity: Mapping[str, list[Remark]] = field(default_factory=dict)

    @property
    def pieces(self) -> list[Piece]:
        return [Piece(row, self.identity.get(row.token, [])) for row in self.state.artifacts]

    @property
    def has_room(self) -> bool:
        return self.open and len(self.state.artifacts) < self.state.slot.max_items

    @property
    def accepted(self) -> str:
        return wording.accepted(self.state.slot)

    @property
    def endings(self) -> str:
        return wording.file_endings(self.state.slot)

    @property
    def link_form(self) -> LinkForm | None:
        if "link" not in self.state.slot.accepts:
            return None
        return self.refused.link or LinkForm(auto_id=f"{self.state.slot.key}_link_%s")

    @property
    def text_form(self) -> TextForm | None:
        if "text" not in self.state.slot.accepts:
            return None
        return self.refused.text or TextForm(auto_id=f"{self.state.slot.key}_text_%s")


@dataclass(frozen=True)
class Section:
    """A part of the submission on the page."""

    part: Part
    questions: tuple[Question, ...]
    places: tuple[Place, ...]

    @property
    def is_writable(self) -> bool:
        return any(question.open for question in self.questions)


def attempt_of(submission: Submission) -> Attempt:
    """The current attempt, knowing its submission."""
    attempt = submission.current
    if attempt is None:
        raise NotFound
    attempt.submission = submission
    return attempt


def facts_of(
    actor: Actor,
    submission: Submission,
    *,
    typed: Mapping[str, Typed] | None = None,
    refused: Mapping[str, Refused] | None = None,
) -> dict[str, Any]:
    """Everything the workspace shows. ``typed`` and ``refused`` name what was just sent and could not be taken."""
    attempt = attempt_of(submission)
    contents = queries.contents_of(attempt)
    judged = _judged(contents.item, attempt, last_feedback(submission, attempt))
    asked = queries.open_keys(attempt) if attempt.carried else None
    identity = queries.remarks_in(contents, submission)
    return {
        **heading(submission),
        "sections": [
            _section(part, contents, judged, asked, typed or {}, refused or {}, identity)
            for part in contents.item.parts
        ],
        "missing": what_is_missing(contents, (), check_attestations=False),
        "to_work_on": [row for rows in judged.values() for row in rows if row.feedback and not row.feedback.met],
    }


def heading(submission: Submission) -> dict[str, Any]:
    """What every page of a submission names at its head."""
    version = submission.version
    return {
        "submission": submission,
        "attempt": attempt_of(submission),
        "item": item_shown(version),
        "row": version.micro_credential,
    }


def handed_in(attempt: Attempt) -> list[Section]:
    """Everything in an attempt, to read."""
    contents = queries.contents_of(attempt)
    return [_section(part, contents, {}, frozenset(), {}, {}, {}) for part in contents.item.parts]


def require_draft_with(submission: Submission, slot: str) -> None:
    """Raises NotEditable, UnknownSlot."""
    if attempt_of(submission).state != AttemptState.DRAFT:
        raise errors.NotEditable
    if all(row.key != slot for part in item_of(submission.version).parts for row in part.artifacts):
        raise errors.UnknownSlot


def place_of(submission: Submission, slot: str) -> Place:
    """One slot alone, after something in it changed."""
    contents = queries.contents_of(attempt_of(submission))
    return Place(contents.slots[slot], True, (), Refused(), queries.remarks_in(contents, submission))


def last_feedback(submission: Submission, before: Attempt) -> dict[str, CriterionFeedback]:
    """By criterion, what the last decision before this attempt said."""
    if before.number == 1:
        return {}
    decided = decided_attempts(queries.list_attempts(submission))
    return (
        {row.criterion.key: named(row) for row in assessment.feedback_on(Viewer.EARNER, *decided[-1])}
        if decided
        else {}
    )


def decided_attempts(attempts: list[Attempt]) -> list[tuple[Attempt, Decision]]:
    """Those with a released decision, and it, oldest first."""
    decisions = assessment.released_decisions(attempts)
    return [(attempt, decisions[attempt.id]) for attempt in attempts if attempt.id in decisions]


def named(row: assessment.Feedback) -> CriterionFeedback:
    names = {level.key: level.name for level in row.criterion.levels}
    reached, needed = names.get(row.level, ""), names.get(row.needed, "")
    return CriterionFeedback(row.criterion.title, reached, needed, row.met, row.carried, row.comments)


def _judged(item: Item, attempt: Attempt, feedback: Mapping[str, CriterionFeedback]) -> dict[str, tuple[Judged, ...]]:
    """Criteria by the first prompt or slot they cover, those kept from before left out."""
    needed = {need.criterion: need.at_least for need in item.passing_rule.all_of}
    found: dict[str, tuple[Judged, ...]] = {}
    for criterion in item.rubric.criteria:
        if criterion.key not in attempt.carried:
            one = Judged(criterion, needed, len(criterion.covers) - 1, feedback.get(criterion.key))
            found[one.at] = (*found.get(one.at, ()), one)
    return found


def _section(
    part: Part,
    contents: Contents,
    judged: Mapping[str, tuple[Judged, ...]],
    asked: frozenset[str] | None,
    typed: Mapping[str, Typed],
    refused: Mapping[str, Refused],
    identity: Mapping[str, list[Remark]],
) -> Section:
    def facts(key: str) -> tuple[bool, tuple[Judged, ...]]:
        return asked is None or key in asked, judged.get(key, ())

    return Section(
        part,
        tuple(
            Question(contents.prompts[row.key], *facts(row.key), typed.get(row.key), identity.get(row.key, []))
            for row in part.prompts
        ),
        tuple(
            Place(contents.slots[row.key], *facts(row.key), refused.get(row.key, Refused()), identity)
            for row in part.artifacts
        ),
    )
