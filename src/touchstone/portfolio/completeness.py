"""What is still missing before an attempt can be handed in."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.queries import Contents, PromptState, SlotState


@dataclass(frozen=True)
class Missing:
    """One thing to do: the key of the prompt or slot it stands at, and a sentence."""

    at: str
    sentence: str


def what_is_missing(contents: Contents, attested: Collection[str], *, check_attestations: bool = True) -> list[Missing]:
    """Everything the completeness check would stop, in the order of the page."""
    missing: list[Missing] = []
    for part in contents.item.parts:
        missing += [found for prompt in part.prompts for found in _prompt(contents.prompts[prompt.key])]
        missing += [found for slot in part.artifacts for found in _slot(contents.slots[slot.key])]
    if check_attestations:
        missing += [
            Missing(f"attest-{kind}", _("Please confirm: {statement}").format(statement=kind.label))
            for kind in attestations_for(contents)
            if kind not in attested
        ]
    return missing


def attestations_for(contents: Contents) -> list[AttestationKind]:
    """What the earner must confirm; releases only where the item can show students."""
    needs_release = any(state.slot.needs_release and state.artifacts for state in contents.slots.values())
    return [kind for kind in AttestationKind if kind is not AttestationKind.RELEASES or needs_release]


def _prompt(state: PromptState) -> list[Missing]:
    prompt, words = state.prompt, state.words
    if words < prompt.min_words:
        sentence = ngettext("“{text}” has {words} word", "“{text}” has {words} words", words) + _(
            "; at least {least} are asked."
        )
    elif words > prompt.max_words:
        sentence = ngettext("“{text}” has {words} word", "“{text}” has {words} words", words) + _(
            "; at most {most} are asked."
        )
    else:
        return []
    facts = {"text": prompt.text, "words": words, "least": prompt.min_words, "most": prompt.max_words}
    return [Missing(prompt.key, sentence.format(**facts))]


def _slot(state: SlotState) -> list[Missing]:
    if state.filled:
        return []
    have = len(state.artifacts)
    if have < state.slot.min_items:
        sentence = _("“{title}” needs at least {least}; {have} is there.")
    else:
        sentence = _("“{title}” takes at most {most}; {have} are there.")
    facts = {"title": state.slot.title, "least": state.slot.min_items, "most": state.slot.max_items, "have": have}
    return [Missing(state.slot.key, sentence.format(**facts))]
