"""The answer of a verification: named steps, and a summary that claims no more than they do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from touchstone.core.openbadges.errors import CannotCheck, OpenBadgesError


class Result(StrEnum):
    """The outcome of one step."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


class Summary(StrEnum):
    """The outcome of all steps together."""

    VALID = "valid"
    NOT_VALID = "not_valid"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_FULLY_CHECKED = "not_fully_checked"
    UNREADABLE = "unreadable"


SENTENCES: Mapping[Summary, str] = {
    Summary.VALID: "The badge is genuine: it was signed with the issuer's key, was not changed, and counts today.",
    Summary.NOT_VALID: "Do not rely on this badge: at least one check failed.",
    Summary.REVOKED: "The issuer has withdrawn this badge.",
    Summary.EXPIRED: "The badge was valid only until a date that has passed.",
    Summary.NOT_FULLY_CHECKED: "The badge could not be fully checked. Nothing wrong was found in what was checked.",
    Summary.UNREADABLE: "No badge could be read from this file.",
}

NAMES = (
    "parsed",
    "shape",
    "contexts",
    "issuer_key",
    "proof",
    "status_list",
    "not_revoked",
    "dates",
)
"""The steps every badge goes through, in order; `recipient`, `known_issuer` and `evidence` follow when asked for."""
ASIDE = frozenset({"known_issuer", "evidence"})
"""Told, but a badge is no less genuine when the checker has not heard of its issuer or cannot open its evidence."""


@dataclass(frozen=True)
class Step:
    """One thing that was looked at. `code` is stable; `details` are the values in the sentence."""

    name: str
    result: Result
    code: str
    sentence: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The steps in order, their summary, and the credential as far as it could be read."""

    steps: tuple[Step, ...]
    summary: Summary
    sentence: str
    credential: Mapping[str, Any] | None = None

    def step(self, name: str) -> Step:
        """The step of this name. Raises KeyError."""
        return {step.name: step for step in self.steps}[name]


def passed(name: str, code: str, sentence: str, **details: str) -> Step:
    """A step that holds."""
    return Step(name, Result.PASSED, code, sentence, details)


def told_by(name: str, error: OpenBadgesError) -> Step:
    """The step an error stands for: not checked if it says so, failed otherwise."""
    result = Result.NOT_CHECKED if isinstance(error, CannotCheck) else Result.FAILED
    return Step(name, result, error.code, str(error), error.details)


def attempt(name: str, action: Callable[[], object], code: str, sentence: str) -> Step:
    """Passed with this code and sentence unless the action raises."""
    try:
        action()
    except OpenBadgesError as error:
        return told_by(name, error)
    return passed(name, code, sentence)


def not_reached(name: str) -> Step:
    """A step that an earlier one kept from being looked at."""
    return Step(name, Result.NOT_CHECKED, "not_reached", "Not checked, because an earlier check did not pass.")


def conclude(steps: Iterable[Step], credential: Mapping[str, Any] | None) -> Report:
    """The report of these steps; those never reached are added as not checked."""
    done = tuple(steps)
    missing = [not_reached(name) for name in NAMES if name not in {step.name for step in done}]
    everything = (*done, *missing)
    summary = _summary(everything)
    return Report(everything, summary, SENTENCES[summary], credential)


def _summary(steps: tuple[Step, ...]) -> Summary:
    failed = {step.name: step.code for step in steps if step.result is Result.FAILED}
    if "parsed" in failed:
        return Summary.UNREADABLE
    if failed.keys() - {"not_revoked", "dates"} or failed.get("dates", "expired") != "expired":
        return Summary.NOT_VALID
    if "not_revoked" in failed:
        return Summary.REVOKED if failed["not_revoked"] == "revoked" else Summary.NOT_VALID
    if "dates" in failed:
        return Summary.EXPIRED
    open_steps = [step for step in steps if step.result is Result.NOT_CHECKED and step.name not in ASIDE]
    return Summary.NOT_FULLY_CHECKED if open_steps else Summary.VALID
