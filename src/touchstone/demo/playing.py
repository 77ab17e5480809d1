"""Plays a story through the actions people use, each step at its own moment."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from touchstone.assessment import actions as assessment
from touchstone.assessment.models import OPEN, Assignment
from touchstone.catalogue.models import MicroCredential
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.demo.cast import BY_KEY
from touchstone.demo.making import make_file, maker_of
from touchstone.demo.stories import Piece, Scoring, Story, Try, Turn
from touchstone.kit.actor import Actor
from touchstone.people import queries as people
from touchstone.people.enums import Role
from touchstone.people.models import Organisation
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import intake
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Submission
from touchstone.portfolio.queries import contents_of

type Step = tuple[datetime, Callable[[datetime], None]]


def steps(story: Story, persons: Mapping[str, UUID], *, today: datetime) -> Iterator[Step]:
    """Every step of a story with its moment, to be run in the order of the moments."""
    zone = ZoneInfo(BY_KEY[story.earner].time_zone)
    earner = Actor(person=persons[story.earner])

    def at(moment: str) -> datetime:
        days, clock = moment.split("d ")
        day = today.astimezone(zone).date() - timedelta(days=int(days))
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)

    for number, row in enumerate(story.tries):
        yield at(row.begun), partial(_begin, earner, story.item, first=number == 0)
        yield at(row.saved), partial(_write, earner, story, row)
        if row.submitted:
            yield at(row.submitted), partial(_submit, earner, story.item)
        if row.withdrawn:
            yield at(row.withdrawn), partial(_withdraw, earner, story.item)
        if row.scoring:
            yield at(row.scoring.accepted), partial(_accept, earner, story.item)
            yield at(row.scoring.sent or row.scoring.accepted), partial(_score, earner, story.item, row.scoring)
    for turn in story.turns:
        yield at(turn.at), partial(_revoke if turn.revoked_for else _share, earner, turn, persons)


def _begin(earner: Actor, item: str, now: datetime, *, first: bool) -> None:
    if first:
        current = MicroCredential.objects.select_related("current").get(slug=item).current
        assert current
        portfolio.start_submission(actor=earner, version=current, now=now)
    else:
        portfolio.begin_attempt(actor=earner, token=_submission(earner, item).token, now=now)


def _write(earner: Actor, story: Story, row: Try, now: datetime) -> None:
    submission = _submission(earner, story.item)
    assert submission.current
    prompts = contents_of(submission.current).prompts
    for key, text in row.answers.items():
        revision = prompts[key].revision
        portfolio.save_answer(
            actor=earner, token=submission.token, prompt=key, text=text, revision=revision, now=now
        )
    for piece in row.evidence:
        _add(earner, submission, story.earner, piece, now)


def _add(earner: Actor, submission: Submission, key: str, piece: Piece, now: datetime) -> None:
    token = submission.token
    if piece.replaces and submission.current:
        for old in submission.current.artifacts.filter(slot=piece.slot):
            portfolio.remove_artifact(actor=earner, token=token, artifact=old.token, now=now)
    if piece.link:
        portfolio.add_link(actor=earner, token=token, slot=piece.slot, url=piece.link, name=piece.name, now=now)
    elif piece.text:
        portfolio.add_text(actor=earner, token=token, slot=piece.slot, text=piece.text, name=piece.name, now=now)
    else:
        with tempfile.TemporaryDirectory() as folder:
            maker = maker_of(BY_KEY[key], now)
            path = make_file(Path(folder), piece.file, maker=maker, facts=piece.facts or {})
            intake.add_file(actor=earner, token=token, slot=piece.slot, name=piece.file, path=path, now=now)


def _submit(earner: Actor, item: str, now: datetime) -> None:
    token = _submission(earner, item).token
    portfolio.submit_attempt(actor=earner, token=token, attested=list(AttestationKind), now=now)


def _withdraw(earner: Actor, item: str, now: datetime) -> None:
    portfolio.withdraw_attempt(actor=earner, token=_submission(earner, item).token, now=now)


def _accept(earner: Actor, item: str, now: datetime) -> None:
    assignment, assessor = _assigned(earner, item, now)
    assessment.accept_assignment(actor=assessor, token=assignment.token, now=now)


def _score(earner: Actor, item: str, scoring: Scoring, now: datetime) -> None:
    assignment, assessor = _assigned(earner, item, now)
    for criterion, (level, comment) in scoring.scores.items():
        assessment.save_score(
            actor=assessor,
            token=assignment.token,
            criterion=criterion,
            level=level,
            comment=comment,
            revision=0,
            now=now,
        )
    if scoring.sent:
        assessment.submit_scores(actor=assessor, token=assignment.token, now=now)


def _share(earner: Actor, turn: Turn, persons: Mapping[str, UUID], now: datetime) -> None:
    credentials.share_award(actor=earner, token=_award(earner, turn).token, visibility=turn.visibility, now=now)


def _revoke(earner: Actor, turn: Turn, persons: Mapping[str, UUID], now: datetime) -> None:
    award = _award(earner, turn)
    staff = _acting(persons["mireille"], Role.AWARD_STAFF, award.issuer, now)
    credentials.revoke_award(actor=staff, token=award.token, reason=turn.revoked_for, note=turn.note, now=now)


def _submission(earner: Actor, item: str) -> Submission:
    rows = Submission.objects.select_related("current", "version__micro_credential__issuer")
    return rows.get(earner_id=earner.person, version__micro_credential__slug=item)


def _award(earner: Actor, turn: Turn) -> Award:
    rows = Award.objects.filter(holder_id=earner.person).select_related("issuer", "version__micro_credential")
    rows = rows.select_related("issuer", "version__micro_credential", "stack_version__stack")
    return next(
        row
        for row in rows
        if turn.award == (row.version.micro_credential.slug if row.version else row.stack_version.stack.slug)  # type: ignore[union-attr]
    )


def _assigned(earner: Actor, item: str, now: datetime) -> tuple[Assignment, Actor]:
    """The open assignment of the earner's work, and whoever was asked acting as an assessor: the rule chose her."""
    submission = _submission(earner, item)
    assignment = Assignment.objects.get(attempt=submission.current, state__in=OPEN)
    issuer = submission.version.micro_credential.issuer
    return assignment, _acting(assignment.assessor_id, Role.ASSESSOR, issuer, now)


def _acting(person: UUID, role: Role, issuer: Organisation, now: datetime) -> Actor:
    membership = people.members_with_role(issuer.id, role, on=now.date()).get(person_id=person)
    return people.actor_of(person, membership)
