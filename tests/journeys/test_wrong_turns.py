"""What goes wrong on a school's laptop, and that nothing is lost by it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from tests.journeys import walks
from tests.journeys.visitor import Visitor, Visitors

pytestmark = pytest.mark.xdist_group("stack")

FIELD = "#text-plan"
SAVED = '[data-saving-for="text-plan"] [data-saved]'
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('touchstone:draft:')).length"


@pytest.fixture
def work(visitor: Visitor, request: pytest.FixtureRequest) -> str:
    """A fresh draft; the test names somebody who never began anything before."""
    visitor.become(request.param, "earner")
    return walks.begin(visitor)


@pytest.mark.parametrize("work", ["wendell"], indirect=True)
def test_answer_when_open_in_two_tabs_then_both_texts_are_shown_and_either_can_stand(
    visitor: Visitor, work: str
) -> None:
    visitor.expects("status of 409")
    here, there = visitor.page, visitor.context.new_page()
    for mine, choice, stands in (("Mine.", "Keep mine", "Mine."), ("Mine again.", "Take theirs", "Theirs again.")):
        theirs = mine.replace("Mine", "Theirs")
        here.goto(visitor.origin + work)
        there.goto(visitor.origin + work)
        walks.answer(there, "plan", theirs)
        here.locator(FIELD).fill(mine)
        notice = here.get_by_role("alert").filter(has_text="This text was changed in another tab")
        expect(notice.locator("[data-mine]")).to_have_text(mine)
        expect(notice.locator("[data-theirs]")).to_have_text(theirs)
        visitor.axe()
        notice.get_by_role("button", name=choice).click()
        expect(notice).to_have_count(0)
        expect(here.locator(FIELD)).to_have_value(stands)
        if choice == "Keep mine":
            expect(here.locator(SAVED)).to_contain_text("Saved")
        there.reload()
        expect(there.locator(FIELD)).to_have_value(stands)


@pytest.mark.parametrize("work", ["ana-lucia"], indirect=True)
def test_answer_when_written_without_a_connection_then_it_is_saved_once_there_is_one(
    visitor: Visitor, work: str
) -> None:
    visitor.expects("ERR_INTERNET_DISCONNECTED")
    page = visitor.page
    visitor.context.set_offline(True)
    page.locator(FIELD).fill("Written on the bus.")
    expect(page.locator(SAVED)).to_have_text("Not saved yet: kept on this device, trying again")
    visitor.context.set_offline(False)
    expect(page.locator(SAVED)).to_contain_text("Saved")
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Written on the bus.")
    assert page.evaluate(DRAFTS) == 0


@pytest.mark.parametrize("work", ["dieudonne"], indirect=True)
def test_work_when_she_is_quicker_than_the_page_then_her_words_and_her_file_are_taken(
    visitor: Visitor, work: str, tmp_path: Path
) -> None:
    page, held = visitor.page, list[Route]()
    page.route(re.compile(r"/js/(autosave|upload)[^/]*\.js"), lambda route: held.append(route))
    page.goto(visitor.origin + work, wait_until="commit")
    page.locator(FIELD).fill("Written while the page was coming.")
    file = walks.lesson_plan(tmp_path, "Quick.docx", "Ana")
    page.locator("#at-timing-record input[type=file]").set_input_files(str(file))
    walks.eventually(lambda: page.wait_for_timeout(20) or len(held) == 2)  # both are on their way, and not there yet
    for route in held:
        route.continue_()
    expect(page.locator(SAVED)).to_contain_text("Saved")
    expect(page.locator("#pieces-timing-record .file")).to_have_count(1)
    page.unroute_all()
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Written while the page was coming.")


@pytest.mark.parametrize("work", ["bertrand"], indirect=True)
def test_answer_when_the_session_has_ended_then_the_text_waits_on_the_device_until_it_is_used(
    visitor: Visitor, work: str
) -> None:
    visitor.expects("status of 401", "status of 403")
    page = visitor.page
    visitor.context.clear_cookies(name="sessionid")
    page.locator(FIELD).fill("Typed after the session ended.")
    expect(page.locator(SAVED)).to_contain_text("Sign in again in another tab")
    other = visitor.context.new_page()
    other.goto(f"{visitor.origin}/demo/sign-in/bertrand?as=earner")
    other.close()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.get_by_text("This device kept a text that had not been saved.")).to_be_visible()
    visitor.axe()
    visitor.press("Use it")
    expect(page.locator(SAVED)).to_contain_text("Saved")
    page.reload()
    expect(page.locator(FIELD)).to_have_value("Typed after the session ended.")


@pytest.mark.parametrize("work", ["rosalind"], indirect=True)
def test_drafts_when_she_signs_out_then_the_device_forgets_them(visitor: Visitor, work: str) -> None:
    visitor.expects("ERR_FAILED")
    page = visitor.page
    page.route("**/answers/*", lambda route: route.abort())
    page.locator(FIELD).fill("Not for the next one at this desk.")
    expect(page.locator(SAVED)).to_contain_text("Not saved yet")
    assert page.evaluate(DRAFTS) == 1
    page.unroute("**/answers/*")
    page.locator("summary").filter(has_text="Rosalind").click()
    visitor.press("Sign out")
    page.wait_for_url(f"{visitor.origin}/")
    assert page.evaluate(DRAFTS) == 0
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


@pytest.mark.parametrize("work", ["ifeoma"], indirect=True)
def test_upload_when_the_file_is_no_evidence_then_a_sentence_says_so(
    visitor: Visitor, work: str, tmp_path: Path
) -> None:
    visitor.expects("status of 400")
    program, empty = tmp_path / "lesson plan.docx", tmp_path / "empty.docx"
    program.write_bytes(b"MZ\x90\x00" + bytes(4000))
    empty.write_bytes(b"")
    place = visitor.page.locator("#at-timing-record")
    for file in (program, empty):
        place.locator("input[type=file]").set_input_files(str(file))
        row = place.locator("[data-transfers] li").filter(has_text=file.name)
        expect(row.locator(".problem")).to_have_text(re.compile(r"\w+ \w+ .*\."))
        expect(row.get_by_role("button", name="Send again")).to_be_visible()
    expect(place.locator(".file")).to_have_count(0)
    visitor.axe()


@pytest.mark.parametrize("work", ["elizabeth"], indirect=True)
def test_upload_when_the_connection_is_cut_then_the_file_is_named_and_can_be_sent_again(
    visitor: Visitor, work: str, tmp_path: Path
) -> None:
    visitor.expects("ERR_CONNECTION_RESET")
    page = visitor.page
    file = walks.lesson_plan(tmp_path, "Both lessons.docx", "Elizabeth Blackdeer")
    page.route("**/evidence/*/file", lambda route: route.abort("connectionreset"))
    place = page.locator("#at-timing-record")
    place.locator("input[type=file]").set_input_files(str(file))
    expect(place.locator(".problem")).to_contain_text("Both lessons.docx")
    page.unroute("**/evidence/*/file")
    place.get_by_role("button", name="Send again").click()
    expect(page.locator("#pieces-timing-record .file")).to_have_count(1)
    expect(place.locator(".problem")).to_have_count(0)


def test_work_when_sent_by_an_impatient_double_click_then_it_is_sent_once_and_going_back_does_no_harm(
    visitor: Visitor,
) -> None:
    page = visitor.page
    visitor.become("marisol", path="/earn/")
    visitor.follow("Review and send")
    review = page.url
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send it").dblclick(no_wait_after=True)
    expect(page.get_by_text("It is on its way. Well done.").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Handed in", exact=True)).to_have_count(1)
    page.go_back()
    send = page.get_by_role("button", name="Send it")
    if page.url == review and send.count():  # the browser kept the page: sending it again only shows where it stands
        send.click()
    expect(page.get_by_text("Handed in", exact=True)).to_have_count(1)
    assert page.url == review.removesuffix("submit")


def test_page_when_it_is_somebody_elses_then_it_looks_as_if_it_were_not_there(visitors: Visitors) -> None:
    hers, other = visitors(), visitors()
    hers.become("kieu-anh", path="/earn/")
    hers.follow("Continue")
    path = "/" + hers.page.url.split("/", 3)[3]
    other.expects("status of 404")
    other.become("wulandari")
    for ending in ("", "submit", "withdraw"):
        assert other.go(path + ending).status == 404
        expect(other.page.get_by_role("heading", level=1)).to_have_text("This page is not here")
    other.axe()


def test_whole_way_when_the_browser_runs_no_scripts_then_it_can_be_gone(visitors: Visitors, tmp_path: Path) -> None:
    her, assessor = visitors(java_script_enabled=False), visitors(java_script_enabled=False)
    before = walks.offers(her)
    her.become("yusuf", "earner")
    work, page = walks.begin(her), her.page
    for prompt in ("class-now", "plan", "what-changed", "who-was-heard"):
        page.locator(f"#text-{prompt}").fill(walks.prose(prompt))
        page.locator("form", has=page.locator(f"#text-{prompt}")).get_by_role("button", name="Save everything").click()
        expect(page.get_by_text(re.compile(r"^Saved \d\d:\d\d\."))).to_be_visible()
        expect(page.locator(f"#text-{prompt}")).to_have_value(walks.prose(prompt))
    place = page.locator("#at-timing-record")
    place.locator("input[type=file]").set_input_files(str(walks.lesson_plan(tmp_path, "Timing.docx", "Yusuf")))
    place.get_by_role("button", name="Upload").click()
    expect(page.locator("#pieces-timing-record .file")).to_have_count(1)
    walks.add_link(page, "lesson-clip", "https://clips.example.org/no-scripts")
    walks.add_text(page, "student-responses", walks.prose("said"), "What they said")
    her.go(f"{work}submit")
    walks.attest_and_send(page)
    key, path = walks.who_was_asked(her, before)
    score_without_scripts(assessor, key, path)
    her.go(work)
    expect(page.locator("main")).to_contain_text("It is yours.")


def score_without_scripts(assessor: Visitor, key: str, path: str) -> None:
    page = assessor.page
    walks.accept(assessor, key, path)
    for criterion, levels in walks.CRITERIA.items():
        page.locator(f'#score-{criterion} input[value="{levels[-1]}"]').check()
    page.locator("#score-timing").get_by_label("What you saw, for the earner").fill("Every question is timed.")
    assessor.press("Save all")
    expect(page.locator("#score-timing textarea")).to_have_value("Every question is timed.")
    walks.send_scores(assessor)
