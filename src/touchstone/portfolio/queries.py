"""Reads of the portfolio."""

from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import Case, QuerySet, When

from touchstone.catalogue.queries import item_of, item_shown
from touchstone.core.content import ArtifactSlot, Item, Prompt
from touchstone.core.privacy import KnownIdentities
from touchstone.core.words import count_words
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page, page
from touchstone.people.known import known_identities
from touchstone.portfolio import identities, rules
from touchstone.portfolio.enums import ArtifactKind, AttemptState
from touchstone.portfolio.identities import Remark
from touchstone.portfolio.models import Answer, Artifact, Attempt, Submission


@dataclass(frozen=True)
class PromptState:
    """A question with what stands in it now."""

    prompt: Prompt
    text: str
    revision: int
    words: int

    @property
    def in_range(self) -> bool:
        return self.prompt.min_words <= self.words <= self.prompt.max_words


@dataclass(frozen=True)
class SlotState:
    """A place for evidence with what lies in it now."""

    slot: ArtifactSlot
    artifacts: tuple[Artifact, ...]

    @property
    def filled(self) -> bool:
        return self.slot.min_items <= len(self.artifacts) <= self.slot.max_items


@dataclass(frozen=True)
class Contents:
    """Everything in one attempt, by the keys of the version's document."""

    item: Item
    prompts: dict[str, PromptState]
    slots: dict[str, SlotState]


def get_submission(actor: Actor, token: str) -> Submission:
    """The actor's own submission with version, issuer and current attempt; raises NotFound."""
    return rules.OWN.get(actor, _with_version(Submission.objects.all()), token=token)


def find_submission(actor: Actor, micro_credential: UUID) -> Submission | None:
    """What the actor began for a micro-credential, on whichever version; the latest if there are several."""
    rows = rules.OWN.narrow(actor, _with_version(Submission.objects.all()))
    return rows.filter(version__micro_credential_id=micro_credential).order_by("-started_at", "-id").first()


def list_submissions(actor: Actor, *, after: str = "") -> Page[Submission]:
    """The actor's own submissions, newest first."""
    rows = rules.OWN.narrow(actor, _with_version(Submission.objects.all()))
    return page(rows, order=("-started_at", "-id"), after=after)


def find_next_step(actor: Actor) -> Submission | None:
    """The submission that most needs the actor now: feedback first, then a draft, then what waits or is done."""
    places = [AttemptState.NOT_YET, AttemptState.DRAFT, AttemptState.SUBMITTED, AttemptState.EARNED]
    rank = Case(*(When(current__state=state, then=place) for place, state in enumerate(places)), default=len(places))
    rows = rules.OWN.narrow(actor, _with_version(Submission.objects.all()))
    return rows.annotate(rank=rank).order_by("rank", "-current__started_at", "-id").first()


def list_attempts(submission: Submission) -> list[Attempt]:
    return list(submission.attempts.order_by("number"))


def get_artifact(actor: Actor, token: str) -> Artifact:
    """A piece of the actor's own evidence; raises NotFound."""
    return rules.OWN_ARTIFACT.get(actor, Artifact.objects.select_related("submission"), token=token)


def contents_of(attempt: Attempt) -> Contents:
    """What stands in an attempt; two queries whatever its size."""
    item = item_shown(attempt.submission.version_id)
    answers = {answer.prompt: answer for answer in Answer.objects.filter(attempt=attempt)}
    artifacts = list(attempt.artifacts.order_by("added_at", "id"))
    prompts = [prompt for part in item.parts for prompt in part.prompts]
    slots = [slot for part in item.parts for slot in part.artifacts]
    return Contents(
        item,
        {prompt.key: _prompt_state(prompt, answers.get(prompt.key)) for prompt in prompts},
        {slot.key: SlotState(slot, tuple(row for row in artifacts if row.slot == slot.key)) for slot in slots},
    )


def blind_contents_of(attempt: Attempt) -> Contents:
    """What assessors read of an attempt: answers and texts of evidence without what tells who wrote them."""
    contents = contents_of(attempt)
    answers = {answer.prompt: answer.blind for answer in Answer.objects.filter(attempt=attempt)}
    redact = _Redaction(attempt.submission)
    prompts = {
        key: replace(state, text=redact(state.text, answers.get(key, ""))) for key, state in contents.prompts.items()
    }
    for slot in contents.slots.values():
        for row in slot.artifacts:
            row.blind_text = redact(row.url or row.text, row.blind_text)
    return replace(contents, prompts=prompts)


class _Redaction:
    """The blind text as it was made at handing in; for work from before such texts were kept, made now."""

    def __init__(self, submission: Submission) -> None:
        self._submission = submission

    def __call__(self, text: str, made: str | None) -> str:
        if made is not None:
            return made
        submission = self._submission
        return identities.blind(text, self._known, submission.kept, language=submission.version.language)

    @cached_property
    def _known(self) -> KnownIdentities:
        return known_identities(self._submission.earner_id)


def remarks_in(contents: Contents, submission: Submission) -> dict[str, list[Remark]]:
    """What in the texts of a draft could tell who somebody is: by prompt, and by the token of a text of evidence."""
    known, language = known_identities(submission.earner_id), submission.version.language
    texts = {key: state.text for key, state in contents.prompts.items()}
    for slot in contents.slots.values():
        texts |= {row.token: row.url or row.text for row in slot.artifacts if row.kind != ArtifactKind.FILE}
    found = {key: identities.remarks_on(text, known, submission.kept, language=language) for key, text in texts.items()}
    return {key: remarks for key, remarks in found.items() if remarks}


def _prompt_state(prompt: Prompt, answer: Answer | None) -> PromptState:
    text = answer.text if answer else ""
    return PromptState(prompt, text, answer.revision if answer else 0, count_words(text))


def _with_version(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    return rows.select_related("version__micro_credential__issuer", "current")


def open_keys(attempt: Attempt) -> frozenset[str]:
    """Keys of the prompts and slots this attempt is judged on: all, but for what only kept criteria cover."""
    criteria = item_of(attempt.submission.version_id).rubric.criteria
    return frozenset(key for criterion in criteria if criterion.key not in attempt.carried for key in criterion.covers)
