"""Rows for tests, made through the actions people use."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from touchstone.assessment import actions as assessment
from touchstone.assessment.models import Assignment
from touchstone.assessment.queries import asked_criteria
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.kit.actor import Actor, system
from touchstone.kit.drain import run_waiting_jobs
from touchstone.people import actions as people
from touchstone.people import queries as people_queries
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Membership, Organisation, Person
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Submission
from touchstone.portfolio.queries import contents_of, open_keys

NOW = dt.datetime(2026, 9, 7, 15, 30, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"
SYSTEM = system("tests")
_numbers = itertools.count(1)


def later(**span: int) -> dt.datetime:
    return NOW + dt.timedelta(**span)


def organisation(slug: str, kind: OrganisationKind = OrganisationKind.SCHOOL, **facts: Any) -> Organisation:
    facts = {"name": slug.replace("-", " ").title(), "kind": kind, **facts}
    return people.found_organisation(actor=SYSTEM, now=NOW, slug=slug, **facts)


def person(name: str = "", *, email: str = "", state: str = "CO", works_at: Iterable[Organisation] = ()) -> Person:
    """Somebody with a verified address, a confirmed identity and confirmed employers."""
    number = next(_numbers)
    email = email or f"person{number}@mail{number}.example.org"  # one domain each: a shared one keeps people apart
    row = people.open_account(
        email=email,
        password_hash=make_password(PASSWORD),
        name=name or f"Person {number}",
        position="teacher",
        state=state,
        now=NOW,
    )
    people.confirm_identity(actor=SYSTEM, person=row.pseudonym, now=NOW)
    for place in works_at:
        people.record_employment(
            actor=SYSTEM,
            person=row.pseudonym,
            organisation=place,
            from_date=dt.date(2020, 8, 1),
            confirmed=True,
            now=NOW,
        )
    return Person.objects.get(id=row.id)


def member(row: Person, place: Organisation, role: str) -> Membership:
    return people.grant_membership(
        actor=SYSTEM, person=row.pseudonym, organisation=place, role=role, from_date=dt.date(2024, 1, 1), now=NOW
    )


def actor(row: Person, membership: Membership | None = None) -> Actor:
    return people_queries.actor_of(row.pseudonym_id, membership)


def document(slug: str = "wait-time", issuer: str = "exchange", **changes: Any) -> dict[str, Any]:
    """A small complete item: an overview question, one artifact slot, a reflection; one criterion each."""
    low_high = [
        {"key": "not-yet", "name": "Not yet", "descriptor": "Part of the question is open."},
        {"key": "passing", "name": "Passing", "descriptor": "The question is answered in full."},
    ]
    three = [
        {"key": "developing", "name": "Developing", "descriptor": "The work begins to show the method."},
        {"key": "basic", "name": "Basic", "descriptor": "The work shows part of the method."},
        {"key": "proficient", "name": "Proficient", "descriptor": "The work shows the whole method."},
    ]
    return {
        "schema": 1,
        "slug": slug,
        "issuer": issuer,
        "language": "en",
        "title": "Wait time",
        "summary": "Waiting three seconds after a question.",
        "topics": ["questioning"],
        "competency": "The educator waits at least three seconds after a question.",
        "key_method": {"name": "Wait time", "description": "Ask, wait, listen, wait again."},
        "components": [
            {"key": "ask", "name": "Ask", "description": "Ask one clear question."},
            {"key": "wait", "name": "Wait", "description": "Count three seconds in silence."},
        ],
        "rationale": "Students think before they speak when they are given time.",
        "research": [
            {
                "key": "rowe",
                "citation": "Rowe, M. B. (1974).",
                "url": "https://example.org/rowe",
                "finding": "Longer waits bring longer answers.",
            }
        ],
        "resources": [
            {"title": "Timer card", "kind": "planning_tool", "description": "A card to hold up while waiting."}
        ],
        "grain": "small",
        "estimated_hours": "5",
        "who_assesses": "Teachers who use wait time themselves.",
        "turnaround": 5,
        "alignments": [
            {
                "framework": "InTASC",
                "code": "8(f)",
                "name": "Engages all learners in higher order questioning",
                "url": "https://example.org/intasc",
            }
        ],
        "parts": [
            {
                "key": "overview",
                "kind": "overview",
                "title": "Overview",
                "introduction": "Tell us about the lesson.",
                "prompts": [{"key": "context", "text": "Which lesson was it?", "min_words": 3, "max_words": 100}],
                "artifacts": [],
            },
            {
                "key": "evidence",
                "kind": "artifacts",
                "title": "Evidence",
                "introduction": "Show the work.",
                "prompts": [],
                "artifacts": [
                    {
                        "key": "recording",
                        "title": "Recording or notes",
                        "description": "Ten minutes of questions.",
                        "accepts": ["document", "image", "audio", "video", "text", "link"],
                        "min_items": 1,
                        "max_items": 3,
                        "needs_release": True,
                    }
                ],
            },
            {
                "key": "reflection",
                "kind": "reflection",
                "title": "Reflection",
                "introduction": "Look back.",
                "prompts": [{"key": "learned", "text": "What did you learn?", "min_words": 3, "max_words": 100}],
                "artifacts": [],
            },
        ],
        "rubric": {
            "criteria": [
                {
                    "key": "overview",
                    "part": "overview",
                    "title": "Overview",
                    "covers": ["context"],
                    "levels": low_high,
                },
                {
                    "key": "recording",
                    "part": "evidence",
                    "title": "Recording",
                    "covers": ["recording"],
                    "levels": three,
                },
                {
                    "key": "reflection",
                    "part": "reflection",
                    "title": "Reflection",
                    "covers": ["learned"],
                    "levels": low_high,
                },
            ]
        },
        "passing_rule": {
            "schema": 1,
            "all_of": [
                {"criterion": "overview", "at_least": "passing"},
                {"criterion": "recording", "at_least": "proficient"},
                {"criterion": "reflection", "at_least": "passing"},
            ],
        },
        **changes,
    }


PASSING = {"overview": "passing", "recording": "proficient", "reflection": "passing"}


def issuer(slug: str = "exchange") -> Organisation:
    return organisation(
        slug, OrganisationKind.PROVIDER, is_issuer=True, state="DE", url="https://exchange.example.org/"
    )


def version(slug: str = "wait-time", *, of: Organisation, **changes: Any) -> Version:
    return catalogue.publish_version(actor=SYSTEM, document=document(slug, of.slug, **changes), now=NOW)


def assessor(of: Organisation, *items: Version, name: str = "", works_at: Iterable[Organisation] = ()) -> Membership:
    """A qualified member of an issuer's pool, from another state."""
    row = person(name, state="VT", works_at=works_at)
    for item in items:
        assessment.qualify_assessor(
            actor=SYSTEM,
            assessor=row.pseudonym,
            micro_credential=item.micro_credential,
            from_date=dt.date(2024, 1, 1),
            now=NOW,
        )
    return member(row, of, "assessor")


def draft(earner: Person, item: Version, *, now: dt.datetime = NOW) -> Submission:
    """A draft with everything in it that the item asks for, as text."""
    who = actor(earner)
    submission = portfolio.start_submission(actor=who, version=item, now=now)
    fill(who, submission, now=now)
    return Submission.objects.get(id=submission.id)


def fill(who: Actor, submission: Submission, *, now: dt.datetime = NOW) -> None:
    attempt = submission.current
    assert attempt
    contents = contents_of(attempt)
    asked = open_keys(attempt)
    for key, state in contents.prompts.items():
        if key in asked:
            text = f"Attempt {attempt.number}. " + "word " * state.prompt.min_words
            portfolio.save_answer(
                actor=who, token=submission.token, prompt=key, text=text, revision=state.revision, now=now
            )
    for key, slot in contents.slots.items():
        if key in asked:
            for _piece in range(slot.slot.min_items - len(slot.artifacts)):
                portfolio.add_text(
                    actor=who, token=submission.token, slot=key, text="What students said.", name="Notes", now=now
                )


def submitted(earner: Person, item: Version, *, now: dt.datetime = NOW, jobs: bool = True) -> Submission:
    submission = draft(earner, item, now=now)
    portfolio.submit_attempt(actor=actor(earner), token=submission.token, attested=list(AttestationKind), now=now)
    if jobs:
        run_waiting_jobs()
    return Submission.objects.get(id=submission.id)


def score(assignment: Assignment, membership: Membership, levels: dict[str, str] | None = None, **how: Any) -> None:
    """Take an assignment in hand, score every criterion asked, and send."""
    now = how.get("now", NOW)
    who = people_queries.actor_of(membership.person_id, membership)
    assessment.accept_assignment(actor=who, token=assignment.token, now=now)
    highest = {row.key: row.levels[-1].key for row in item_of(assignment.attempt.submission.version_id).rubric.criteria}
    for criterion in asked_criteria(assignment):
        assessment.save_score(
            actor=who,
            token=assignment.token,
            criterion=criterion,
            level={**highest, **(levels or {})}[criterion],
            comment="Say which students spoke after the pause.",
            revision=0,
            now=now,
        )
    assessment.submit_scores(actor=who, token=assignment.token, now=now)
    if how.get("jobs", True):
        run_waiting_jobs()


def administrator(place: Organisation, *, name: str = "", email: str = "") -> Actor:
    """Somebody who acts as administrator of an organisation."""
    row = person(name, email=email)
    return actor(row, member(row, place, "administrator"))


def minor(name: str = "", *, adult_on: dt.date = dt.date(2028, 7, 1)) -> Person:
    """A high school student who registered a while before her eighteenth birthday; no guardian was asked yet."""
    row = people.open_account(
        email=f"student{next(_numbers)}@example.org",
        password_hash=make_password(PASSWORD),
        name=name or "Student",
        position="student",
        state="CO",
        age="13_to_17",
        turns_18=adult_on - dt.timedelta(days=1),
        now=NOW,
    )
    return Person.objects.get(id=row.id)


def address(row: Person, email: str) -> None:
    """One more verified address of somebody."""
    assert row.account
    EmailAddress.objects.create(user=row.account, email=email, verified=True)
    people.note_verified_address(account=row.account, email=email, now=NOW)
