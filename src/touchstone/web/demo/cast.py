"""The cast and the samples as the pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchstone.demo import queries
from touchstone.demo.cast import CAST, Member
from touchstone.demo.queries import EARNERS, Sample
from touchstone.people.enums import Position, Role


@dataclass(frozen=True)
class Choice:
    """One way to sign in as somebody."""

    label: str
    url: str


@dataclass(frozen=True)
class Card:
    """A member of the cast with the ways to be her; the first is the usual one."""

    member: Member
    position: str
    organisation: str
    choices: list[Choice]


@dataclass(frozen=True)
class Group:
    title: str
    sentence: str
    cards: list[Card]


@dataclass(frozen=True)
class Sight:
    """A sample with what there is to see, and the address that opens it as the right person."""

    sample: Sample
    title: str
    url: str


_SIGHTS: dict[str, str | Promise] = {
    "micro_credential": gettext_lazy("A micro-credential: what to show, and the rubric it is judged by"),
    "stack": gettext_lazy("A stack of micro-credentials"),
    "issuer": gettext_lazy("An issuer"),
    "verify": gettext_lazy("Check a badge"),
    "submission_draft": gettext_lazy("A draft, half done"),
    "submission_ready": gettext_lazy("A draft that is ready: send it yourself"),
    "submission_again": gettext_lazy("A second attempt in draft, with the comments on the first beside it"),
    "submission_submitted": gettext_lazy("Work on its way through assessment"),
    "submission_not_yet": gettext_lazy("A “not yet” with comments to act on"),
    "submission_earned": gettext_lazy("Work that earned its award"),
    "submission_withdrawn": gettext_lazy("Work that was withdrawn"),
    "assignment_offered": gettext_lazy("Work offered to an assessor, who never learns whose it is"),
    "assignment_accepted": gettext_lazy("Work half scored"),
    "lead_work": gettext_lazy("Work as its scoring leader sees it: by code, its assessor by name, and why she"),
    "measurement": gettext_lazy("How reliable scores are, and an assessor who has become more severe"),
    "own_record": gettext_lazy("The record she alone sees of her own scoring"),
    "statement": gettext_lazy("What everybody may know of it"),
    "decision_waiting": gettext_lazy("A decision that waits for award staff"),
    "organisation": gettext_lazy("A district as its administrator sees it"),
    "members": gettext_lazy("Who holds a role there"),
    "invitations": gettext_lazy("Open invitations, and how to invite a whole list"),
    "join_requests": gettext_lazy("Somebody asks to be counted as working there"),
    "join": gettext_lazy("An invitation as whoever got it sees it"),
    "ask_guardian": gettext_lazy("Under 18: where the question to a parent stands"),
    "guardian": gettext_lazy("What the parent reads and answers"),
    "award": gettext_lazy("An award seen by link"),
    "award_stack": gettext_lazy("The award for a whole stack"),
    "award_listed": gettext_lazy("An award listed for all"),
    "award_private": gettext_lazy("A private award: for everybody else it does not exist"),
    "award_revoked": gettext_lazy("A revoked award"),
}


def groups() -> list[Group]:
    """The whole cast, each once, by what they come here for."""
    names = queries.organisation_names()
    cards = {member.key: _card(member, names) for member in CAST}

    def pick(fits: Sequence[Member]) -> list[Card]:
        return [cards[member.key] for member in fits]

    earners = [member for member in CAST if member.key in EARNERS]
    rest = [member for member in CAST if member.key not in EARNERS]
    assessors = [member for member in rest if any(role == Role.ASSESSOR for role, _place in member.roles)]
    others = [member for member in rest if member not in assessors]
    return [
        Group(_("They earn"), _("They collect evidence from their own work and send it in."), pick(earners)),
        Group(_("They assess"), _("They score work without knowing whose it is."), pick(assessors)),
        Group(_("They keep it going"), _("They write, lead, release, and look after the platform."), pick(others)),
    ]


def sights(samples: Iterable[Sample]) -> list[Sight]:
    """The samples in the order a visitor would look."""
    found = {sample.key: sample for sample in samples}
    return [Sight(found[key], str(title), _open(found[key])) for key, title in _SIGHTS.items() if key in found]


def as_json() -> list[dict[str, object]]:
    """The cast with whole addresses."""
    names = queries.organisation_names()
    return [
        {
            "key": member.key,
            "name": member.name,
            "roles": [*(["earner"] if member.key in EARNERS else []), *dict.fromkeys(str(r) for r, _p in member.roles)],
            "organisation": _organisation(member, names),
            "sign_in_url": settings.ORIGIN + reverse("demo_sign_in", args=[member.key]),
        }
        for member in CAST
    ]


def _card(member: Member, names: dict[str, str]) -> Card:
    choices = [Choice(_("As an earner"), _sign_in(member.key, "earner"))] if member.key in EARNERS else []
    for role, place in member.roles:
        label = _("{role}, {organisation}").format(role=role.label, organisation=names.get(place, place))
        choices.append(Choice(label, _sign_in(member.key, role, place)))
    position = "" if member.position == Position.OTHER else str(member.position.label)
    return Card(member, position, _organisation(member, names), choices)


def _organisation(member: Member, names: dict[str, str]) -> str:
    place = member.works_at or next((place for _role, place in member.roles), "")
    return names.get(place, "")


def _open(sample: Sample) -> str:
    path = reverse(sample.view, args=sample.arguments)
    return _sign_in(sample.who, sample.role or "earner", sample.place, path) if sample.who else path


def _sign_in(key: str, role: str, place: str = "", path: str = "") -> str:
    query = {name: value for name, value in (("as", role), ("in", place), ("next", path)) if value}
    return f"{reverse('demo_sign_in', args=[key])}?{urlencode(query)}"
