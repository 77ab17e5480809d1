"""A district with two schools and whoever looks after them, at their browsers."""

import re
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import builders as b
from touchstone.kit.drain import run_waiting_jobs
from touchstone.kit.models import OutgoingMail
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Membership, Organisation, Person
from touchstone.web.acting import SESSION_KEY


@dataclass
class District:
    """``head`` administers the district, ``deputy`` too; ``principal`` only the school."""

    district: Organisation
    school: Organisation
    elsewhere: Organisation
    head: Membership
    deputy: Membership
    principal: Membership
    teacher: Person


@pytest.fixture
def district(db: None) -> District:
    place = b.organisation("maple-district", OrganisationKind.DISTRICT, state="CO")
    school = b.organisation("maple-school", parent=place, state="CO")
    elsewhere = b.organisation("birch-district", OrganisationKind.DISTRICT, state="CO")
    return District(
        district=place,
        school=school,
        elsewhere=elsewhere,
        head=b.member(b.person("Lucia Vandermeer"), place, "administrator"),
        deputy=b.member(b.person("Marek Holloway"), place, "administrator"),
        principal=b.member(b.person("Odile Sandoval"), school, "administrator"),
        teacher=b.person("Rosa Marchetti"),
    )


def browser(who: Membership | Person) -> Client:
    """Signed in; a membership is the role she acts in."""
    client = Client()
    person = who.person.person if isinstance(who, Membership) else who
    assert person.account
    client.force_login(person.account)
    if isinstance(who, Membership):
        session = client.session
        session[SESSION_KEY] = str(who.id)
        session.save()
    return client


def text_of(answer: HttpResponse) -> str:
    """The words of a page, without its tags, on one line."""
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[0] if main else "").replace("&#x27;", "'").split())


def mailed_link(to: str, path: str) -> str:
    """The path of the link in the newest mail to somebody, once the waiting jobs have run."""
    run_waiting_jobs()
    mail = OutgoingMail.objects.filter(to=to).latest("id")
    found = re.search(rf"{path}[\w-]+/", mail.text)
    assert found, mail.text
    return found[0]
