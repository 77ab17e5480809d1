"""Plays a story through the actions people use, each step at its own moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from touchstone.assessment import actions as assessment
from touchstone.assessment.models import OPEN, Assignment
from touchstone.catalogue.models import MicroCredential
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.demo.cast import BY_KEY
from touchstone.demo.making import Order, maker_of
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


def steps(story: Story, persons: Mapping[str, UUID], order: Order, *, today: datetime) -> Iterator[Step]:
    """Every step of a story with its moment, to be run in the order of the moments; its files are ordered now."""
    zone = ZoneInfo(BY_KEY[story.earner].time_zone)
    earner = Actor(person=persons[story.earner])

    def at(moment: str) -> datetime:
        days, clock = moment.split("d ")
        day = today.astimezone(zone).date() - timedelta(days=int(days))
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=zone)

    for number, row in enumerate(story.tries):
        yield at(row.begun), partial(_begin, earner, story.item, first=number == 0)
        maker = maker_of(BY_KEY[story.earner], at(row.saved))
        files = [order(piece.file, maker, piece.facts or {}) if piece.file else None for piece in row.evidence]
        yield at(row.saved), partial(_write, earner, story.item, row, files)
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


def _write(earner: Actor, item: str, row: Try, files: Sequence[Future[Path] | None], now: datetime) -> None:
    submission = _submission(earner, item)
    assert submission.current
    prompts = contents_of(submission.current).prompts
    for key, text in row.answers.items():
        revision = prompts[key].revision
        portfolio.save_answer(actor=earner, token=submission.token, prompt=key, text=text, revision=revision, now=now)
    for piece, file in zip(row.evidence, files, strict=True):
        _add(earner, submission, piece, file, now)


def _add(earner: Actor, submission: Submission, piece: Piece, file: Future[Path] | None, now: datetime) -> None:
    token, slot = submission.token, piece.slot
    if piece.replaces and submission.current:
        for old in submission.current.artifacts.filter(slot=slot):
            portfolio.remove_artifact(actor=earner, token=token, artifact=old.token, now=now)
    if file:
        intake.add_file(actor=earner, token=token, slot=slot, name=piece.file, path=file.result(), now=now)
    elif piece.link:
        portfolio.add_link(actor=earner, token=token, slot=slot, url=piece.link, name=piece.name, now=now)
    else:
        portfolio.add_text(actor=earner, token=token, slot=slot, text=piece.text, name=piece.name, now=now)


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
    of_item, of_stack = Q(version__micro_credential__slug=turn.award), Q(stack_version__stack__slug=turn.award)
    return Award.objects.select_related("issuer").get(of_item | of_stack, holder_id=earner.person)


def _assigned(earner: Actor, item: str, now: datetime) -> tuple[Assignment, Actor]:
    """The open assignment of the earner's work, and whoever was asked acting as an assessor: the rule chose her."""
    submission = _submission(earner, item)
    assignment = Assignment.objects.get(attempt=submission.current, state__in=OPEN)
    issuer = submission.version.micro_credential.issuer
    return assignment, _acting(assignment.assessor_id, Role.ASSESSOR, issuer, now)


def _acting(person: UUID, role: Role, issuer: Organisation, now: datetime) -> Actor:
    membership = people.members_with_role(issuer.id, role, on=now.date()).get(person_id=person)
    return people.actor_of(person, membership)
