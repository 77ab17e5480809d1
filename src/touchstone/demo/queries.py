"""Reads for the demonstration's own pages: the cast, places worth a look, and the outbox."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment, Decision, ReadingPlan
from touchstone.catalogue.models import Version
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award
from touchstone.demo import history
from touchstone.demo.cast import BY_KEY, CAST, HARBOR_POINT, PLACE_BY_SLUG, Member
from touchstone.demo.stories import read_stories
from touchstone.insights.models import Measurement
from touchstone.kit.errors import NotFound
from touchstone.kit.models import OutgoingMail
from touchstone.kit.paging import Page, page
from touchstone.people import queries as people
from touchstone.people.enums import Role
from touchstone.people.models import Membership, Organisation, Person
from touchstone.portfolio.completeness import what_is_missing
from touchstone.portfolio.enums import AttemptState
from touchstone.portfolio.models import Submission
from touchstone.portfolio.queries import contents_of

EARNERS = frozenset({*(story.earner for story in read_stories()), *(row.key for row in CAST if row.is_minor)})


@dataclass(frozen=True)
class Sample:
    """A page worth a look: the name and arguments of its address, what it is of, and who of the cast may see it.

    ``role`` and ``place`` say under which membership; without a role she acts for herself, without ``who`` anybody.
    """

    key: str
    view: str
    about: str
    arguments: tuple[str | int, ...] = ()
    who: str = ""
    role: str = ""
    place: str = ""

    @property
    def name(self) -> str:
        return BY_KEY[self.who].name if self.who else ""


def get_person(key: str) -> Person:
    """The person of a cast member who is loaded; raises NotFound."""
    member = BY_KEY.get(key)
    person = Person.objects.select_related("account").filter(account__email=member.email).first() if member else None
    if person is None:
        raise NotFound
    return person


def choose_membership(member: Member, person: Person, *, role: str, place: str, on: date) -> Membership | None:
    """The membership to act under: the one asked for, else none for an earner and the first role of anybody else.

    ``role`` may be "earner" for acting for oneself. Raises NotFound for a role she does not hold.
    """
    if not role:
        if member.key in EARNERS or not member.roles:
            return None
        role = member.roles[0][0]
    if role == "earner":
        return None
    held = people.list_memberships(person.pseudonym_id, on=on)
    order = [slug for _role, slug in member.roles]
    fitting = [row for row in held if row.role == role and place in ("", row.organisation.slug)]
    if not fitting:
        raise NotFound
    return min(fitting, key=lambda row: order.index(row.organisation.slug) if row.organisation.slug in order else 99)


def organisation_names() -> dict[str, str]:
    """Slug -> name of every invented organisation."""
    return dict(Organisation.objects.filter(is_invented=True).values_list("slug", "name"))


def list_samples() -> list[Sample]:
    """Pages worth a look as things stand now; nothing before the demonstration is loaded."""
    emails = {member.email: member.key for member in CAST}
    rows = Person.objects.filter(account__email__in=emails).values_list("pseudonym_id", "account__email")
    keys = {pseudonym: emails[email] for pseudonym, email in rows}
    if not keys:
        return []
    return [
        Sample("micro_credential", "item", "Wait Time", ("wait-time",)),
        Sample("stack", "stack", "Checking for Understanding", ("checking-for-understanding",)),
        Sample("issuer", "issuer", "Open Lesson Exchange", ("open-lesson-exchange",)),
        Sample("verify", "verify", "", ()),
        *_awards(keys),
        *_submissions(keys),
        *_assignments(keys),
        *_led(),
        *_decisions(),
        *_measurements(),
        *_belonging(),
    ]


def _belonging() -> Iterator[Sample]:
    """A district as its administrator looks after it, and the pages that links in mails lead to."""
    district = PLACE_BY_SLUG[HARBOR_POINT].name
    for page_name in ("organisation", "members", "invitations", "join_requests"):
        yield Sample(page_name, page_name, district, (HARBOR_POINT,), "rosalind", Role.ADMINISTRATOR, HARBOR_POINT)
    yield Sample("ask_guardian", "ask_guardian", "", (), "keahi")
    for key, kind, path in (("guardian", "guardian_asked", "/guardians/"), ("join", "invitation", "/join/")):
        mail = OutgoingMail.objects.filter(kind=kind).order_by("id").first()
        if mail:
            yield Sample(key, key, "", (mail.text.partition(path)[2].partition("/")[0],))


def _awards(keys: dict[UUID, str]) -> Iterator[Sample]:
    rows = Award.objects.filter(holder_id__in=keys).select_related("version", "stack_version").order_by("id")
    wanted = {
        "award": rows.filter(visibility=Visibility.LINK, revoked_at=None, version__isnull=False),
        "award_stack": rows.filter(visibility=Visibility.LINK, revoked_at=None, stack_version__isnull=False),
        "award_listed": rows.filter(visibility=Visibility.LISTED, revoked_at=None),
        "award_private": rows.filter(visibility=Visibility.PRIVATE, revoked_at=None),
        "award_revoked": rows.filter(visibility=Visibility.LINK, revoked_at__isnull=False),
    }
    for key, found in wanted.items():
        if award := found.first():
            yield Sample(key, "award", award.title, (award.token,), who=keys[award.holder_id])


def _submissions(keys: dict[UUID, str]) -> Iterator[Sample]:
    rows = Submission.objects.filter(earner_id__in=keys).select_related("version", "current").order_by("-id")
    wanted = {f"submission_{state}": rows.filter(current__state=state) for state in AttemptState}
    wanted["submission_again"] = rows.filter(current__state=AttemptState.DRAFT, current__number__gt=1)
    wanted["submission_draft"] = rows.filter(current__state=AttemptState.DRAFT, current__number=1)
    for key, found in wanted.items():
        if row := found.first():
            yield Sample(key, "submission", row.version.title, (row.token,), who=keys[row.earner_id])
    if row := next((row for row in wanted["submission_draft"] if _is_ready(row)), None):
        yield Sample("submission_ready", "submission", row.version.title, (row.token,), who=keys[row.earner_id])


def _is_ready(submission: Submission) -> bool:
    """Whether nothing but the earner's confirmation is missing."""
    assert submission.current
    return not what_is_missing(contents_of(submission.current), (), check_attestations=False)


def _assignments(keys: dict[UUID, str]) -> Iterator[Sample]:
    rows = Assignment.objects.filter(assessor_id__in=keys).order_by("id")
    rows = rows.select_related("attempt__submission__version__micro_credential__issuer")
    for state in (AssignmentState.OFFERED, AssignmentState.ACCEPTED):
        if row := rows.filter(state=state).first():
            version = row.attempt.submission.version
            place = version.micro_credential.issuer.slug
            yield Sample(
                f"assignment_{state}",
                "assignment",
                version.title,
                (row.token,),
                keys[row.assessor_id],
                Role.ASSESSOR,
                place,
            )


def _led() -> Iterator[Sample]:
    """A piece of work in somebody's hands as its scoring leader sees it: by code, with its assessor by name."""
    leads = {place: member.key for member in CAST for role, place in member.roles if role == Role.SCORING_LEADER}
    rows = ReadingPlan.objects.filter(attempt__state=AttemptState.SUBMITTED).order_by("attempt_id")
    rows = rows.filter(attempt__submission__version__micro_credential__issuer__slug__in=leads)
    if row := rows.select_related("attempt__submission__version__micro_credential__issuer").first():
        version = row.attempt.submission.version
        place = version.micro_credential.issuer.slug
        yield Sample("lead_work", "lead_work", version.title, (row.token,), leads[place], Role.SCORING_LEADER, place)


def _measurements() -> Iterator[Sample]:
    """What a season of scoring says: to the scoring leader, to the assessor who changed, and to everybody."""
    rows = Version.objects.filter(micro_credential__slug=history.ITEM, id__in=Measurement.objects.values("pk"))
    row = rows.select_related("micro_credential__issuer").first()
    if row is None:
        return
    arguments, place = (history.ITEM, row.number), row.micro_credential.issuer.slug
    yield Sample("measurement", "measure", row.title, arguments, "ifeoma", Role.SCORING_LEADER, place)
    yield Sample("own_record", "own_record", row.title, (), history.DRIFTING, Role.ASSESSOR, place)
    yield Sample("statement", "statement", row.title, arguments)


def _decisions() -> Iterator[Sample]:
    rows = Decision.objects.filter(released_at=None, attempt__state=AttemptState.SUBMITTED).order_by("id")
    row = rows.select_related("attempt__submission__version__micro_credential__issuer").first()
    if row is None:
        return
    version = row.attempt.submission.version
    place = version.micro_credential.issuer.slug
    staff = next((member.key for member in CAST if (Role.AWARD_STAFF, place) in member.roles), None)
    if staff:
        yield Sample("decision_waiting", "decision", version.title, (row.token,), staff, Role.AWARD_STAFF, place)


def list_mail(*, after: str = "") -> Page[OutgoingMail]:
    """Every mail written, newest first."""
    return page(OutgoingMail.objects.all(), order=("-written_at", "-id"), after=after)


def get_mail(token: str) -> OutgoingMail:
    """One mail; raises NotFound."""
    row = OutgoingMail.objects.filter(token=token).first()
    if row is None:
        raise NotFound
    return row
