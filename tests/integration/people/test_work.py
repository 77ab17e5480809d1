"""Where people work: declared, confirmed, ended, changed; and asking to be confirmed."""

import datetime as dt

import pytest

from tests import builders as b
from tests.integration.people.conftest import Places
from touchstone.kit.actor import ANYONE
from touchstone.kit.errors import Forbidden, NotFound
from touchstone.people import actions, errors, queries
from touchstone.people.models import Employment, JoinRequest, Organisation, Person

TODAY = b.NOW.date()
SINCE = dt.date(2020, 8, 1)


@pytest.fixture
def ada(db: None) -> Person:
    return b.person("Ada")


def declare(person: Person, place: Organisation, **facts: dt.date) -> Employment:
    facts = {"from_date": SINCE, **facts}
    return actions.declare_employment(actor=b.actor(person), organisation=place, now=b.NOW, **facts)


def test_declared_when_confirmed_by_the_district_then_it_counts_as_confirmed(places: Places, ada: Person):
    row = declare(ada, places.school)
    assert row.confirmed_at is None
    assert declare(ada, places.school, from_date=TODAY) == row
    for _time in range(2):
        assert actions.confirm_employment(actor=places.head, employment=row.id, now=b.NOW).confirmed_at == b.NOW
    assert queries.list_employers(ada.pseudonym_id, on=TODAY) == [places.school]
    page = queries.list_employees(places.principal, places.school.id, on=TODAY)
    assert [employment.person.person.name for employment in page] == ["Ada"]


def test_employment_when_it_makes_no_sense_or_is_not_hers_to_say_then_refused(places: Places, ada: Person):
    row = declare(ada, places.school)
    with pytest.raises(errors.DatesReversed):
        declare(ada, places.high, to_date=dt.date(2019, 1, 1))
    with pytest.raises(Forbidden):
        actions.declare_employment(actor=ANYONE, organisation=places.school, from_date=SINCE, now=b.NOW)
    with pytest.raises(NotFound):
        actions.confirm_employment(actor=places.stranger, employment=row.id, now=b.NOW)
    with pytest.raises(NotFound):
        actions.confirm_employment(actor=b.actor(ada), employment=row.id, now=b.NOW)
    with pytest.raises(NotFound):
        actions.end_employment(actor=places.stranger, employment=row.id, to_date=TODAY, now=b.NOW)
    with pytest.raises(errors.DatesReversed):
        actions.end_employment(actor=b.actor(ada), employment=row.id, to_date=dt.date(2019, 1, 1), now=b.NOW)
    herself = Person.objects.get(pseudonym_id=places.principal.person)
    own = declare(herself, places.school)
    with pytest.raises(errors.NotToYourself):
        actions.confirm_employment(actor=places.principal, employment=own.id, now=b.NOW)
    record = {"organisation": places.school, "from_date": SINCE, "confirmed": True, "now": b.NOW}
    with pytest.raises(errors.NotToYourself):
        actions.record_employment(actor=places.principal, person=herself.pseudonym, **record)
    with pytest.raises(errors.NotAdministratorHere):
        actions.record_employment(actor=places.stranger, person=ada.pseudonym, **record)


def test_change_employer_when_she_moves_then_the_old_ends_the_day_before(places: Places, ada: Person):
    old = declare(ada, places.school)
    who = b.actor(ada)
    new = actions.change_employer(
        actor=who, employment=old.id, organisation=places.elsewhere, from_date=TODAY, now=b.NOW
    )
    old.refresh_from_db()
    assert (old.to_date, new.from_date, new.confirmed_at) == (TODAY - dt.timedelta(days=1), TODAY, None)
    assert queries.list_employers(ada.pseudonym_id, on=TODAY) == [places.elsewhere]
    same = actions.change_employer(
        actor=who, employment=new.id, organisation=places.elsewhere, from_date=TODAY, now=b.NOW
    )
    assert same == new
    with pytest.raises(errors.DatesReversed):
        actions.change_employer(actor=who, employment=new.id, organisation=places.school, from_date=TODAY, now=b.NOW)
    actions.end_employment(actor=b.actor(ada), employment=new.id, to_date=TODAY, now=b.NOW)
    assert queries.list_employers(ada.pseudonym_id, on=TODAY + dt.timedelta(days=1)) == []


def test_past_work_when_declared_then_it_stands_beside_the_present(places: Places, ada: Person):
    declare(ada, places.school, from_date=dt.date(2010, 1, 1), to_date=dt.date(2012, 1, 1))
    declare(ada, places.school)
    assert Employment.objects.filter(person=ada.pseudonym).count() == 2


def test_request_when_accepted_then_she_works_there_and_asking_twice_is_one_request(places: Places, ada: Person):
    request = actions.ask_to_join(actor=b.actor(ada), organisation=places.school, now=b.NOW)
    assert actions.ask_to_join(actor=b.actor(ada), organisation=places.school, now=b.NOW) == request
    assert list(queries.list_join_requests(places.head, places.school.id)) == [request]
    assert queries.list_own_requests(ada.pseudonym_id) == [request]
    for _time in range(2):
        actions.accept_request(actor=places.principal, request=request.id, now=b.NOW)
    assert Employment.objects.get(person=ada.pseudonym).confirmed_at == b.NOW
    with pytest.raises(errors.RequestDecided):
        actions.refuse_request(actor=places.principal, request=request.id, now=b.NOW)
    with pytest.raises(errors.WorksHereAlready):
        actions.ask_to_join(actor=b.actor(ada), organisation=places.school, now=b.NOW)


def test_request_when_refused_or_withdrawn_then_nothing_follows_and_she_may_ask_again(places: Places, ada: Person):
    who = b.actor(ada)
    first = actions.ask_to_join(actor=who, organisation=places.school, now=b.NOW)
    actions.refuse_request(actor=places.head, request=first.id, now=b.NOW)
    second = actions.ask_to_join(actor=who, organisation=places.school, now=b.NOW)
    actions.withdraw_request(actor=who, request=second.id, now=b.NOW)
    with pytest.raises(errors.RequestDecided):
        actions.accept_request(actor=places.head, request=second.id, now=b.NOW)
    assert not Employment.objects.filter(person=ada.pseudonym).exists()
    assert JoinRequest.objects.count() == 2


def test_request_when_not_hers_to_answer_then_refused(places: Places, ada: Person):
    request = actions.ask_to_join(actor=b.actor(ada), organisation=places.school, now=b.NOW)
    for actor in (places.stranger, b.actor(ada), ANYONE):
        with pytest.raises(NotFound):
            actions.accept_request(actor=actor, request=request.id, now=b.NOW)
    with pytest.raises(NotFound):
        actions.withdraw_request(actor=places.principal, request=request.id, now=b.NOW)
    own = actions.ask_to_join(actor=places.principal, organisation=places.school, now=b.NOW)
    with pytest.raises(errors.NotToYourself):
        actions.accept_request(actor=places.principal, request=own.id, now=b.NOW)
    with pytest.raises(Forbidden):
        actions.ask_to_join(actor=ANYONE, organisation=places.school, now=b.NOW)
