"""The directory of listed awards: in it by the holder's own choice, out of it at once (X12), minors never (X14)."""

import datetime as dt

from tests import builders as b
from tests.cast import Cast
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award
from touchstone.people.models import Person


def listed(cast: Cast) -> Award:
    cast.earned()
    award = Award.objects.get()
    credentials.share_award(actor=b.actor(cast.earner), token=award.token, visibility="listed", now=b.NOW)
    return award


def test_directory_when_listing_is_switched_off_then_the_name_is_gone_and_the_link_works(cast: Cast):
    award = listed(cast)
    anyone = cast.client("anonymous")
    item = f"/micro-credentials/{cast.item.micro_credential.slug}/"
    for path in ("/holders/", "/holders/?name=marchetti", "/holders/?name=ROSA+mar", item):
        assert "Rosa Marchetti" in anyone.get(path).content.decode(), path
    assert "Rosa Marchetti" not in anyone.get("/holders/?name=archetti").content.decode()
    page = anyone.get(f"/awards/{award.token}").content.decode()
    assert "noindex" not in page

    cast.client("earner").post(f"/awards/{award.token}/share", {"visibility": "link"})
    for path in ("/holders/", "/holders/?name=marchetti", item, f"/issuers/{cast.issuer.slug}/"):
        assert "Rosa Marchetti" not in anyone.get(path).content.decode(), path
    page = anyone.get(f"/awards/{award.token}").content.decode()
    assert "Rosa Marchetti" in page
    assert 'name="robots" content="noindex"' in page
    badge = anyone.get(f"/awards/{award.token}/badge.json", headers={"accept": "application/json"})
    assert badge.status_code == 200


def test_directory_when_a_holder_is_a_minor_then_never_names_her(cast: Cast):
    listed(cast)
    Person.objects.filter(id=cast.earner.id).update(adult_on=dt.date.today() + dt.timedelta(days=100))
    assert "Rosa Marchetti" not in cast.client("anonymous").get("/holders/").content.decode()


def test_directory_when_an_award_is_revoked_then_is_not_in_it(cast: Cast):
    award = listed(cast)
    staff = b.actor(cast.staff.person.person, cast.staff)
    credentials.revoke_award(actor=staff, token=award.token, reason="error", note="", now=b.NOW)
    assert "Rosa Marchetti" not in cast.client("anonymous").get("/holders/").content.decode()
