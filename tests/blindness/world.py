"""Work in every state between the members of the cast, in which whatever could tell who somebody is is unmistakable."""

import datetime as dt
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from tests import builders as b
from tests.blindness import evidence
from tests.cast import EVERYONE, Cast, gather
from touchstone.assessment import actions as assessment
from touchstone.assessment.models import Assignment
from touchstone.assessment.queries import asked_criteria
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.kit.actor import Actor
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.ids import TOKEN_PATTERN
from touchstone.kit.models import OutgoingMail
from touchstone.people import actions as accounts
from touchstone.people import queries as people
from touchstone.people.models import Membership, Person
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Submission
from touchstone.portfolio.queries import contents_of, open_keys

PROMPTS = ("context", "learned")


@dataclass(frozen=True)
class Face:
    """A person as she acts: under one of her memberships, or (None) for herself. Nobody at all is anonymous."""

    who: str
    person: Person | None = None
    membership: Membership | None = None

    @property
    def role(self) -> str:
        return str(self.membership.role) if self.membership else "herself" if self.person else "nobody"

    def __str__(self) -> str:
        return f"{self.who} as {self.role}"


@dataclass
class Work:
    """One submission. ``words`` stand in its answers and nowhere else, ``said`` in its assessors' comments."""

    name: str
    submission: Submission
    words: list[str]
    said: dict[Assignment, str] = field(default_factory=dict)

    @property
    def assignments(self) -> list[Assignment]:
        rows = Assignment.objects.filter(attempt__submission=self.submission).select_related("attempt")
        return list(rows.order_by("offered_at", "id"))

    @property
    def awards(self) -> list[Award]:
        return list(Award.objects.filter(attempt__submission=self.submission))


@dataclass
class World:
    cast: Cast
    faces: list[Face]
    works: list[Work]

    def face(self, who: str, *, role: str = "") -> Face:
        """A member of the cast in her role, or for herself (``role="herself"``)."""
        fits = [row for row in self.faces if row.who == who and role in {"", row.role}]
        return fits[-1]


def build(*, small: bool = False) -> World:
    """The cast with its work; ``small`` leaves out all but what three kinds of files and states tell apart."""
    making = _Making(gather(), small)
    _more_to_tell(making.cast.earner)
    making.work_in_hand()
    making.released()
    making.held_for_release()
    if not small:
        making.everything_else()
    run_waiting_jobs()
    return World(making.cast, faces_of(making.cast), making.works)


def _more_to_tell(person: Person) -> None:
    """A name she had before, and an address of her own."""
    profile = {"position": "teacher", "state": "CO", "language": "en", "time_zone": "America/Denver", "now": b.NOW}
    for name in (f"{person.name.split()[0]} Delacroixson", person.name):
        accounts.change_profile(actor=b.actor(person), name=name, **profile)
    b.address(person, "rosiemail@mailbox.example.org")


def faces_of(cast: Cast) -> list[Face]:
    found = [Face("anonymous")]
    for who in EVERYONE[1:]:
        row = getattr(cast, who)
        person = row.person.person if isinstance(row, Membership) else row
        found.append(Face(who, person))
        held = people.list_memberships(person.pseudonym_id, on=b.NOW.date())
        found += [Face(who, person, membership) for membership in held]
    return found


@dataclass
class _Making:
    """Makes one work after another; each has words of its own."""

    cast: Cast
    small: bool
    works: list[Work] = field(default_factory=list)

    def work_in_hand(self) -> None:
        """Accepted and half scored, with files of every kind."""
        work = self._sent("in-hand", self.cast.earner, files=evidence.SOME if self.small else evidence.ALL)
        self._score(work, work.assignments[-1], send=False)

    def released(self) -> None:
        """Earned: private for the earner, listed by a colleague who wants to be seen."""
        self._score(work := self._sent("earned", self.cast.earner), work.assignments[-1])
        self._score(listed := self._sent("listed", self.cast.colleague), listed.assignments[-1])
        self._share(listed, self.cast.colleague, "listed")

    def held_for_release(self) -> None:
        held = self._sent("held", self.cast.earner, staff_release=True)
        self._score(held, held.assignments[-1])

    def everything_else(self) -> None:
        cast = self.cast
        self._draft("draft", cast.earner, files=evidence.SOME)
        self._sent("offered", cast.earner)
        self._score(shared := self._sent("by-link", cast.earner), shared.assignments[-1])
        self._share(shared, cast.earner, "link")
        self._of_a_minor()
        self._read_twice()
        self._handed_back()
        self._resubmitted()
        withdrawn = self._sent("withdrawn", cast.earner)
        portfolio.withdraw_attempt(actor=b.actor(cast.earner), token=withdrawn.submission.token, now=b.NOW)
        self._score(moved := self._sent("of-the-mover", cast.mover), moved.assignments[-1])
        self._sent("nobody-eligible", cast.second.person.person)  # the other assessor works at the same school
        self._elsewhere()
        self._behind_glass()

    def _of_a_minor(self) -> None:
        """A guardian agreed by the link she was sent."""
        minor = self.cast.minor
        accounts.ask_guardian(actor=b.actor(minor), guardian_email="una.larkspurre@home.example.org", now=b.NOW)
        link = re.search(r"https?://\S+", OutgoingMail.objects.get(kind="guardian_asked").text)
        assert link
        token = next(part for part in link[0].split("/") if re.fullmatch(TOKEN_PATTERN, part))
        accounts.record_guardian_answer(
            token=token, given=True, guardian_name="Una Larkspurre", relation="mother", now=b.NOW
        )
        self._score(work := self._sent("of-a-minor", minor), work.assignments[-1])

    def _read_twice(self) -> None:
        """Two readings that disagree: the third, on what they disagree, is in hand."""
        item = self._item("read-twice-item", staff_release=False, second_reads="1")
        b.assessor(self.cast.issuer, item, name="Xanthe Bramblewick")
        work = self._sent("read-twice", self.cast.earner, item=item)
        first, second = work.assignments
        self._score(work, first)
        self._score(work, second, {"recording": "developing"})
        third = next(row for row in work.assignments if row not in {first, second})
        self._score(work, third, send=False)

    def _handed_back(self) -> None:
        """The first assessor wrote a comment and gave the work back; another scored it."""
        work = self._sent("handed-back", self.cast.earner)
        first = work.assignments[-1]
        self._score(work, first, send=False)
        assessment.decline_assignment(actor=self._assessor(first), token=first.token, now=b.NOW)
        run_waiting_jobs()
        self._score(work, work.assignments[-1], {"recording": "basic"})

    def _resubmitted(self) -> None:
        """A second attempt in other hands; what was said of the first is not for them."""
        work = self._sent("again", self.cast.earner)
        self._score(work, work.assignments[-1], {"recording": "basic"})
        token = work.submission.token
        actor = b.actor(self.cast.earner)
        portfolio.begin_attempt(actor=actor, token=token, now=b.later(days=1))
        self._fill(actor, Submission.objects.get(token=token), "again2")
        work.words.append("wordsofagain2")
        self._send(actor, token)

    def _elsewhere(self) -> None:
        """Another issuer's work, which its own award staff hold."""
        membership = self.cast.outside_assessor
        item = Version.objects.get(micro_credential__slug="elsewhere")
        catalogue.set_staff_release(actor=b.SYSTEM, micro_credential=item.micro_credential, staff=True, now=b.NOW)
        work = self._sent("elsewhere", self.cast.earner, item=item)
        assert work.assignments[-1].assessor_id == membership.person_id
        self._score(work, work.assignments[-1])

    def _behind_glass(self) -> None:
        """Platform staff look at the one who moved, and at nobody else; another look of theirs is over."""
        staff = people.actor_of(self.cast.platform.person_id, self.cast.platform)
        why = {"cause": "help", "reason": "She cannot sign in and asked for help.", "minutes": 60}
        for subject, past in ((self.cast.mover, 0), (self.cast.minor, 90)):
            at = timezone.now() - dt.timedelta(minutes=past)
            accounts.open_glass(actor=staff, subject=subject.pseudonym_id, now=at, **why)

    def _item(self, name: str, staff_release: bool, second_reads: str = "0") -> Version:
        parts = b.document(name, self.cast.issuer.slug)["parts"]
        parts[1]["artifacts"][0]["max_items"] = 9
        facts = {"title": name.replace("-", " ").title(), "scoring": {"second_reads": second_reads}}
        item = b.version(name, of=self.cast.issuer, parts=parts, **facts)
        for row in (self.cast.assessor, self.cast.second):
            assessment.qualify_assessor(
                actor=b.SYSTEM,
                assessor=row.person,
                micro_credential=item.micro_credential,
                from_date=b.NOW.date(),
                now=b.NOW,
            )
        catalogue.set_staff_release(
            actor=b.SYSTEM, micro_credential=item.micro_credential, staff=staff_release, now=b.NOW
        )
        return item

    def _draft(
        self,
        name: str,
        earner: Person,
        *,
        files: evidence.Files = (),
        item: Version | None = None,
        staff_release: bool = False,
    ) -> Work:
        actor = b.actor(earner)
        item = item or self._item(f"{name}-item", staff_release)
        submission = portfolio.start_submission(actor=actor, version=item, now=b.NOW)
        self._fill(actor, submission, name)
        with tempfile.TemporaryDirectory() as folder:
            evidence.hand_in(actor, submission.token, earner, files, Path(folder))
        self.works.append(work := Work(name, submission, [_word(name)]))
        return work

    def _sent(self, name: str, earner: Person, **how: object) -> Work:
        work = self._draft(name, earner, **how)  # type: ignore[arg-type]
        self._send(b.actor(earner), work.submission.token)
        return work

    def _send(self, actor: Actor, token: str) -> None:
        portfolio.submit_attempt(actor=actor, token=token, attested=list(AttestationKind), now=b.NOW)
        run_waiting_jobs()

    def _fill(self, actor: Actor, submission: Submission, name: str) -> None:
        attempt = submission.current
        assert attempt
        asked, prompts = open_keys(attempt), contents_of(attempt).prompts
        for prompt in (key for key in PROMPTS if key in asked):
            portfolio.save_answer(
                actor=actor,
                token=submission.token,
                prompt=prompt,
                text=f"We waited three seconds, {_word(name)}.",
                revision=prompts[prompt].revision,
                now=b.NOW,
            )
        if "recording" in asked:
            portfolio.add_text(
                actor=actor,
                token=submission.token,
                slot="recording",
                text=f"Notes {_word(name)}",
                name="Notes",
                now=b.NOW,
            )

    def _assessor(self, assignment: Assignment) -> Actor:
        membership = Membership.objects.get(person=assignment.assessor, role="assessor")
        return people.actor_of(membership.person_id, membership)

    def _score(
        self, work: Work, assignment: Assignment, levels: dict[str, str] | None = None, *, send: bool = True
    ) -> None:
        """Take it in hand, give every criterion a level and one comment; ``send`` it or leave it half done."""
        actor = self._assessor(assignment)
        said = f"saidof{work.name.replace('-', '')}{len(work.said) + 1}"
        assessment.accept_assignment(actor=actor, token=assignment.token, now=b.NOW)
        for criterion in asked_criteria(assignment):
            assessment.save_score(
                actor=actor,
                token=assignment.token,
                criterion=criterion,
                level={**b.PASSING, **(levels or {})}[criterion],
                comment=f"Look again, {said}.",
                revision=0,
                now=b.NOW,
            )
        work.said[assignment] = said
        if send:
            assessment.submit_scores(actor=actor, token=assignment.token, now=b.NOW)
            run_waiting_jobs()

    def _share(self, work: Work, holder: Person, visibility: str) -> None:
        for award in work.awards:
            credentials.share_award(actor=b.actor(holder), token=award.token, visibility=visibility, now=b.NOW)


def _word(name: str) -> str:
    return f"wordsof{name.replace('-', '')}"
