"""From a draft to a badge: handing in, scoring, releasing, awarding, revoking."""

from typing import Any

from django.utils import timezone

from tests import builders as b
from tests.concurrency import checks
from tests.concurrency.children import Known, Step
from tests.concurrency.stories.world import Story, jobs, taken_as_done
from touchstone.assessment import actions as assessment
from touchstone.assessment import errors as assessment_errors
from touchstone.assessment.models import Assignment, Decision
from touchstone.catalogue import actions as catalogue
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.kit import uploads
from touchstone.kit.actor import Actor
from touchstone.people import queries as people_queries
from touchstone.people.models import Membership
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import errors as portfolio_errors
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.intake import add_file
from touchstone.portfolio.models import Artifact, Submission


class Submitted(Story):
    """An earner adds a file to a finished draft and hands it in."""

    name = "submit"

    def prepare(self) -> None:
        self.earner = b.person()
        self.submission = b.draft(self.earner, self.world.item, now=timezone.now())
        self.who = b.actor(self.earner)

    def steps(self) -> list[Step]:
        return [Step("upload", self._upload, twin=self._look), Step("submit", self._submit), jobs()]

    def _upload(self, _known: Known) -> None:
        if Artifact.objects.filter(submission=self.submission, name="notes.txt").exists():
            return  # her page shows it
        path = uploads.folder() / f"upload-{self.number}"
        path.write_bytes(f"Round {self.number}: seven students spoke after the pause.\n".encode() * 50)
        facts = {"token": self.submission.token, "slot": "recording", "now": timezone.now()}
        add_file(actor=self.who, name="notes.txt", path=path, **facts)
        path.unlink()

    def _look(self, _known: Known) -> int:
        return Artifact.objects.filter(submission=self.submission).count()

    def _submit(self, _known: Known) -> None:
        hand_in(self.who, self.submission)

    def check(self) -> None:
        checks.attempts(self.submission, [1])
        checks.files(self.submission, ["notes.txt"])
        checks.handed_in(self.submission, self.earner)


class BegunAgain(Story):
    """Her work was not there yet: she begins the next attempt and hands it in."""

    name = "next attempt"

    def prepare(self) -> None:
        self.earner = b.person()
        self.submission = b.submitted(self.earner, self.world.item, now=timezone.now())
        assignment, membership = in_hands(self.submission)
        b.score(assignment, membership, {"recording": "basic"}, now=timezone.now())
        self.who = b.actor(self.earner)

    def steps(self) -> list[Step]:
        return [Step("begin", self._begin), Step("submit", self._submit), jobs()]

    def _begin(self, _known: Known) -> None:
        portfolio.begin_attempt(actor=self.who, token=self.submission.token, now=timezone.now())

    def _submit(self, _known: Known) -> None:
        hand_in(self.who, self.submission)

    def check(self) -> None:
        checks.attempts(self.submission, [1, 2])
        checks.handed_in(self.submission, self.earner)


class Scored(Story):
    """An assessor takes work, scores it and sends: decision, award, badge and mails follow."""

    name = "score"

    def prepare(self) -> None:
        self.earner = b.person()
        self.submission = b.submitted(self.earner, self.world.item, now=timezone.now())
        self.assignment, membership = in_hands(self.submission)
        self.who = people_queries.actor_of(membership.person_id, membership)

    def steps(self) -> list[Step]:
        return [Step("take", self._take), Step("levels", self._levels), Step("send", self._send), jobs()]

    def _take(self, _known: Known) -> None:
        assessment.accept_assignment(actor=self.who, token=self.assignment.token, now=timezone.now())

    def _levels(self, _known: Known) -> None:
        comment, now = "Say which students spoke after the pause.", timezone.now()
        facts = {"actor": self.who, "token": self.assignment.token, "comment": comment, "revision": 0, "now": now}
        for criterion, level in b.PASSING.items():
            score = {"criterion": criterion, "level": level, **facts}
            # A twin that hung here may wake when everything is sent.
            taken_as_done(assessment_errors.AlreadyScored, lambda score=score: assessment.save_score(**score))

    def _send(self, _known: Known) -> None:
        facts = {"token": self.assignment.token, "now": timezone.now()}
        taken_as_done(assessment_errors.AlreadyScored, lambda: assessment.submit_scores(actor=self.who, **facts))

    def check(self) -> None:
        assert sorted(self.assignment.scores.values_list("revision", flat=True)) == [1, 1, 1]
        checks.journalled(self.assignment.id, {"assignment.accepted": 1, "assignment.scored": 1})
        checks.earned(self.submission, self.earner)


class Released(Story):
    """Award staff release a decision that waited for them."""

    name = "release"

    def prepare(self) -> None:
        self.earner = b.person()
        self.submission = b.submitted(self.earner, self.world.awaited, now=timezone.now())
        b.score(*in_hands(self.submission), now=timezone.now())
        self.decision = Decision.objects.get(attempt=self.submission.current)

    def steps(self) -> list[Step]:
        return [Step("release", self._release), jobs()]

    def _release(self, _known: Known) -> None:
        assessment.release_decision(actor=self.world.staff, token=self.decision.token, now=timezone.now())

    def check(self) -> None:
        checks.earned(self.submission, self.earner)


class Awarded(Story):
    """The first award of a new issuer, which completes a stack: keys, status list, badges; then one is revoked."""

    name = "award"

    def prepare(self) -> None:
        slug = f"issuer-{self.number}"
        issuer = b.issuer(slug)
        item = b.version(f"item-{self.number}", of=issuer)
        staff = b.person(state="VT")
        self.staff = b.actor(staff, b.member(staff, issuer, "award_staff"))
        self.stack = catalogue.publish_stack(actor=b.SYSTEM, document=_stack(slug, self.number), now=b.NOW)
        assessor = b.assessor(issuer, item)
        self.earner = b.person()
        self.submission = b.submitted(self.earner, item, now=timezone.now())
        [assignment] = Assignment.objects.filter(attempt=self.submission.current)
        b.score(assignment, assessor, now=timezone.now(), jobs=False)

    def steps(self) -> list[Step]:
        return [jobs("award jobs"), Step("revoke", self._revoke), jobs("status jobs")]

    def _revoke(self, _known: Known) -> None:
        award = Award.objects.get(attempt=self.submission.current)
        facts = {"token": award.token, "now": timezone.now()}
        credentials.revoke_award(actor=self.staff, reason="error", note="", **facts)

    def check(self) -> None:
        award = checks.earned(self.submission, self.earner, revoked=True)
        checks.badge(Award.objects.get(stack_version=self.stack), self.earner)
        checks.journalled(award.id, {"award.made": 1, "badge.signed": 1, "award.revoked": 1})
        checks.issuer_signs_once(award)


def hand_in(who: Actor, submission: Submission) -> None:
    facts = {"token": submission.token, "attested": list(AttestationKind), "now": timezone.now()}
    taken_as_done(portfolio_errors.AlreadySubmitted, lambda: portfolio.submit_attempt(actor=who, **facts))


def in_hands(submission: Submission) -> tuple[Assignment, Membership]:
    """The open assignment of a submission, and the role it was offered to."""
    assignment = Assignment.objects.filter(attempt=submission.current).latest("offered_at", "id")
    return assignment, Membership.objects.get(person=assignment.assessor, role="assessor")


def _stack(issuer: str, number: int) -> dict[str, Any]:
    return {
        "schema": 1,
        "slug": f"stack-{number}",
        "issuer": issuer,
        "language": "en",
        "title": "Questioning",
        "summary": "Ask so that everyone thinks.",
        "description": "One item for now.",
        "rule": {"schema": 1, "all_of": [f"item-{number}"]},
    }
