"""Without a mouse, on a phone, in the dark, on a slow line."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import walks
from tests.journeys.keys import FOCUSED, enter, tab_to
from tests.journeys.measures import faults
from tests.journeys.places import every_place
from tests.journeys.visitor import PHONE, Visitor, Visitors
from tests.stack import Stack
from touchstone.demo.cast import EXCHANGE
from touchstone.people.enums import Role

pytestmark = pytest.mark.xdist_group("stack")


def test_earner_when_she_uses_only_keys_then_she_can_begin_write_and_send(visitor: Visitor, tmp_path: Path) -> None:
    page, before = visitor.page, walks.offers(visitor)
    visitor.become("tomasz", "earner", path="/explore/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the content"
    page.keyboard.press("Enter")
    tab_to(page, "Search")
    page.keyboard.type("wait time")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/?q=*")
    enter(page, walks.TITLE, to="**/micro-credentials/*/")
    enter(page, "Start", to="**/earn/*/")
    work = "/" + page.url.split("/", 3)[3]
    for prompt in ("class-now", "plan", "what-changed", "who-was-heard"):
        tab_to(page, page.locator(f'label[for="text-{prompt}"]').inner_text()[:30])
        page.keyboard.insert_text(walks.prose(prompt))
        expect(page.locator(f'[data-saving-for="text-{prompt}"] [data-saved]')).to_contain_text("Saved")
    visitor.go(work)
    file = walks.lesson_plan(tmp_path, "Timing.docx", "Tomasz")
    tab_to(page, "Add files")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(str(file))
    expect(page.locator("#pieces-timing-record .file")).to_have_count(1)
    tab_to(page, "Add a file")
    enter(page, "Add a link")
    tab_to(page, "Address of the page")
    page.keyboard.type("https://clips.example.org/keys")
    page.keyboard.press("Enter")
    expect(page.locator("#pieces-lesson-clip .file")).to_have_count(1)
    enter(page, "Write or paste a text")
    tab_to(page, "Your text")
    page.keyboard.insert_text(walks.prose("said"))
    enter(page, "Add this text")
    expect(page.locator("#pieces-student-responses .file")).to_have_count(1)
    enter(page, "Review and send", to="**/submit")
    for statement in page.locator("main label.tick").all_inner_texts():
        tab_to(page, statement.strip()[:30])
        page.keyboard.press("Space")
    enter(page, "Send it")
    expect(page.get_by_text("It is on its way. Well done.")).to_be_visible()
    score_by_keys(visitor, *walks.who_was_asked(visitor, before))


def score_by_keys(assessor: Visitor, key: str, path: str) -> None:
    page = assessor.page
    assessor.become(key, Role.ASSESSOR, EXCHANGE, path)
    enter(page, "Accept")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Score")
    expect(page.locator("[data-show-keys]").first).to_be_visible()  # it appears when the page listens to keys
    for criterion, levels in walks.CRITERIA.items():
        page.keyboard.press("j")
        page.keyboard.press(str(len(levels)))
        chosen = page.locator(f'#score-{criterion} input[value="{levels[-1]}"]')
        expect(chosen).to_be_checked()
        expect(page.locator(f"#score-{criterion} [data-saved]")).to_contain_text("Saved")
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.keyboard.type("1 2 3 count the ideas")  # keys for scoring rest while somebody writes
    page.keyboard.press("Escape")
    expect(page.locator("#comment-responses")).to_have_value("1 2 3 count the ideas")
    expect(page.locator('#score-responses input[value="proficient"]')).to_be_checked()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assessor.axe()
    page.keyboard.press("Escape")
    enter(page, "Look over and send", to="**/send")
    enter(page, "Send scores")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your scores are sent.")


@pytest.mark.parametrize("share", [5, pytest.param(1, marks=pytest.mark.long)], ids=["sample", "all"])
def test_pages_when_seen_on_a_phone_in_the_dark_then_they_fit_and_stand_still_and_come_quickly(
    visitors: Visitors, stack: Stack, share: int
) -> None:
    visitor = visitors(width=PHONE, color_scheme="dark", has_touch=True)
    visitor.expects("status of 404")
    wrong: dict[str, list[str]] = {}
    for place in every_place(stack)[::share]:
        if found := list(faults(visitor, place.address, place.status)):
            wrong[place.name] = found
    assert not wrong, "\n".join(f"{name}: {'; '.join(found)}" for name, found in wrong.items())
