"""A person's own pages: profile, where she works, her roles."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import builders as b
from tests.integration.web.people.conftest import District, browser, text_of
from touchstone.people import actions
from touchstone.people.models import Employment, JoinRequest, Membership, Organisation, Person

PROFILE = {
    "name": "Rosa Marchetti",
    "position": "coach",
    "subjects": ["science", "bilingual"],
    "grade_bands": ["6-8"],
    "state": "CO",
    "language": "en",
    "time_zone": "America/Denver",
}


def test_profile_when_saved_then_subjects_and_grades_are_kept(district: District):
    client = browser(district.teacher)
    text = text_of(client.post("/account/profile/", PROFILE, follow=True))
    person = Person.objects.get(id=district.teacher.id)
    assert (person.subjects, person.grade_bands) == (["science", "bilingual"], ["6-8"])
    assert "has to be confirmed again" in text


def test_profile_when_a_confirmed_name_changes_then_she_is_told_and_the_old_one_is_shown(district: District):
    answer = browser(district.teacher).post("/account/profile/", {**PROFILE, "name": "Rosa Vidal"}, follow=True)
    page = answer.content.decode()
    assert "Your identity was confirmed under your former name" in page
    assert "Rosa Marchetti" in text_of(answer)


def test_profile_when_the_name_is_unreadable_then_the_sentence_stands_at_the_field(district: District):
    answer = browser(district.teacher).post("/account/profile/", {**PROFILE, "name": "!!\u200b"})
    assert answer.status_code == 400
    assert "at least one letter" in text_of(answer)


def test_addresses_when_several_are_verified_then_all_stand_on_both_pages(district: District):
    b.address(district.teacher, "rosa@maple.example")
    client = browser(district.teacher)
    assert "rosa@maple.example" in text_of(client.get("/account/profile/"))
    assert "Make it the main one : rosa@maple.example" in text_of(client.get("/account/email/"))


@pytest.mark.parametrize("words", ["maple sch", "MÁPLE", "school maple"])
def test_find_employer_when_marks_case_or_order_differ_then_it_is_found(district: District, words: str):
    text = text_of(browser(district.teacher).get("/account/work/find/", {"q": words}))
    assert "Maple School" in text
    assert "Birch District" not in text


def test_find_employer_when_nothing_fits_then_it_says_what_to_do(district: District):
    text = text_of(browser(district.teacher).get("/account/work/find/", {"q": "zzyzx"}))
    assert "No organisation of this name" in text


def test_add_employer_when_asking_then_it_is_noted_and_a_request_waits(district: District):
    facts = {"from_date": "2024-08-01", "ask": "on"}
    text = text_of(browser(district.teacher).post("/account/work/add/maple-school/", facts, follow=True))
    assert Employment.objects.get(person=district.teacher.pseudonym).confirmed_at is None
    assert JoinRequest.objects.get().organisation == district.school
    assert "As you told us" in text
    assert "asked on" in text


def test_add_employer_when_it_ended_long_ago_then_nobody_is_asked(district: District):
    facts = {"from_date": "2014-08-01", "to_date": "2019-06-30", "ask": "on"}
    text = text_of(browser(district.teacher).post("/account/work/add/maple-school/", facts, follow=True))
    assert not JoinRequest.objects.exists()
    assert "Where you worked before" in text


def test_add_employer_when_the_days_are_reversed_then_the_form_says_so(district: District):
    facts = {"from_date": "2024-08-01", "to_date": "2019-06-30"}
    answer = browser(district.teacher).post("/account/work/add/maple-school/", facts)
    assert answer.status_code == 400
    assert "The last day comes before the first" in text_of(answer)


def test_add_employer_when_instead_of_another_then_the_old_work_ends_the_day_before(district: District):
    client = browser(district.teacher)
    client.post("/account/work/add/maple-school/", {"from_date": "2024-08-01"})
    client.post("/account/work/add/birch-district/?instead=maple-school", {"from_date": "2026-09-01"})
    old = Employment.objects.get(organisation=district.school)
    assert old.to_date == dt.date(2026, 8, 31)
    assert Employment.objects.get(organisation=district.elsewhere).to_date is None


def test_end_employment_when_it_is_somebody_elses_then_it_is_not_there(district: District):
    client = browser(district.teacher)
    client.post("/account/work/add/maple-school/", {"from_date": "2024-08-01"})
    row = Employment.objects.get()
    stranger = browser(b.person("Kai Underhill"))
    facts = {"employment": str(row.id), "to_date": "2026-06-30"}
    assert stranger.post("/account/work/ended", facts).status_code == 404
    assert client.post("/account/work/ended", {**facts, "to_date": ""}).status_code == 400
    assert client.post("/account/work/ended", facts).status_code == 302
    assert Employment.objects.get().to_date == dt.date(2026, 6, 30)


def test_withdraw_request_when_pressed_then_it_waits_no_longer(district: District):
    client = browser(district.teacher)
    row = actions.ask_to_join(actor=b.actor(district.teacher), organisation=district.school, now=b.NOW)
    text = text_of(client.post("/account/work/withdraw", {"request": str(row.id)}, follow=True))
    assert "asked on" not in text
    assert client.post("/account/work/withdraw", {"request": "nonsense"}).status_code == 404
    assert client.post("/account/work/withdraw", {}).status_code == 400


def test_leave_when_pressed_then_it_asks_once_more_and_then_ends_the_role(district: District):
    client = browser(district.head)
    wanted = {"membership": str(district.head.id)}
    assert "Lay down this role?" in text_of(client.post("/account/work/leave", wanted))
    assert Membership.objects.get(id=district.head.id).ended_at is None
    text = text_of(client.post("/account/work/leave", {**wanted, "sure": "yes"}, follow=True))
    assert "You hold no role" in text
    assert client.get("/organisations/maple-district/").status_code == 404


def test_leave_when_she_is_the_last_administrator_then_a_sentence_says_what_first(district: District):
    client = browser(district.principal)
    answer = client.post("/account/work/leave", {"membership": str(district.principal.id), "sure": "yes"})
    assert answer.status_code == 409
    assert "Make somebody else an administrator first" in text_of(answer)


def test_leave_when_the_role_is_somebody_elses_then_it_is_not_there(district: District):
    answer = browser(district.teacher).post("/account/work/leave", {"membership": str(district.head.id), "sure": "y"})
    assert answer.status_code == 404


def test_work_page_when_a_role_is_planned_to_end_then_the_day_stands_there(district: District):
    row = actions.grant_membership(
        actor=b.SYSTEM,
        person=district.teacher.pseudonym,
        organisation=Organisation.objects.get(slug="maple-school"),
        role="facilitator",
        from_date=dt.date(2026, 1, 1),
        to_date=timezone.now().date() + dt.timedelta(days=30),
        now=b.NOW,
    )
    text = text_of(browser(district.teacher).get("/account/work/"))
    assert row.get_role_display() in text
    assert "until" in text
