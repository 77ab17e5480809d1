"""Every list costs the same number of queries at one row and at twenty."""

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import builders as b
from tests.cast import Cast
from tests.kept import Kept
from tests.unit.core.openbadges import samples
from touchstone.assessment import actions as assessment
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.credentials import actions as credentials
from touchstone.credentials.actions import importing
from touchstone.credentials.models import Award, Collection, CollectionEntry, SigningRun
from touchstone.insights.gathering import assessor_code
from touchstone.insights.models import Measurement
from touchstone.people import actions as persons
from touchstone.people import queries as people

MANY = 20


@pytest.fixture
def cast(db: None, kept_cast: Kept) -> Cast:
    cast = kept_cast.put_back()
    roomy = people.actor_of(cast.assessor.person_id, cast.assessor)
    facts = {"at_once": 50, "weekly": None, "languages": ["en"], "known": ["en"]}
    assessment.set_availability(actor=roomy, now=b.NOW, **facts)
    return cast


def _item(cast: Cast, number: int, *, staff_release: bool = False) -> Version:
    """Another item of the issuer, which the first assessor may score."""
    version = b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}")
    assessment.qualify_assessor(
        actor=b.SYSTEM,
        assessor=cast.assessor.person,
        micro_credential=version.micro_credential,
        from_date=b.NOW.date(),
        now=b.NOW,
    )
    catalogue.set_staff_release(
        actor=b.SYSTEM, micro_credential=version.micro_credential, staff=staff_release, now=b.NOW
    )
    return version


def _drafted(cast: Cast, number: int) -> None:
    b.draft(cast.earner, _item(cast, number))


def _offered(cast: Cast, number: int) -> None:
    b.submitted(cast.earner, _item(cast, number))


def _in_hand(cast: Cast, number: int) -> None:
    assignment = cast.assignment(b.submitted(cast.earner, _item(cast, number)))
    who = people.actor_of(cast.assessor.person_id, cast.assessor)
    assessment.accept_assignment(actor=who, token=assignment.token, now=b.NOW)


def _earned(cast: Cast, number: int, *, staff_release: bool = False) -> None:
    item = _item(cast, number, staff_release=staff_release)
    b.score(cast.assignment(b.submitted(cast.earner, item)), cast.assessor)


def _decided(cast: Cast, number: int) -> None:
    _earned(cast, number, staff_release=True)


def _listed(cast: Cast, number: int) -> None:
    _earned(cast, number)
    award = Award.objects.get(version__micro_credential__slug=f"item-{number}")
    credentials.share_award(actor=b.actor(cast.earner), token=award.token, visibility="listed", now=b.NOW)
    assert award.version
    _measured(cast, award.version)


def _collected(cast: Cast, number: int) -> None:
    """Every award so far in one collection, by link."""
    facts = {"holder": cast.earner.pseudonym, "name": "Mine", "visibility": "link", "made_at": b.NOW}
    row, _made = Collection.objects.get_or_create(token="mine", defaults=facts)
    for award in Award.objects.filter(visibility="listed").exclude(id__in=row.entries.values("award")):
        CollectionEntry.objects.create(collection=row, award=award, place=number)


def _stacked(cast: Cast, number: int) -> None:
    document = {
        "schema": 1,
        "slug": f"stack-{number}",
        "issuer": cast.issuer.slug,
        "language": "en",
        "title": f"Stack {number}",
        "summary": "A stack.",
        "description": "A stack.",
        "rule": {"schema": 1, "all_of": ["wait-time"]},
    }
    catalogue.publish_stack(actor=b.SYSTEM, document=document, now=b.NOW)


def _measured(cast: Cast, version: Version) -> None:
    own = {assessor_code(version.id, cast.assessor.person_id): {"reads": 1, "read_twice": 0}}
    figures = {"report": None, "own": own, "promise": {"works": 1, "broken": 0}}
    Measurement.objects.create(version=version, measured_at=b.NOW, figures=figures, export=b"")


def _looked_at(cast: Cast, number: int) -> None:
    staff = people.actor_of(cast.platform.person_id, cast.platform)
    why = {"cause": "help", "reason": "She cannot sign in and asked for help.", "minutes": 60}
    persons.open_glass(actor=staff, subject=b.person().pseudonym_id, now=timezone.now(), **why)


def _belonging(cast: Cast, number: int) -> None:
    """Somebody of the district: a member, somebody who works there, somebody invited, asking, and a part and domain."""
    row, asking = b.person(works_at=[cast.district]), b.person()
    b.member(row, cast.district, "facilitator")
    persons.ask_to_join(actor=b.actor(asking), organisation=cast.district, now=b.NOW)
    persons.invite_person(
        actor=b.SYSTEM, organisation=cast.district, email=f"new{number}@example.org", employs=True, now=timezone.now()
    )
    domain = f"maple{number}.example"
    persons.set_domain(actor=b.SYSTEM, organisation=cast.district, domain=domain, rule="none", now=b.NOW)
    place = persons.add_part(
        actor=b.SYSTEM, organisation=cast.district, name=f"Maple part {number}", kind="school", now=b.NOW
    )
    persons.ask_to_join(actor=b.actor(cast.earner), organisation=place, now=b.NOW)
    persons.declare_employment(
        actor=b.actor(cast.earner), organisation=place, from_date=b.NOW.date() - dt.timedelta(days=number), now=b.NOW
    )


def _searched(cast: Cast, number: int) -> None:
    """Work nobody may read, one more assessor, an alliance, and a statement of conflict."""
    b.submitted(cast.earner, b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}"))
    b.assessor(cast.issuer, works_at=[b.organisation(f"away-{number}", state="VT")])
    who = people.actor_of(cast.leader.person_id, cast.leader)
    assessment.ask_alliance(actor=who, ally=b.issuer(f"ally-{number}"), now=b.NOW)
    persons.state_conflict(actor=b.actor(cast.earner), kind="knows", name=f"Somebody {number}", now=b.NOW)


def _endorsed(cast: Cast, number: int) -> None:
    """Something the earner's district endorses, and badges signed in the background."""
    item = b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}")
    who = people.actor_of(cast.administrator.person_id, cast.administrator)
    credentials.give_endorsement(actor=who, about=item, comment="We count it.", now=b.NOW)
    SigningRun.objects.create(issuer=cast.issuer, kind="again", total=1, done=1, begun_at=b.NOW, finished_at=b.NOW)


def _brought(cast: Cast, number: int) -> None:
    """A badge of the earner's from elsewhere, and an app she let at her badges."""
    badge = samples.signed_badge(status=None, valid_until=None, id=f"urn:example:{number}")
    importing.import_badge(actor=b.actor(cast.earner), content=samples.as_bytes(badge), elsewhere=None, now=samples.NOW)
    app = App.objects.create(name=f"Wallet {number}", redirect_uris="https://wallet.example/")
    Token.objects.create(type=Token.Type.REFRESH_TOKEN, hash=str(number), client=app, user=cast.earner.account)


KINDS: tuple[Callable[[Cast, int], None], ...] = (
    _drafted,
    _offered,
    _in_hand,
    _listed,
    _collected,
    _decided,
    _stacked,
    _looked_at,
    _belonging,
    _searched,
    _endorsed,
    _brought,
)
LISTS = (
    ("/", "anonymous"),
    ("/explore/", "anonymous"),
    ("/explore/?q=wait", "anonymous"),
    ("/issuers/exchange/", "anonymous"),
    ("/micro-credentials/wait-time/", "anonymous"),
    ("/earn/", "earner"),
    ("/awards/", "earner"),
    ("/awards/elsewhere/", "earner"),
    ("/account/apps/", "earner"),
    ("/awards/transcript", "earner"),
    ("/collections/new", "earner"),
    ("/collections/mine/", "anonymous"),
    ("/collections/mine/", "earner"),
    ("/holders/", "anonymous"),
    ("/assess/", "assessor"),
    ("/lead/", "leader"),
    ("/lead/assessors/", "leader"),
    ("/lead/allies/", "leader"),
    ("/account/conflicts/", "earner"),
    ("/author/decisions/", "staff"),
    ("/author/awards/", "staff"),
    ("/author/keys/", "staff"),
    ("/author/endorsements/", "administrator"),
    ("/author/reliability/", "staff"),
    ("/assess/record/", "assessor"),
    ("/operate/", "platform"),
    ("/organisations/", "administrator"),
    ("/organisations/maple-district/", "administrator"),
    ("/organisations/maple-district/members/", "administrator"),
    ("/organisations/maple-district/people/", "administrator"),
    ("/organisations/maple-district/invitations/", "administrator"),
    ("/organisations/maple-district/requests/", "administrator"),
    ("/organisations/maple-district/domains/", "administrator"),
    ("/account/work/", "earner"),
    ("/account/work/find/?q=maple", "earner"),
    ("/account/profile/", "earner"),
    ("/demo/mail/", "anonymous"),
)


def _queries(cast: Cast, who: str, path: str) -> int:
    client = cast.client(who)
    client.get(path)  # what is read once per process is read now
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_a_list_costs_the_same_at_one_row_and_at_twenty(cast: Cast):
    def add(row: int) -> None:
        for place, kind in enumerate(KINDS):
            kind(cast, row * len(KINDS) + place)

    add(0)
    at_one = {path: _queries(cast, who, path) for path, who in LISTS}
    for row in range(1, MANY):
        add(row)
    assert {path: _queries(cast, who, path) for path, who in LISTS} == at_one
