"""The reasons of a plan in words. Every sentence is a template, so that a caller can translate it.

`say` is the caller's translation of a template (gettext, for instance); the templates stand in REASONS, WHY_NOT,
WHY_NOT_NAMED, FRAMES, SHORT and QUALIFIED. Where one and more differ, both stand there: (for one, for more).
"""

from collections.abc import Callable, Mapping

from touchstone.core.assignment.model import PERSONAL, Bar
from touchstone.core.assignment.reasons import Reason, Refusal

Say = Callable[[str], str]

REASONS = {
    "choice": "One of {open} people who may read it.",
    "only_choice": "The only person who may read it.",
    "load": "Holds {held} of {capacity} with the work now given out.",
    "experienced": "Has the experience asked for (tier {tier}, asked {asked}).",
    "less_experienced": "Has less experience than asked for (tier {tier}, asked {asked}): nobody fitting was free.",
    "overdue": "The promised day has passed (days since: {days}): late work is given out first.",
    "allied": "Comes from an allied pool, because that serves all work better than the own pool alone.",
    "local": "Works in the same district as the earner, which this item allows.",
    "earlier": "Read an earlier attempt, because too few others may read this one.",
    "lot": "Drawn by lot: no pair is likelier than 1 in {parts}.",
}

_PERSONAL = "personal"
_PERSONAL_TIES = {*PERSONAL, Bar.SELF}

WHY_NOT = {
    Bar.UNCONFIRMED: ("1 is not confirmed yet", "{n} are not confirmed yet"),
    Bar.LANGUAGE: ("1 does not read its language", "{n} do not read its language"),
    Bar.SCHOOL: ("1 works in the same school", "{n} work in the same school"),
    _PERSONAL: ("1 has a declared tie", "{n} have a declared tie"),
    Bar.DISTRICT: ("1 works in the same district", "{n} work in the same district"),
    Bar.DOMAIN: ("1 shares the district's e-mail domain", "{n} share the district's e-mail domain"),
    Bar.STATE: ("1 is in the earner's state", "{n} are in the earner's state"),
    Bar.READING: ("1 reads it already", "{n} read it already"),
    Bar.EARLIER: ("1 read an earlier attempt", "{n} read an earlier attempt"),
    Bar.DECLINED: ("1 declined it", "{n} declined it"),
    Bar.FULL: ("1 is at capacity", "{n} are at capacity"),
    "given": ("1 is asked now", "{n} are asked now"),
    "taken": ("1 was needed for other work", "{n} were needed for other work"),
}

WHY_NOT_NAMED = {
    Bar.UNQUALIFIED: "Not qualified for the item",
    Bar.UNCONFIRMED: "Identity or employers not confirmed",
    Bar.LANGUAGE: "Does not read the language",
    Bar.SELF: "Is the earner",
    Bar.SCHOOL: "Same school",
    Bar.SUPERVISOR: "Supervisor",
    Bar.COACH: "Coach",
    Bar.KIN: "Family",
    Bar.CO_AUTHOR: "Co-author",
    Bar.COHORT: "Same cohort",
    Bar.PEER_REVIEWER: "Peer reviewer",
    Bar.KNOWS: "Knows the earner",
    Bar.DISTRICT: "Same district",
    Bar.DOMAIN: "Same district e-mail domain",
    Bar.STATE: "Same state, and the earner names no employer",
    Bar.READING: "Reads it already",
    Bar.EARLIER: "Read an earlier attempt",
    Bar.DECLINED: "Declined it",
    Bar.FULL: "At capacity",
}

FRAMES = {
    "nobody_qualified": "Nobody is qualified for this item.",
    "qualify": "Qualify somebody for this item, or ask an allied issuer.",
    "confirm": "Confirm identity and employers of those who wait for it.",
    "wait": "Raise a capacity, or wait until a reader has finished.",
    "widen": "Ask an allied issuer for a reader without ties.",
}


SHORT = ("One reader is missing.", "{n} readers are missing.")
QUALIFIED = ("1 is qualified", "{n} are qualified")


def sentences(reasons: tuple[Reason, ...], say: Say = str) -> list[str]:
    """One sentence for each reason why somebody was given a work."""
    return [say(REASONS[reason.key]).format(**reason.numbers) for reason in reasons]


def refusal_sentence(refusal: Refusal, say: Say = str) -> str:
    """Why a work lacks readers and what to do, in counts that name nobody.

    "One reader is missing. 7 are qualified: 3 work in the same district, 4 are at capacity. Raise …"
    """
    missing = _counted(SHORT, refusal.short, say)
    advice = say(FRAMES[_advice(refusal)])
    if not refusal.qualified:
        return f"{missing} {say(FRAMES['nobody_qualified'])} {advice}"
    counts = ", ".join(_counted(WHY_NOT[key], n, say) for key, n in _grouped(refusal).items())
    return f"{missing} {_counted(QUALIFIED, refusal.qualified, say)}: {counts}. {advice}"


def named_lines(bars: Mapping[Bar, tuple[str, ...]], names: Mapping[str, str], say: Say = str) -> list[str]:
    """One line for each bar with the people it holds for: for scoring leaders only. `names` is by assessor's key."""
    return [
        f"{say(WHY_NOT_NAMED[bar])}: {', '.join(names[key] for key in keys)}."
        for bar, keys in bars.items()
        if bar != Bar.UNQUALIFIED
    ]


def _grouped(refusal: Refusal) -> dict[str, int]:
    """Counts in the order they are said. Personal ties are one group: who is whose family is nobody's business."""
    counts: dict[str, int] = {}
    for bar, n in refusal.bars.items():
        key = _PERSONAL if bar in _PERSONAL_TIES else bar
        counts[key] = counts.get(key, 0) + n
    counts |= {"given": refusal.given, "taken": refusal.taken}
    return {key: n for key, n in counts.items() if n}


def _advice(refusal: Refusal) -> str:
    if refusal.qualified <= refusal.given:
        return "qualify"
    if refusal.taken or Bar.FULL in refusal.bars:
        return "wait"
    return "confirm" if Bar.UNCONFIRMED in refusal.bars else "widen"


def _counted(forms: tuple[str, str], n: int, say: Say) -> str:
    one, more = forms
    return say(one if n == 1 else more).format(n=n)
