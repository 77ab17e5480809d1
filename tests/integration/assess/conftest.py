"""Work on its way to an assessor, and a browser in which she is signed in."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.assessment.models import Assignment
from touchstone.catalogue.models import Version
from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.lesson_plan import lesson_plan_docx
from touchstone.demo.evidence.notes import notes_txt
from touchstone.demo.evidence.photographs import classroom_photo_jpeg, photo_heic
from touchstone.demo.evidence.recordings import discussion_audio_mp3, teaching_clip_mp4
from touchstone.demo.evidence.student_work import student_work_pdf
from touchstone.people.models import Membership
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import intake
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Submission


@dataclass
class Held:
    """An assignment, and the browser of the assessor it was offered to."""

    cast: Cast
    submission: Submission
    assignment: Assignment
    membership: Membership
    client: Client

    @property
    def path(self) -> str:
        return f"/assess/{self.assignment.token}/"

    def other(self) -> Client:
        """The browser of the assessor of the same pool who was not asked."""
        return self.cast.client("second" if self.membership == self.cast.assessor else "assessor")

    def score(self, levels: dict[str, str], comment: str = "Show what students said.") -> None:
        """Save levels and one comment for each through the form of the page."""
        self.client.post(f"{self.path}scores", form(self.client.get(self.path).context, levels, comment))


def form(context: object, levels: dict[str, str], comment: str) -> dict[str, str]:
    """What a browser would send of the form on a page."""
    revisions = {f"revision-{name}": text for name, text in context["revisions"].items()}
    typed = {f"{field}-{key}": text for key, level in levels.items() for field, text in _pair(level, comment)}
    return {**revisions, **typed}


def _pair(level: str, comment: str) -> list[tuple[str, str]]:
    return [("level", level), ("comment", comment)]


def offer_of(cast: Cast, submission: Submission) -> Held:
    assignment = cast.assignment(submission)
    membership = cast.membership_of(assignment)
    who = "assessor" if membership == cast.assessor else "second"
    return Held(cast, submission, assignment, membership, cast.client(who))


@pytest.fixture
def offered(cast: Cast) -> Held:
    return offer_of(cast, cast.submitted())


@pytest.fixture
def held(offered: Held) -> Held:
    """The same, accepted."""
    offered.client.post(f"{offered.path}accept")
    return offered


MAKER = Maker(name="Rosa Marchetti", organisation="Maple School", gps=(39.7392, -104.9903))


def _with_room(item: str, cast: Cast) -> Version:
    """An item whose one slot takes many pieces of evidence; both assessors are qualified for it."""
    parts = b.document(item, cast.issuer.slug)["parts"]
    parts[1]["artifacts"][0]["max_items"] = 9
    version = b.version(item, of=cast.issuer, parts=parts, title="Many pieces")
    for membership in (cast.assessor, cast.second):
        b.assessment.qualify_assessor(
            actor=b.SYSTEM,
            assessor=membership.person,
            micro_credential=version.micro_credential,
            from_date=b.dt.date(2024, 1, 1),
            now=b.NOW,
        )
    return version


@pytest.fixture
def rich(cast: Cast, tmp_path: Path) -> Held:
    """Accepted work with a piece of evidence of every shape, each full of its maker's traces."""
    version = _with_room("many-pieces", cast)
    who = b.actor(cast.earner)
    submission = b.draft(cast.earner, version)
    files = [
        lesson_plan_docx(tmp_path / "rosa-plan.docx", maker=MAKER, title="Plan", paragraphs=["Wait three seconds."]),
        student_work_pdf(tmp_path / "marchetti.pdf", maker=MAKER, title="Work", pages=[["We waited."]]),
        classroom_photo_jpeg(tmp_path / "IMG_maple.jpg", maker=MAKER, heading="Wait"),
        photo_heic(tmp_path / "rosa.heic", maker=MAKER, heading="Page"),
        discussion_audio_mp3(tmp_path / "maple-talk.mp3", maker=MAKER, title="Talk", seconds=1),
        teaching_clip_mp4(tmp_path / "rosa-clip.mp4", maker=MAKER, title="Clip", captions=["Wait"], seconds=1),
        notes_txt(tmp_path / "marchetti-notes.txt", lines=["Nine students spoke <b>twice</b>."]),
    ]
    for path in files:
        intake.add_file(
            actor=who, token=submission.token, slot="recording", name=path.name, path=path, now=b.later(minutes=1)
        )
    portfolio.add_link(
        actor=who,
        token=submission.token,
        slot="recording",
        url="https://videos.example.org/watch/1",
        name="Rosa's video",
        now=b.later(minutes=2),
    )
    portfolio.submit_attempt(actor=who, token=submission.token, attested=list(AttestationKind), now=b.NOW)
    b.run_waiting_jobs()
    found = offer_of(cast, Submission.objects.get(id=submission.id))
    found.client.post(f"{found.path}accept")
    return found
