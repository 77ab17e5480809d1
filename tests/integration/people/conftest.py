"""Places for the tests of people: a district with two schools, a district elsewhere, an issuer, and who runs them."""

from dataclasses import dataclass

import pytest

from tests import builders as b
from touchstone.kit.actor import Actor
from touchstone.people.enums import OrganisationKind
from touchstone.people.models import Organisation


@dataclass
class Places:
    """``head`` administers ``district``, ``principal`` its ``school``, ``stranger`` the district elsewhere."""

    district: Organisation
    school: Organisation
    high: Organisation
    elsewhere: Organisation
    issuer: Organisation
    head: Actor
    principal: Actor
    stranger: Actor
    manager: Actor
    desk: Actor


@pytest.fixture
def places(db: None) -> Places:
    return settle()


def settle() -> Places:
    district = b.organisation("maple-district", OrganisationKind.DISTRICT)
    school = b.organisation("maple-school", parent=district)
    elsewhere = b.organisation("birch-district", OrganisationKind.DISTRICT)
    issuer = b.issuer()
    desk = b.organisation("desk", OrganisationKind.PROVIDER)
    staff = b.person("Desk")
    return Places(
        district=district,
        school=school,
        high=b.organisation("maple-high", parent=district),
        elsewhere=elsewhere,
        issuer=issuer,
        head=b.administrator(district),
        principal=b.administrator(school),
        stranger=b.administrator(elsewhere),
        manager=b.administrator(issuer),
        desk=b.actor(staff, b.member(staff, desk, "platform_staff")),
    )
