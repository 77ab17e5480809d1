"""The guided tour: eight stops, each a page that opens as whoever it is for, and one line on what to notice there.

A stop names its people and work by their keys in the demonstration's world. Somebody may have changed that work since:
then the stop opens what became of it, or the next best page, and says so.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import IN_HAND, Assignment
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award, Badge
from touchstone.demo import queries
from touchstone.demo.cast import BY_KEY, CAST, EXCHANGE
from touchstone.demo.making import make_file, maker_of
from touchstone.demo.queries import Sample
from touchstone.kit.errors import NotFound
from touchstone.people.enums import Role
from touchstone.people.models import Person
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Submission

type Words = str | Promise

TEACHER, SKILL = "kieu-anh", "wait-time"
READ_NOW = "nizhoni"
TOLD_NOT_YET, SKILL_NOT_YET = "wulandari", "hinge-questions"
HOLDER, SKILL_HELD = "leilani", "hinge-questions"
LESSON = "Shadows lesson plan KA Nguyen.docx"


@dataclass(frozen=True)
class Opening:
    """The page of a stop, who may see it, and what its address asks. ``as_told``: it stands as the stop tells it."""

    page: Sample
    as_told: bool = True
    query: str = ""


@dataclass(frozen=True)
class Stop:
    """``part``: who you are there. ``find`` gives the page, or None when nothing of it is left."""

    key: str
    part: Words
    title: Words
    notice: Words
    find: Callable[[], Opening | None]


def get_stop(key: str) -> Stop:
    """Raises NotFound."""
    for stop in STOPS:
        if stop.key == key:
            return stop
    raise NotFound


def find_opening(stop: Stop) -> Opening | None:
    """Where a stop leads as things stand now; None when its people or their work are gone."""
    try:
        return stop.find()
    except NotFound:
        return None


def lesson_document(*, made_at: datetime) -> bytes:
    """A lesson plan in Word as the teacher would have it: her name in its header, a place in its photograph."""
    maker = maker_of(BY_KEY[TEACHER], made_at)
    with tempfile.TemporaryDirectory() as folder:
        return make_file(Path(folder), LESSON, maker=maker, facts=_LESSON_FACTS).read_bytes()


@dataclass(frozen=True)
class OneByte:
    """A badge as it was signed, and the same with the first letter of its title changed from ``was`` to ``became``."""

    text: str
    changed: str
    was: str
    became: str
    rest: str


def find_one_byte() -> OneByte | None:
    """The badge of the tour, to verify as it is and changed; None when there is none."""
    award = _shown_award()
    if award is None:
        return None
    text = Badge.objects.get(award=award).text
    at = text.index(award.title, text.index('"achievement"'))
    was, became = text[at], "Y" if text[at] == "X" else "X"
    return OneByte(text, text[:at] + became + text[at + 1 :], was, became, award.title[1:])


def _find_skill() -> Opening:
    queries.get_person(TEACHER)
    return Opening(Sample("find", "item", "", (SKILL,), TEACHER))


def _find_draft() -> Opening | None:
    row = _work(TEACHER, SKILL)
    return Opening(_page_of(row, TEACHER), _state(row) == AttemptState.DRAFT) if row else None


def _find_bench() -> Opening | None:
    """The teacher's own work if somebody sent it in, else another's on the same skill, else any that is left."""
    rows = Assignment.objects.select_related("attempt__submission__version__micro_credential__issuer").order_by("id")
    for earner in (TEACHER, READ_NOW):
        work = _work(earner, SKILL)
        row = rows.filter(attempt=work.current, state__in=IN_HAND).first() if work else None
        if row:
            return Opening(_bench(row))
    rows = rows.filter(assessor_id__in=_keys())
    row = rows.filter(state__in=IN_HAND).first() or rows.filter(state=AssignmentState.SCORED).first()
    return Opening(_bench(row), as_told=False) if row else None


def _find_feedback() -> Opening | None:
    row = _work(TOLD_NOT_YET, SKILL_NOT_YET)
    return Opening(_page_of(row, TOLD_NOT_YET), _state(row) == AttemptState.NOT_YET) if row else None


def _find_badge() -> Opening | None:
    award = _shown_award()
    return Opening(Sample("badge", "verify", award.title), query=f"link=/awards/{award.token}") if award else None


def _find_portfolio() -> Opening | None:
    holder = queries.get_person(HOLDER).pseudonym_id
    award = Award.objects.filter(holder_id=holder, version__micro_credential__slug=SKILL_HELD).first()
    if award is None:
        return None
    page = Sample("portfolio", "award", award.title, (award.token,), HOLDER)
    return Opening(page, as_told=award.revoked_at is None)


def _find_issuer() -> Opening:
    queries.get_person("ifeoma")
    return Opening(Sample("issuer", "lead_home", "", (), "ifeoma", Role.SCORING_LEADER, EXCHANGE))


def _find_reliability() -> Opening | None:
    page = next((row for row in queries.list_samples() if row.key == "measurement"), None)
    return Opening(replace(page, key="reliability")) if page else None


def _work(key: str, item: str) -> Submission | None:
    earner = queries.get_person(key).pseudonym_id
    rows = Submission.objects.filter(earner_id=earner, version__micro_credential__slug=item)
    return rows.select_related("current", "version").first()


def _state(row: Submission) -> str:
    return row.current.state if row.current else ""


def _page_of(row: Submission, who: str) -> Sample:
    return Sample("work", "submission", row.version.title, (row.token,), who)


def _keys() -> dict[UUID, str]:
    """Pseudonym -> key, of the cast that is loaded."""
    emails = {member.email: member.key for member in CAST}
    rows = Person.objects.filter(account__email__in=emails).values_list("pseudonym_id", "account__email")
    return {pseudonym: emails[email] for pseudonym, email in rows}


def _bench(row: Assignment) -> Sample:
    version = row.attempt.submission.version
    who, place = _keys()[row.assessor_id], version.micro_credential.issuer.slug
    return Sample("bench", "assignment", version.title, (row.token,), who, Role.ASSESSOR, place)


def _shown_award() -> Award | None:
    """One that stands, with its badge, and that anybody with its address may see."""
    rows = Award.objects.filter(revoked_at=None, holder_id__in=_keys(), id__in=Badge.objects.values("award"))
    rows = rows.filter(version__isnull=False).exclude(visibility=Visibility.PRIVATE).order_by("id")
    return rows.filter(version__micro_credential__slug=SKILL).first() or rows.first()


STOPS = (
    Stop(
        "find",
        _("a teacher"),
        _("Find a skill"),
        _(
            "Before any work she sees the effort, what to collect, the very rubric that will judge it, who assesses,"
            " and how soon she hears."
        ),
        _find_skill,
    ),
    Stop(
        "collect",
        _("the teacher"),
        _("Collect evidence"),
        _(
            "Take the lesson document and drop it under “What students said”: her name in its header and the place in"
            " its photograph are found and taken out. Write in two tabs at once: nothing is lost."
        ),
        _find_draft,
    ),
    Stop(
        "score",
        _("the assessor"),
        _("Score it, blind"),
        _(
            "No name, school or place anywhere. Keys score: J and K for the criterion, 1 to 4 for the level, C for a"
            " comment, ? for them all."
        ),
        _find_bench,
    ),
    Stop(
        "feedback",
        _("a teacher who heard “not yet”"),
        _("Read the feedback"),
        _(
            "One criterion is open and says what to change; what is met stays met. The second attempt starts from what"
            " is there."
        ),
        _find_feedback,
    ),
    Stop(
        "verify",
        _("anybody, without an account"),
        _("Verify the badge"),
        _("Every check is named and says what came out. Change one byte of the badge, and see which check notices."),
        _find_badge,
    ),
    Stop(
        "share",
        _("a holder"),
        _("Share it, or not"),
        _("Private until she says so. A switch for each award, and a look at exactly what others see."),
        _find_portfolio,
    ),
    Stop(
        "lead",
        _("the issuer’s scoring leader"),
        _("Keep it going"),
        _("Each submission by its code, who has it and by when. She knows assessors by name and earners by code only."),
        _find_issuer,
    ),
    Stop(
        "measure",
        _("the scoring leader"),
        _("Know how good scores are"),
        _("How often two readers agree, and one assessor who has become more severe; each figure says on how many."),
        _find_reliability,
    ),
)

_LESSON_FACTS = {
    "title": "Shadows: where does the sun stand?",
    "paragraphs": [
        "# What we will find out",
        "A shadow points away from the light. It is long when the light is low and short when it is high.",
        "# Questions I wait after",
        "Where would you stand so that your shadow falls on the door? I waited 3.2 seconds; six hands.",
        "Why is your shadow longer now than at noon? I waited 4.0 seconds; nine hands.",
        "What would have to change for you to have two shadows? I waited 3.6 seconds; seven hands.",
        "How could we check that without the sun? I waited 3.1 seconds; eight hands.",
        "# What students said",
        "Student A, before: “It is just there.” Student A, after: “The lamp is behind me, so it has to be in front.”",
        "Student B, before: no answer. Student B, after: “Two lamps, and each makes its own.”",
    ],
    "added": "Next time I ask for a drawing before I ask for words.",
    "deleted": "Next time I ask faster.",
    "comment": "Lovely: nine hands at the second question.",
    "photo": {"heading": "Shadows at ten and at noon", "lines": ["10:00  142 cm", "12:00  61 cm", "Why?"]},
}
