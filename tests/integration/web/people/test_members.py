"""What administrators see and change: members, people who work here, requests, domains, parts."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import builders as b
from tests.integration.web.people.conftest import District, browser, text_of
from touchstone.people import actions, queries
from touchstone.people.models import Employment, JoinRequest, Membership, Organisation, OrganisationDomain, Person

AT = "/organisations/maple-district/"


def test_members_when_listed_then_by_name_with_role_and_days(district: District):
    text = text_of(browser(district.head).get(f"{AT}members/"))
    assert text.index("Lucia Vandermeer") < text.index("Marek Holloway")
    assert "Administrator" in text
    assert "since Jan. 1, 2024" in text
    assert "Odile Sandoval" not in text  # of the school, which has a page of its own


def test_members_when_she_administers_the_district_then_its_school_is_open_to_her_and_not_the_other_way(
    district: District,
):
    assert "Odile Sandoval" in text_of(browser(district.head).get("/organisations/maple-school/members/"))
    assert browser(district.principal).get(f"{AT}members/").status_code == 404
    assert browser(district.head).get("/organisations/birch-district/").status_code == 404


def test_change_dates_when_right_then_they_are_kept(district: District):
    facts = {"membership": str(district.deputy.id), "from_date": "2025-08-01", "to_date": "2027-06-30"}
    assert browser(district.head).post(f"{AT}members/dates", facts).status_code == 302
    row = Membership.objects.get(id=district.deputy.id)
    assert (row.from_date, row.to_date) == (dt.date(2025, 8, 1), dt.date(2027, 6, 30))


def test_change_dates_when_reversed_then_the_form_comes_back_with_what_was_typed(district: District):
    facts = {"membership": str(district.deputy.id), "from_date": "2025-08-01", "to_date": "2024-06-30"}
    answer = browser(district.head).post(f"{AT}members/dates", facts)
    assert answer.status_code == 400
    assert "The last day comes before the first" in text_of(answer)
    assert 'value="2024-06-30"' in answer.content.decode()


def test_remove_when_pressed_then_it_asks_and_then_the_role_is_gone_even_on_an_open_page(district: District):
    head, deputy = browser(district.head), browser(district.deputy)
    assert deputy.get(AT).status_code == 200
    wanted = {"membership": str(district.deputy.id)}
    assert "Take this role away?" in text_of(head.post(f"{AT}members/remove", wanted))
    assert deputy.get(AT).status_code == 200
    head.post(f"{AT}members/remove", {**wanted, "sure": "yes"})
    assert deputy.get(AT).status_code == 404
    assert "Marek Holloway" not in text_of(head.get(f"{AT}members/"))


@pytest.mark.parametrize("path", ["members/dates", "members/remove", "people/identity"])
def test_a_row_of_another_organisation_is_not_there(district: District, path: str):
    foreign = b.member(b.person("Henk Brightwater"), district.elsewhere, "facilitator")
    facts = {"membership": str(foreign.id), "from_date": "2025-08-01", "sure": "yes"}
    assert browser(district.head).post(AT + path, facts).status_code == 404
    assert Membership.objects.get(id=foreign.id).ended_at is None


def test_remove_when_it_is_her_own_then_a_sentence_says_who_can(district: District):
    answer = browser(district.head).post(f"{AT}members/remove", {"membership": str(district.head.id), "sure": "yes"})
    assert answer.status_code == 403
    assert "Ask another administrator" in text_of(answer)


def test_employees_when_somebody_told_us_then_an_administrator_confirms(district: District):
    actions.declare_employment(
        actor=b.actor(district.teacher), organisation=district.district, from_date=dt.date(2024, 8, 1), now=b.NOW
    )
    client = browser(district.head)
    assert "Confirm : Rosa Marchetti works here" in text_of(client.get(f"{AT}people/"))
    row = Employment.objects.get()
    text = text_of(client.post(f"{AT}people/confirm", {"employment": str(row.id)}, follow=True))
    assert "Confirmed" in text
    facts = {"employment": str(row.id), "to_date": "2026-06-30"}
    client.post(f"{AT}people/ended", facts)
    assert Employment.objects.get().to_date == dt.date(2026, 6, 30)
    assert client.post(f"{AT}people/ended", {**facts, "to_date": "soon"}).status_code == 400


def test_confirm_identity_when_pressed_then_it_is_noted(district: District):
    Person.objects.filter(id=district.deputy.person.person.id).update(identity_confirmed_at=None)
    client = browser(district.head)
    assert "I have checked who this is : Marek Holloway" in text_of(client.get(f"{AT}members/"))
    client.post(f"{AT}people/identity", {"membership": str(district.deputy.id)})
    assert Person.objects.get(id=district.deputy.person.person.id).identity_confirmed_at


def test_requests_when_answered_then_they_wait_no_longer(district: District):
    people = [b.person("Ana Whitcombe"), b.person("Bo Fennimore")]
    for row in people:
        actions.ask_to_join(actor=b.actor(row), organisation=district.district, now=b.NOW)
    client = browser(district.head)
    yes, no = (JoinRequest.objects.get(person=row.pseudonym) for row in people)
    client.post(f"{AT}requests/answer", {"request": str(yes.id), "answer": "yes"})
    client.post(f"{AT}requests/answer", {"request": str(no.id), "answer": "no"})
    assert [row.person_id for row in Employment.objects.all()] == [yes.person_id]
    assert "Nobody is waiting" in text_of(client.get(f"{AT}requests/"))
    late = client.post(f"{AT}requests/answer", {"request": str(no.id), "answer": "yes"})
    assert late.status_code == 409


def test_domains_when_entered_changed_and_removed(district: District):
    b.address(district.head.person.person, "lucia@maple.example")
    client = browser(district.head)
    client.post(f"{AT}domains/", {"domain": "maple.example", "rule": "join"})
    client.post(f"{AT}domains/", {"domain": "@Maple.example", "rule": "none"})
    assert OrganisationDomain.objects.get().rule == "none"
    client.post(f"{AT}domains/remove", {"domain": "maple.example"})
    assert not OrganisationDomain.objects.exists()


@pytest.mark.parametrize(
    ("domain", "rule", "words"),
    [
        ("gmail.com", "none", "open to everybody"),
        ("not a domain", "none", "not an e-mail domain"),
        ("stranger.example", "join", "verify an address of your own"),
    ],
)
def test_domains_when_unusable_then_the_form_says_why(district: District, domain: str, rule: str, words: str):
    answer = browser(district.head).post(f"{AT}domains/", {"domain": domain, "rule": rule})
    assert answer.status_code == 400
    assert words in text_of(answer)


def test_add_part_when_a_district_adds_a_school_then_it_administers_it_and_twice_is_once(district: District):
    client = browser(district.head)
    for _time in range(2):
        client.post(AT, {"name": "Maple  Grove Élementary", "kind": "school", "state": ""})
    part = Organisation.objects.get(name="Maple Grove Élementary")
    assert (part.parent, part.state, part.slug) == (district.district, "CO", "maple-grove-elementary")
    assert not part.is_issuer
    assert client.get(f"/organisations/{part.slug}/members/").status_code == 200
    assert "Maple Grove" in text_of(client.get(AT))


def test_add_part_when_the_slug_is_taken_elsewhere_then_another_is_found(district: District):
    b.organisation("lincoln", name="Lincoln")
    browser(district.head).post(AT, {"name": "Lincoln", "kind": "school", "state": ""})
    part = Organisation.objects.get(parent=district.district, name="Lincoln")
    assert part.slug.startswith("lincoln-")


@pytest.mark.parametrize("name", ["", "\u200b"])
def test_add_part_when_the_name_is_unreadable_then_nothing_is_entered(district: District, name: str):
    answer = browser(district.head).post(AT, {"name": name, "kind": "school", "state": ""})
    assert answer.status_code == 400
    assert len(queries.organisations_within(district.district.id)) == 2


def test_pages_when_empty_then_they_say_what_to_do(district: District):
    client = browser(district.principal)
    at = "/organisations/maple-school/"
    assert "Nothing stands below it yet" in text_of(client.get(at))
    assert "Nobody is noted as working here" in text_of(client.get(f"{at}people/"))
    assert "No invitation is open" in text_of(client.get(f"{at}invitations/"))
    assert "No domain is entered yet" in text_of(client.get(f"{at}domains/"))


def test_members_when_a_role_begins_later_then_it_says_from(district: District):
    actions.grant_membership(
        actor=b.SYSTEM,
        person=district.teacher.pseudonym,
        organisation=district.district,
        role="facilitator",
        from_date=timezone.now().date() + dt.timedelta(days=10),
        now=b.NOW,
    )
    assert "Facilitator from" in text_of(browser(district.head).get(f"{AT}members/"))


# One of these zones has another date than UTC at any hour.
@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "Pacific/Kiritimati"])
def test_employees_when_the_reader_has_another_date_then_whoever_works_here_today_in_utc_is_there(
    district: District, zone: str
):
    Person.objects.filter(id=district.head.person.person.id).update(time_zone=zone)
    today = timezone.now().date()
    actions.declare_employment(
        actor=b.actor(district.teacher),
        organisation=district.district,
        from_date=today,
        to_date=today,
        now=timezone.now(),
    )
    assert "Rosa Marchetti" in text_of(browser(district.head).get(f"{AT}people/"))
