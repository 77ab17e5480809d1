"""Every URL and every member of the cast: who gets an answer, and that everyone else gets none.

Signed-out visitors are asked to sign in on every private path alike. What one may not see looks like what is not there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests import builders as b
from tests.cast import EVERYONE, Cast, gather
from touchstone.assessment import actions as assessment
from touchstone.assessment.models import Assignment, Decision
from touchstone.catalogue import actions as catalogue
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award, StatusList
from touchstone.kit.models import OutgoingMail
from touchstone.people import queries as people
from touchstone.portfolio.models import Artifact, Submission

SIGNED_IN = frozenset(EVERYONE) - {"anonymous"}
EARNERS = frozenset({"earner", "colleague", "outsider"})  # acting for themselves
ASSESSORS = frozenset({"assessor", "second", "outside_assessor"})
STAFF = frozenset({"staff", "outside_staff"})
ALL = frozenset(EVERYONE)
EARNER = frozenset({"earner"})


@dataclass
class World:
    """One row of everything, and its names in URLs."""

    cast: Cast
    draft: Submission
    waiting: Submission
    assignment: Assignment
    decision: Decision
    award: Award
    shared: Award

    @property
    def scorer(self) -> str:
        """Which of the two assessors holds the assignment."""
        return "assessor" if self.assignment.assessor_id == self.cast.assessor.person_id else "second"


type Audience = frozenset[str] | Callable[[World], frozenset[str]]


def _scorer(world: World) -> frozenset[str]:
    return frozenset({world.scorer})


@dataclass(frozen=True)
class Row:
    """A URL by name: what stands in it, who gets an answer, and by which method."""

    audience: Audience
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    post: bool = False
    public: bool = False  # signed-out visitors outside the audience get 404 instead of the way to sign in
    told: frozenset[str] = frozenset()  # may see what it is about but not do it: 403 with a sentence


def _draft(world: World) -> dict[str, Any]:
    return {"token": world.draft.token}


def _waiting(world: World) -> dict[str, Any]:
    return {"token": world.waiting.token}


def _assignment(world: World) -> dict[str, Any]:
    return {"token": world.assignment.token}


def _award(world: World) -> dict[str, Any]:
    return {"token": world.award.token}


def _artifact(world: World) -> dict[str, Any]:
    return {"token": world.draft.token, "artifact": Artifact.objects.filter(submission=world.draft)[0].token}


HOLDER_AND_STAFF = frozenset({"earner", "staff"})

TABLE: dict[str, Row] = {
    "home": Row(ALL),
    "explore": Row(ALL),
    "item": Row(ALL, lambda world: {"slug": world.cast.item.micro_credential.slug}),
    "mark": Row(ALL, lambda world: {"slug": world.cast.item.micro_credential.slug}),
    "stack": Row(ALL, lambda world: {"slug": "questioning"}),
    "stack_mark": Row(ALL, lambda world: {"slug": "questioning"}),
    "issuer": Row(ALL, lambda world: {"slug": world.cast.issuer.slug}),
    "did_document": Row(ALL, lambda world: {"token": world.cast.issuer.token}),
    "status_list": Row(ALL, lambda world: {"token": StatusList.objects.get().token}),
    "verify": Row(ALL),
    "styleguide": Row(ALL),
    "set_language": Row(ALL, post=True),
    "demo": Row(ALL),
    "demo_json": Row(ALL),
    "demo_mail": Row(ALL),
    "demo_message": Row(ALL, lambda world: {"token": OutgoingMail.objects.order_by("id")[0].token}),
    "account": Row(SIGNED_IN),
    "act_as": Row(SIGNED_IN, post=True),
    "earn_home": Row(SIGNED_IN),
    "start": Row(
        EARNERS,
        lambda world: {"slug": world.cast.item.micro_credential.slug},
        post=True,
        told=SIGNED_IN - EARNERS,
    ),
    "submission": Row(EARNER, _draft),
    "answer": Row(EARNER, lambda world: {**_draft(world), "prompt": "context"}, post=True),
    "save_part": Row(EARNER, lambda world: {**_draft(world), "part": "overview"}, post=True),
    "add_file": Row(EARNER, lambda world: {**_draft(world), "slot": "recording"}, post=True),
    "add_link": Row(EARNER, lambda world: {**_draft(world), "slot": "recording"}, post=True),
    "add_text": Row(EARNER, lambda world: {**_draft(world), "slot": "recording"}, post=True),
    "remove_artifact": Row(EARNER, _artifact, post=True),
    "submit": Row(EARNER, _draft),
    "withdraw": Row(EARNER, _waiting),
    "again": Row(EARNER, _draft, post=True),
    "awards": Row(SIGNED_IN),
    "award": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_json": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_png": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_svg": Row(HOLDER_AND_STAFF, _award, public=True),
    "award_share": Row(EARNER, _award, post=True),
    "award_revoke": Row(frozenset({"staff"}), _award, post=True, told=EARNER),
    "assess_home": Row(ASSESSORS),
    "assignment": Row(_scorer, _assignment),
    "accept": Row(_scorer, _assignment, post=True),
    "decline": Row(_scorer, _assignment, post=True),
    "scores": Row(_scorer, _assignment, post=True),
    "send_scores": Row(_scorer, _assignment),
    "decisions": Row(STAFF),
    "decision": Row(frozenset({"staff"}), lambda world: {"token": world.decision.token}),
    "release": Row(frozenset({"staff"}), lambda world: {"token": world.decision.token}, post=True),
    "issued": Row(STAFF),
}

# Looked at elsewhere: health (503 without a worker), links that are signed, pieces of evidence that are files (tests
# of those doors), one-click sign-in, which is for everybody in the demonstration and nobody elsewhere.
ELSEWHERE = {"healthz", "media", "artifact", "assignment_evidence", "demo_sign_in", "sample_mark"}


@pytest.fixture
def world(db: None) -> World:
    cast = gather()
    cast.stack()
    cast.earned()
    award = Award.objects.get(version__isnull=False)
    shared = Award.objects.get(stack_version__isnull=False)
    credentials.share_award(actor=b.actor(cast.earner), token=shared.token, visibility="link", now=b.NOW)
    other = b.version("pair-talk", of=cast.issuer, title="Pair talk")
    third = b.version("exit-card", of=cast.issuer, title="Exit card")
    for membership in (cast.assessor, cast.second):
        for item in (other, third):
            assessment.qualify_assessor(
                actor=b.SYSTEM,
                assessor=membership.person,
                micro_credential=item.micro_credential,
                from_date=b.NOW.date(),
                now=b.NOW,
            )
    catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=third.micro_credential, staff=True, now=b.NOW)
    held = b.submitted(cast.earner, third)
    scored = cast.assignment(held)
    b.score(scored, cast.membership_of(scored))
    waiting = b.submitted(cast.earner, other)
    assignment = cast.assignment(waiting)
    who = people.actor_of(assignment.assessor_id, cast.membership_of(assignment))
    assessment.accept_assignment(actor=who, token=assignment.token, now=b.NOW)
    draft = b.draft(cast.earner, b.version("think-aloud", of=cast.issuer, title="Think aloud"))
    return World(cast, draft, waiting, assignment, Decision.objects.get(released_at=None), award, shared)


def _names(resolver: URLResolver | None = None, inside: str = "") -> set[str]:
    found: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        route = inside + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found |= _names(entry, route)
        elif isinstance(entry, URLPattern) and entry.name and not _is_allauth(entry):
            found.add(entry.name)
    return found


def _is_allauth(entry: URLPattern) -> bool:
    return str(getattr(entry.callback, "__module__", "")).startswith("allauth")


def test_every_url_has_its_row():
    assert _names() - ELSEWHERE == TABLE.keys()


def _ask(client: Client, path: str, *, post: bool) -> tuple[int, str]:
    """The answer to a request whose effects are undone."""
    with transaction.atomic():
        answer = client.post(path, {}) if post else client.get(path)
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.django_db
def test_the_right_people_get_an_answer_and_nobody_else(world: World):
    wrong = []
    for name, row in TABLE.items():
        audience = row.audience if isinstance(row.audience, frozenset) else row.audience(world)
        path = _path(name, row, world)
        for who in EVERYONE:
            status, location = _ask(world.cast.client(who), path, post=row.post)
            if not _as_it_should(who, who in audience, row, status, location):
                wrong.append(f"{name} for {who}: {status} {location}")
    assert not wrong, "\n".join(wrong)


def _path(name: str, row: Row, world: World) -> str:
    try:
        return reverse(name, kwargs=row.kwargs(world))
    except NoReverseMatch as missing:
        raise AssertionError(f"{name}: {missing}") from missing


def _as_it_should(who: str, allowed: bool, row: Row, status: int, location: str) -> bool:
    asked_to_sign_in = status == 302 and "/account/login/" in location
    if allowed:
        # A form sent empty may be refused with a sentence, but its sender is told so on a page.
        return (status in {200, 302, 303, 400, 409} if row.post else status == 200) and not asked_to_sign_in
    if who == "anonymous" and not row.public:
        return asked_to_sign_in or (row.post and status == 401)
    return status == (403 if who in row.told else 404)


@pytest.mark.django_db
def test_an_award_by_link_is_everybodys(world: World):
    for who in EVERYONE:
        assert _ask(world.cast.client(who), reverse("award", args=[world.shared.token]), post=False)[0] == 200


@pytest.mark.django_db
def test_a_member_acting_for_herself_is_told_to_choose_her_role(world: World):
    client = Client()
    client.force_login(world.cast.staff.person.person.account)
    answer = client.get(reverse("decisions"))
    assert answer.status_code == 403
    assert "choose it in the header" in answer.content.decode()
