"""The fixed small cast of the tests: one of each role, and the work between them."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from django.test import Client
from django.utils import timezone

from tests import builders as b
from touchstone.assessment.models import Assignment
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import StackVersion, Version
from touchstone.people import actions as people
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Employment, Membership, Organisation, Person
from touchstone.portfolio.models import Submission
from touchstone.web.acting import SESSION_KEY


@dataclass
class Cast:
    """``earner`` teaches at ``school`` in ``district``; ``assessor`` and ``second`` score for ``issuer`` elsewhere.

    The outsiders hold the same roles in another issuer or district. Those few tests need come when first asked for.
    """

    issuer: Organisation
    district: Organisation
    school: Organisation
    item: Version
    earner: Person
    colleague: Person
    assessor: Membership
    second: Membership
    leader: Membership
    staff: Membership
    outsider: Person
    outside_assessor: Membership
    outside_staff: Membership
    other_issuer: Organisation
    clients: dict[str, Client] = field(default_factory=dict)

    @cached_property
    def outside_leader(self) -> Membership:
        return b.member(b.person("Ewa Thistlewood", state="TX"), self.other_issuer, "scoring_leader")

    @cached_property
    def administrator(self) -> Membership:
        """Of the earner's district."""
        return b.member(b.person("Ludivine Vandermeer", works_at=[self.district]), self.district, "administrator")

    @cached_property
    def other_district(self) -> Organisation:
        return b.organisation("birch-district", OrganisationKind.DISTRICT, state="CO")

    @cached_property
    def outside_administrator(self) -> Membership:
        row = b.person("Henk Brightwater", works_at=[self.other_district])
        return b.member(row, self.other_district, "administrator")

    @cached_property
    def mover(self) -> Person:
        """She left the earner's school for one in another district yesterday."""
        row = b.person("Sunniva Okonjo", works_at=[self.school])
        people.change_employer(
            actor=b.actor(row),
            employment=Employment.objects.get(person=row.pseudonym).id,
            organisation=b.organisation("birch-school", parent=self.other_district, state="CO"),
            from_date=timezone.now().date() - dt.timedelta(days=1),
            now=b.NOW,
        )
        return row

    @cached_property
    def minor(self) -> Person:
        """A student of fifteen whose guardian was not asked yet."""
        return b.minor("Teodor Larkspurre", adult_on=timezone.now().date().replace(day=1) + dt.timedelta(days=1000))

    @cached_property
    def platform(self) -> Membership:
        desk = b.organisation("help-desk", OrganisationKind.PROVIDER, state="DE")
        return b.member(b.person("Gwen Saltmarsh", state="DE"), desk, "platform_staff")

    def client(self, who: str) -> Client:
        """A browser signed in as a member of the cast (``anonymous`` is not), acting in her role."""
        if who not in self.clients:
            self.clients[who] = self._sign_in(who)
        return self.clients[who]

    def _sign_in(self, who: str) -> Client:
        client = Client()
        if who == "anonymous":
            return client
        row = getattr(self, who)
        membership = row if isinstance(row, Membership) else None
        person = membership.person.person if membership else row
        client.force_login(person.account)
        if membership:
            session = client.session
            session[SESSION_KEY] = str(membership.id)
            session.save()
        return client

    def draft(self) -> Submission:
        return b.draft(self.earner, self.item)

    def submitted(self) -> Submission:
        return b.submitted(self.earner, self.item)

    def assignment(self, submission: Submission) -> Assignment:
        """The open assignment of a submission, and so whose it is."""
        return Assignment.objects.filter(attempt=submission.current).latest("offered_at", "id")

    def membership_of(self, assignment: Assignment) -> Membership:
        return Membership.objects.get(person=assignment.assessor, role="assessor")

    def earned(self) -> Submission:
        submission = self.submitted()
        assignment = self.assignment(submission)
        b.score(assignment, self.membership_of(assignment))
        return Submission.objects.get(id=submission.id)

    def not_yet(self) -> Submission:
        submission = self.submitted()
        assignment = self.assignment(submission)
        b.score(assignment, self.membership_of(assignment), {"recording": "basic"})
        return Submission.objects.get(id=submission.id)

    def stack(self) -> StackVersion:
        """A stack of the item alone."""
        document = {
            "schema": 1,
            "slug": "questioning",
            "issuer": self.issuer.slug,
            "language": "en",
            "title": "Questioning",
            "summary": "Ask so that everyone thinks.",
            "description": "One item for now.",
            "rule": {"schema": 1, "all_of": [self.item.micro_credential.slug]},
        }
        return catalogue.publish_stack(actor=b.SYSTEM, document=document, now=b.NOW)


EVERYONE = (
    "anonymous",
    "earner",
    "colleague",
    "assessor",
    "second",
    "leader",
    "staff",
    "outsider",
    "outside_assessor",
    "outside_staff",
    "outside_leader",
    "administrator",
    "outside_administrator",
    "mover",
    "minor",
    "platform",
)


def gather() -> Cast:
    """Bring the cast together."""
    issuer = b.issuer()
    other = b.issuer("other-issuer")
    district = b.organisation("maple-district", OrganisationKind.DISTRICT, state="CO")
    school = b.organisation("maple-school", parent=district, state="CO")
    away = b.organisation("away-school", state="VT")
    item = b.version(of=issuer)
    elsewhere = b.version("elsewhere", of=other, title="Elsewhere")
    return Cast(
        issuer=issuer,
        district=district,
        school=school,
        item=item,
        earner=b.person("Rosa Marchetti", email="rosa.marchetti@maple.example.org", works_at=[school]),
        colleague=b.person("Ines Calloway", works_at=[school]),
        assessor=b.assessor(issuer, item, name="Devon Achterberg", works_at=[away]),
        second=b.assessor(issuer, item, name="Priya Lindqvist", works_at=[away]),
        leader=b.member(b.person("Tomas Oyelaran", state="VT"), issuer, "scoring_leader"),
        staff=b.member(b.person("Wren Castellano", state="VT"), issuer, "award_staff"),
        outsider=b.person("Kai Underhill", state="TX"),
        outside_assessor=b.assessor(other, elsewhere, name="Bo Fennimore"),
        outside_staff=b.member(b.person("Ada Quillfeather", state="TX"), other, "award_staff"),
        other_issuer=other,
    )
