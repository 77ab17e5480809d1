"""People and organisations at a browser: inviting, joining, a minor and her mother, by keys and without scripts."""

import re
from datetime import date, timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.journeys import walks
from tests.journeys.visitor import PHONE, Visitors
from touchstone.demo.cast import HARBOR_POINT
from touchstone.people.enums import Role

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.long]
AT = f"/organisations/{HARBOR_POINT}/"
PASSWORD = "correct horse battery"
LIST = "name,email,role\nPetra Lindgren,petra@harbor-point.example.org,\nNobody,not an address,\n"


def test_link_when_given_to_somebody_new_then_she_signs_up_comes_back_and_belongs(visitors: Visitors):
    head, newcomer = visitors(), visitors(width=PHONE)
    head.become("rosalind", Role.ADMINISTRATOR, HARBOR_POINT, f"{AT}invitations/link/")
    head.page.get_by_label("How many people may use it").fill("1")
    head.page.get_by_label("Last day it works").fill((date.today() + timedelta(days=9)).isoformat())
    head.press("Make the link")
    link = head.page.get_by_label("Link to join").input_value()
    head.axe()
    newcomer.go(link)
    newcomer.follow("Create an account")
    mark = token_hex(4)
    page, email, name = newcomer.page, f"petra.{mark}@harbor-point.example.org", f"Petra {mark}"
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("How old you are").select_option("adult")
    page.locator("main").get_by_role("button", name="Create account").click()
    [mail] = walks.eventually(lambda: [path for path, to in walks.mails(newcomer, "").items() if to == email])
    code = walks.link_in(newcomer, mail, r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b")
    page.get_by_label("Code").fill(code)
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(re.compile("/join/"))
    newcomer.press("Accept")
    expect(page.get_by_text("Confirmed", exact=True)).to_be_visible()
    assert newcomer.sideways() == 0
    newcomer.axe()
    head.go(f"{AT}people/")
    expect(head.page.get_by_text(name, exact=True)).to_be_visible()
    head.become("marisol", path="/")
    head.expects("status of 410")
    assert head.go(link).status == 410


def test_list_when_brought_without_scripts_then_it_is_looked_through_and_then_sent(visitors: Visitors):
    head = visitors(java_script_enabled=False)
    head.become("rosalind", Role.ADMINISTRATOR, HARBOR_POINT, f"{AT}invitations/list/")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    head.page.get_by_label("Your list, as a CSV file").set_input_files(files=[file])  # type: ignore[list-item]
    head.press("Look through it")
    expect(head.page.get_by_role("heading", name="1 line is left out")).to_be_visible()
    expect(head.page.get_by_text("“not an address” is not a complete e-mail address.")).to_be_visible()
    head.press("Send 1 invitation")
    expect(head.page.get_by_text("1 invitation is on its way.")).to_be_visible()


def test_minor_when_her_mother_takes_consent_back_then_both_pages_say_so(visitors: Visitors):
    minor, mother = visitors(width=PHONE), visitors(java_script_enabled=False)
    minor.become("keahi", path="/account/guardian/")
    expect(minor.page.get_by_text("They agreed")).to_be_visible()
    minor.axe()
    mail = next(iter(walks.mails(mother, "asks for your consent")))
    mother.go(walks.link_in(mother, mail, r"/guardians/[\w-]+/"))
    mother.press("Take my consent back")
    mother.press("Yes, take my consent back")
    expect(mother.page.get_by_text("You took your consent back")).to_be_visible()
    minor.page.reload()
    expect(minor.page.get_by_text("They took their agreement back")).to_be_visible()
    minor.page.get_by_label("E-mail address of a parent or guardian").fill("noelani.again@families.example.org")
    minor.press("Send the question")
    expect(minor.page.get_by_text("We are waiting for an answer")).to_be_visible()
    asked = "noelani.again@families.example.org"
    [again] = walks.eventually(
        lambda: [path for path, to in walks.mails(mother, "asks for your consent").items() if to == asked]
    )
    mother.go(walks.link_in(mother, again, r"/guardians/[\w-]+/"))
    mother.page.get_by_label("Your name").fill("Noelani Nakoa")
    mother.page.get_by_label("How you are related").fill("mother")
    mother.press("Yes, I agree")
    expect(mother.page.get_by_text("You said yes")).to_be_visible()
