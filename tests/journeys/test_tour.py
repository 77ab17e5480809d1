"""The guided tour from its start to its end: by keys alone, and by touch on a phone in the dark."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.keys import enter, tab_to
from tests.journeys.measures import faults
from tests.journeys.visitor import PHONE, Visitor, Visitors
from touchstone.demo.cast import BY_KEY
from touchstone.demo.tour import LESSON, STOPS, TEACHER

pytestmark = pytest.mark.xdist_group("stack")

FIELD = "#text-plan"


def arrive(page: Page, number: int) -> None:
    bar = page.get_by_role("complementary", name="Guided tour")
    expect(bar).to_contain_text(f"{number} of {len(STOPS)}")
    expect(bar).to_contain_text(str(STOPS[number - 1].notice))
    page.wait_for_load_state()


def go_on(page: Page, number: int) -> None:
    page.keyboard.press("Control+Home")
    enter(page, "Next", to="**/*")
    arrive(page, number)


def test_tour_when_gone_by_keys_then_every_stop_shows_what_it_tells(visitor: Visitor, tmp_path: Path) -> None:
    visitor.expects("status of 409")
    page = visitor.page
    visitor.go("/demo/")
    enter(page, "Take the tour", to="**/demo/tour/")
    enter(page, "Begin the tour", to="**/micro-credentials/**")
    arrive(page, 1)
    for told in ("About 5 hours", "The rubric your assessor uses", "10 business days"):
        expect(page.get_by_text(told).first).to_be_visible()
    go_on(page, 2)
    _collect(visitor, tmp_path)
    go_on(page, 3)
    _score(page)
    go_on(page, 4)
    expect(page.get_by_text("Not met yet", exact=True)).to_have_count(1)
    enter(page, "Begin the next attempt")
    expect(page.get_by_role("heading", name="To work on")).to_be_visible()
    go_on(page, 5)
    for button, told in (("Change one byte, then verify", "Do not rely on this badge"), ("Verify it", "This badge is")):
        enter(page, button)
        expect(page.get_by_role("heading", level=1)).to_contain_text(told)
        failed = page.locator(".checks").get_by_text("Failed", exact=True)
        expect(failed).to_have_count(1 if "Change" in button else 0)
        arrive(page, 5)
    go_on(page, 6)
    enter(page, "See what others see", to="**/awards/*preview*")
    expect(page.get_by_text("This is what others see.")).to_be_visible()
    go_on(page, 7)
    expect(page.get_by_role("heading", name="Work under way")).to_be_visible()
    go_on(page, 8)
    expect(page.get_by_text("more severe than before").first).to_be_visible()
    enter(page, "Leave")
    expect(page.get_by_role("complementary", name="Guided tour")).to_have_count(0)
    expect(page.get_by_role("complementary", name="Demonstration")).to_be_visible()


def _collect(visitor: Visitor, folder: Path) -> None:
    """A document with her name and a place in it, and the same answer open twice."""
    page = visitor.page
    with page.expect_download() as coming:
        enter(page, "Lesson document")
    coming.value.save_as(folder / LESSON)
    tab_to(page, "Add files", inside="#at-student-responses")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(str(folder / LESSON))
    found = page.locator("#pieces-student-responses")
    expect(found).to_contain_text("taken out of the assessor’s copy")
    found.locator("summary").last.press("Enter")
    expect(found).to_contain_text("The place where the picture was taken")
    expect(found).to_contain_text(BY_KEY[TEACHER].name)
    with page.expect_popup() as opened:
        enter(page, "Second tab")
    there = opened.value
    there.locator(FIELD).fill("Written in the second tab.")
    expect(there.locator('[data-saving-for="text-plan"] [data-saved]')).to_contain_text("Saved")
    there.close()
    page.locator(FIELD).fill("Written in the first tab.")
    both = page.get_by_role("alert").filter(has_text="This text was changed in another tab")
    expect(both.locator("[data-mine]")).to_have_text("Written in the first tab.")
    expect(both.locator("[data-theirs]")).to_have_text("Written in the second tab.")
    both.get_by_role("button", name="Keep mine").press("Enter")
    expect(both).to_have_count(0)


def _score(page: Page) -> None:
    words = {word for member in BY_KEY.values() for word in member.name.split() if len(word) > 4}
    assessor = page.locator(".menu summary").last.inner_text()
    work = page.locator("main").inner_text()
    assert not {word for word in words if word in work and word not in assessor}
    page.keyboard.press("j")
    page.keyboard.press("1")
    first = page.locator("[data-criterion]").first
    expect(first.locator("input[type=radio]").first).to_be_checked()
    expect(first.locator("[data-saved]").first).to_contain_text("Saved")


def test_tour_when_gone_by_touch_on_a_phone_then_it_fits_stands_still_and_comes_quickly(visitors: Visitors) -> None:
    visitor = visitors(width=PHONE, color_scheme="dark", has_touch=True)
    page, wrong = visitor.page, list(faults(visitor, "/demo/tour/"))
    page.get_by_role("link", name="Begin the tour").tap()
    for number, stop in enumerate(STOPS, start=1):
        arrive(page, number)
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        wrong += [f"{stop.key}: {fault}" for fault in faults(visitor, f"/demo/tour/{stop.key}")]
        if number < len(STOPS):
            page.get_by_role("link", name=re.compile("^Next")).tap()
    assert not wrong, "\n".join(wrong)
