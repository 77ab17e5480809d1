"""A verification in the reader's language: what each step looked at and what came out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchstone.core.openbadges.report import Report, Result, Step, Summary
from touchstone.core.openbadges.shape import as_list
from touchstone.core.openbadges.times import read_timestamp

type Words = str | Promise

SUMMARIES: dict[Summary, tuple[str, Words, Words]] = {
    Summary.VALID: (
        "success",
        _("This badge is genuine"),
        _("It was signed with the issuer’s key, was not changed since, and counts today."),
    ),
    Summary.NOT_VALID: (
        "problem",
        _("Do not rely on this badge"),
        _("At least one check failed. Ask the issuer, or ask the holder for the file as it was issued."),
    ),
    Summary.REVOKED: (
        "problem",
        _("This badge was withdrawn"),
        _("The issuer has taken it back. It no longer counts."),
    ),
    Summary.EXPIRED: ("warn", _("This badge has run out"), _("It was valid only until a date that has passed.")),
    Summary.NOT_FULLY_CHECKED: (
        "warn",
        _("This badge could not be fully checked"),
        _("Nothing wrong was found, but not everything could be checked here. Ask the issuer if it matters to you."),
    ),
    Summary.UNREADABLE: (
        "problem",
        _("No badge could be read from this"),
        _("Ask the holder for the badge file itself: a picture that was saved again or resized has lost its badge."),
    ),
}

STRANGER: tuple[str, Words, Words] = (
    "warn",
    _("This badge is unchanged, but its issuer is not known here"),
    _("Whoever made it may have written any name into it. Ask the issuer named in it whether this badge is theirs."),
)

NAMES: dict[str, Words] = {
    "parsed": _("The file"),
    "shape": _("Its form"),
    "contexts": _("Its words"),
    "issuer_key": _("The issuer’s key"),
    "proof": _("The signature"),
    "status_list": _("The issuer’s list of withdrawn badges"),
    "not_revoked": _("Not withdrawn"),
    "dates": _("The dates"),
    "recipient": _("The holder"),
    "known_issuer": _("The issuer"),
    "evidence": _("The evidence"),
}

SENTENCES: dict[str, Words] = {
    "parsed": _("The file is a readable badge."),
    "shape_right": _("The badge holds what Open Badges 3.0 asks for."),
    "contexts_known": _("Every word in the badge has a known, fixed meaning."),
    "key_of_issuer": _("The key belongs to the issuer the badge names."),
    "proof_right": _("The badge is exactly as it was signed."),
    "status_list_genuine": _("The list of withdrawn badges is signed by the same issuer."),
    "no_status": _("The badge names no such list; its issuer cannot withdraw it, so there is nothing to check."),
    "not_revoked": _("The issuer has not withdrawn the badge."),
    "dates_right": _("The badge counts today."),
    "recipient_matches": _("The badge was issued to the person you asked about."),
    "issuer_known": _("The issuer is known here as {issuer}."),
    "not_reached": _("Not checked, because an earlier check did not pass."),
    "proof_signature_wrong": _("The badge was changed after it was signed, or it was signed with another key."),
    "proof_missing": _("The badge holds no signature."),
    "key_of_another": _("The badge was signed with a key that does not belong to the issuer it names."),
    "issuer_unreachable": _("The issuer’s keys could not be looked up. Try again later."),
    "status_list_unavailable": _("The issuer’s list could not be looked up. Try again later."),
    "status_list_unsigned": _(
        "The issuer’s list is of an older kind that nobody signs, so it could have been changed."
    ),
    "not_on_older_list": _("The issuer’s older list does not hold this badge."),
    "key_not_listed": _("The issuer does not publish this key as one of its own, or does so no more."),
    "evidence_answers": _("The evidence the badge links to can be opened."),
    "evidence_out_of_reach": _("Some of the evidence could not be opened from here. It may ask for a sign-in."),
    "older_form": _("The file is a readable badge in an older form (Open Badges 2.0)."),
    "shape_right_older": _("The badge holds what its older form asks for."),
    "older_words": _("The older form does not fix what its words mean, so that cannot be checked."),
    "older_part_unavailable": _("The issuer’s address for this badge could not be read. Try again later."),
    "hosted_by_issuer": _("The badge is kept at its issuer’s own place."),
    "hosted_same": _("The issuer’s address says the very same as this file."),
    "hosted_differs": _("The issuer’s address says something else than this file."),
    "hosted_elsewhere": _("The badge is kept at another place than its issuer, so it may be anybody’s."),
    "hosted_no_more": _("The issuer’s address says no more of this badge than that it was withdrawn."),
    "status_hosted": _("The issuer’s own address says whether it has withdrawn the badge."),
    "revoked": _("The issuer has withdrawn this badge."),
    "suspended": _("The issuer has suspended this badge for now."),
    "expired": _("The badge counted only until a date that has passed."),
    "not_yet_valid": _("The badge counts only from a later date."),
    "recipient_other": _("The badge was issued to somebody else, or to another address of this person."),
    "recipient_not_named": _("The badge does not say to whom it was issued."),
    "issuer_not_known": _("This issuer is not known here; the name in the badge is its own claim."),
    "token_malformed": _("This begins like a badge as a token (JWT), but is not a whole one."),
    "token_not_supported": _("The badge is a token (JWT) signed in a way that cannot be checked here."),
    "token_algorithm_refused": _(
        "The token (JWT) is not signed with an issuer’s key, so anybody could have written it."
    ),
    "token_claims_differ": _("The token (JWT) says one thing in its claims and another in the badge."),
    "json_unreadable": _("This is neither a badge file (JSON) nor a picture with a badge in it."),
    "image_without_badge": _("The picture holds no Open Badges 3.0 badge. It may have been saved again or resized."),
    "image_broken": _("The picture is damaged or incomplete."),
    "image_unsafe": _("The picture holds something that could run or hide, so it was not read."),
}
"""Sentences by the stable code of a step. A rarer failure is told in the words of core.openbadges."""


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step as the component ``verification_steps`` shows it."""

    name: Words
    result: str
    sentence: Words


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a page shows it: tone of the notice, what came out, what it means, and the steps."""

    tone: str
    title: Words
    sentence: Words
    steps: tuple[ShownStep, ...]


def shown(report: Report) -> Shown:
    """Anybody can sign a badge in anybody's name, so a genuine one of a stranger is not called genuine."""
    unknown = any(step.name == "known_issuer" and step.result is not Result.PASSED for step in report.steps)
    is_strangers = unknown and report.summary is Summary.VALID
    tone, title, sentence = STRANGER if is_strangers else SUMMARIES[report.summary]
    return Shown(tone, title, sentence, tuple(_step(step) for step in report.steps))


def _step(step: Step) -> ShownStep:
    known = SENTENCES.get(step.code)
    sentence = str(known).format(**step.details) if known else step.sentence
    return ShownStep(NAMES[step.name], step.result.value, sentence)


def claims(report: Report) -> list[tuple[Words, str]]:
    """What the badge says of itself, once its form is right and so its parts are where they should be."""
    credential = report.credential
    if credential is None or report.step("shape").code != "shape_right":
        return []
    subject = as_list(credential["credentialSubject"])[0]
    facts = [
        (_("Awarded for"), _name(as_list(subject["achievement"])[0])),
        (_("Issued by"), _name(as_list(credential["issuer"])[0])),
        (_("Counts from"), date(read_timestamp(credential["validFrom"]), "DATE_FORMAT")),
    ]
    return [(name, value) for name, value in facts if value]


def _name(part: Mapping[str, Any] | str) -> str:
    """The name of a profile or achievement; a profile may be given as its id alone."""
    name = part if isinstance(part, str) else part.get("name") or part["id"]
    return name[:200] if isinstance(name, str) else ""
