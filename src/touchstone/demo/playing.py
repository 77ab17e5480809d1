"""Plays a story through the actions people use, each step at its own moment."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from multiprocessing.pool import AsyncResult
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from touchstone.assessment import actions as assessment
from touchstone.assessment.models import IN_HAND, Assignment, Decision, ReadingPlan
from touchstone.assessment.queries import asked_criteria
from touchstone.catalogue.models import MicroCredential
from touchstone.catalogue.queries import item_of
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.demo.cast import BY_KEY
from touchstone.demo.making import Made, Order, maker_of
from touchstone.demo.stories import Piece, Scoring, Story, Try, Turn
from touchstone.kit.actor import Actor
from touchstone.people import actions as belonging
from touchstone.people import queries as people
from touchstone.people.enums import Role, TieKind
from touchstone.people.models import Organisation, Person
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
        if row.knows:
            yield at(row.knows), partial(_know, earner, story.item)
        if row.withdrawn:
            yield at(row.withdrawn), partial(_withdraw, earner, story.item)
        yield from _assessing(earner, story.item, row, at)
    for turn in story.turns:
        yield at(turn.at), partial(_revoke if turn.revoked_for else _share, earner, turn)


def _assessing(earner: Actor, item: str, row: Try, at: Callable[[str], datetime]) -> Iterator[Step]:
    if row.submitted and len(row.readings) > 1:
        yield at(row.submitted) + timedelta(minutes=5), partial(_have_read_twice, earner, item)
    for read, reading in enumerate(row.readings, start=1):
        if reading.handed_back:
            yield at(reading.handed_back), partial(_hand_back, earner, item, read)
        yield at(reading.accepted), partial(_accept, earner, item, read)
        yield at(reading.sent or reading.accepted), partial(_score, earner, item, read, reading)
    if row.released:
        yield at(row.released), partial(_release, earner, item)


def _begin(earner: Actor, item: str, now: datetime, *, first: bool) -> None:
    if first:
        current = MicroCredential.objects.select_related("current").get(slug=item).current
        assert current
        portfolio.start_submission(actor=earner, version=current, now=now)
    else:
        portfolio.begin_attempt(actor=earner, token=_submission(earner, item).token, now=now)


def _write(earner: Actor, item: str, row: Try, files: Sequence[AsyncResult[Made] | None], now: datetime) -> None:
    submission = _submission(earner, item)
    assert submission.current
    prompts = contents_of(submission.current).prompts
    for key, text in row.answers.items():
        revision = prompts[key].revision
        portfolio.save_answer(actor=earner, token=submission.token, prompt=key, text=text, revision=revision, now=now)
    for piece, file in zip(row.evidence, files, strict=True):
        _add(earner, submission, piece, file, now)


def _add(earner: Actor, submission: Submission, piece: Piece, file: AsyncResult[Made] | None, now: datetime) -> None:
    token, slot = submission.token, piece.slot
    if piece.replaces and submission.current:
        for old in submission.current.artifacts.filter(slot=slot):
            portfolio.remove_artifact(actor=earner, token=token, artifact=old.token, now=now)
    if file:
        made = file.get()
        intake.add_file(
            actor=earner, token=token, slot=slot, name=piece.file, path=made.path, now=now, copier=made.hand_over
        )
    elif piece.link:
        portfolio.add_link(actor=earner, token=token, slot=slot, url=piece.link, name=piece.name, now=now)
    else:
        portfolio.add_text(actor=earner, token=token, slot=slot, text=piece.text, name=piece.name, now=now)


def _submit(earner: Actor, item: str, now: datetime) -> None:
    token = _submission(earner, item).token
    portfolio.submit_attempt(actor=earner, token=token, attested=list(AttestationKind), now=now)


def _withdraw(earner: Actor, item: str, now: datetime) -> None:
    portfolio.withdraw_attempt(actor=earner, token=_submission(earner, item).token, now=now)


# --- assessment ------------------------------------------------------------------------------------------------


def _know(earner: Actor, item: str, now: datetime) -> None:
    """The earner says that she knows whoever, by chance, was asked to read; she never learns that it was so."""
    assignment, _assessor = _assigned(earner, item, 1, now)
    account = Person.objects.select_related("account").get(pseudonym_id=assignment.assessor_id).account
    assert account
    belonging.state_conflict(actor=earner, kind=TieKind.FORMER_COLLEAGUE, email=account.email, now=now)


def _have_read_twice(earner: Actor, item: str, now: datetime) -> None:
    """Where the lot draws one work in five, a scoring leader asks for what the story tells of."""
    submission = _submission(earner, item)
    plan = ReadingPlan.objects.get(attempt=submission.current)
    if not plan.second:
        leader = _acting(None, Role.SCORING_LEADER, submission.version.micro_credential.issuer, now)
        assessment.ask_second_reading(actor=leader, token=plan.token, now=now)


def _hand_back(earner: Actor, item: str, read: int, now: datetime) -> None:
    assignment, assessor = _assigned(earner, item, read, now)
    assessment.decline_assignment(actor=assessor, token=assignment.token, now=now)


def _accept(earner: Actor, item: str, read: int, now: datetime) -> None:
    assignment, assessor = _assigned(earner, item, read, now)
    assessment.accept_assignment(actor=assessor, token=assignment.token, now=now)


def _score(earner: Actor, item: str, read: int, scoring: Scoring, now: datetime) -> None:
    assignment, assessor = _assigned(earner, item, read, now)
    rubric = item_of(assignment.attempt.submission.version).rubric
    asked = asked_criteria(assignment)
    for criterion in [*scoring.scores, *(key for key in asked if scoring.sent and key not in scoring.scores)]:
        level, comment = scoring.scores.get(criterion, ("", ""))
        assessment.save_score(
            actor=assessor,
            token=assignment.token,
            criterion=criterion,
            level=level or rubric.criterion(criterion).levels[-1].key,
            comment=comment,
            revision=0,
            now=now,
        )
    if scoring.sent:
        assessment.submit_scores(actor=assessor, token=assignment.token, now=now)


def _release(earner: Actor, item: str, now: datetime) -> None:
    submission = _submission(earner, item)
    decision = Decision.objects.get(attempt=submission.current)
    staff = _acting(None, Role.AWARD_STAFF, submission.version.micro_credential.issuer, now)
    assessment.release_decision(actor=staff, token=decision.token, now=now)


# --- awards ----------------------------------------------------------------------------------------------------


def _share(earner: Actor, turn: Turn, now: datetime) -> None:
    credentials.share_award(actor=earner, token=_award(earner, turn).token, visibility=turn.visibility, now=now)


def _revoke(earner: Actor, turn: Turn, now: datetime) -> None:
    award = _award(earner, turn)
    staff = _acting(None, Role.AWARD_STAFF, award.issuer, now)
    credentials.revoke_award(actor=staff, token=award.token, reason=turn.revoked_for, note=turn.note, now=now)


# --- who and what ----------------------------------------------------------------------------------------------


def _submission(earner: Actor, item: str) -> Submission:
    rows = Submission.objects.select_related("current", "version__micro_credential__issuer")
    return rows.get(earner_id=earner.person, version__micro_credential__slug=item)


def _award(earner: Actor, turn: Turn) -> Award:
    of_item, of_stack = Q(version__micro_credential__slug=turn.award), Q(stack_version__stack__slug=turn.award)
    return Award.objects.select_related("issuer").get(of_item | of_stack, holder_id=earner.person)


def _assigned(earner: Actor, item: str, read: int, now: datetime) -> tuple[Assignment, Actor]:
    """The open assignment of a reading, and whoever was asked acting as an assessor: the rule chose her."""
    submission = _submission(earner, item)
    rows = Assignment.objects.select_related("attempt__submission__version", "ally")
    assignment = rows.get(attempt=submission.current, read=read, state__in=IN_HAND)
    issuer = assignment.ally or submission.version.micro_credential.issuer
    return assignment, _acting(assignment.assessor_id, Role.ASSESSOR, issuer, now)


def _acting(person: UUID | None, role: Role, issuer: Organisation, now: datetime) -> Actor:
    """The person, or without one whoever has the role, acting under it."""
    rows = people.members_with_role(issuer.id, role, on=now.date())
    membership = rows.get(person_id=person) if person else rows.get()
    return people.actor_of(membership.person_id, membership)
