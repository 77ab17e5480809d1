"""Stretches of way that several journeys share: writing and handing in, finding who was asked, scoring."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.visitor import Visitor
from touchstone.demo import evidence
from touchstone.demo.cast import CAST, EXCHANGE
from touchstone.people.enums import Role

ITEM, TITLE = "wait-time", "Wait Time: Three Seconds to Think"
CRITERIA = {
    "context-and-plan": ("not-yet", "passing"),
    "timing": ("developing", "basic", "proficient"),
    "clip": ("developing", "basic", "proficient"),
    "responses": ("developing", "basic", "proficient"),
    "reflection": ("not-yet", "passing"),
}
"""The criteria of the item with their levels, lowest first; the last one of each is needed to earn it."""
ASSESSORS = {member.email: member.key for member in CAST if (Role.ASSESSOR, EXCHANGE) in member.roles}
SENTENCE = "I counted three quiet breaths after each question and more students found words of their own."


def prose(about: str, words: int = 170) -> str:
    """A text of so many words."""
    told = f"{about} {SENTENCE} " * words
    return " ".join(told.split()[:words]) + "."


def lesson_plan(folder: Path, name: str, by: str) -> Path:
    """A Word document that says who made it in its properties, changes and comments."""
    maker = evidence.Maker(name=by)
    told = ["# Questions I timed", "Why is a half larger than a third? 3.4 s", "How could we check it? 4.1 s"]
    return evidence.lesson_plan_docx(folder / name, maker=maker, title="Timing record", paragraphs=told, added="More.")


def eventually[T](what: Callable[[], T], seconds: float = 60) -> T:
    """The first true answer; the job worker takes a moment for offers, badges and mails."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.2)
    return found


# --- writing and handing in --------------------------------------------------------------------------------


def begin(visitor: Visitor, item: str = ITEM) -> str:
    """Start an item for oneself; the path of the workspace."""
    visitor.go(f"/micro-credentials/{item}/")
    visitor.page.get_by_role("button", name="Start", exact=True).first.click()
    visitor.page.wait_for_url("**/earn/*/")
    return "/" + visitor.page.url.split("/", 3)[3].partition("#")[0]


def answer(page: Page, prompt: str, text: str) -> None:
    """Write an answer and wait until the page says that it is saved."""
    field = page.locator(f"#text-{prompt}")
    field.fill(text)
    expect(page.locator(f'[data-saving-for="text-{prompt}"] [data-saved]')).to_contain_text("Saved")
    expect(field).not_to_have_attribute("data-revision", "0")


def piece(page: Page, slot: str, name: str) -> Locator:
    """The name of a piece in the list of a slot."""
    return page.locator(f"#pieces-{slot} .file .name").filter(has_text=name)


def upload(page: Page, slot: str, *files: Path) -> None:
    """Choose files, and wait until they stand in the list."""
    page.locator(f"#file-{slot}").set_input_files([str(path) for path in files])
    for path in files:
        expect(piece(page, slot, path.name)).to_be_visible(timeout=60_000)


def add_link(page: Page, slot: str, address: str) -> None:
    place = page.locator(f"#at-{slot}")
    place.locator("summary").filter(has_text="Add a link").click()
    place.get_by_label("Address of the page").fill(address)
    place.get_by_role("button", name="Add this link").click()
    expect(piece(page, slot, address)).to_be_visible()


def add_text(page: Page, slot: str, text: str, name: str) -> None:
    place = page.locator(f"#at-{slot}")
    place.locator("summary").filter(has_text="Write or paste a text").click()
    place.get_by_label("Your text").fill(text)
    place.get_by_label("What it is").fill(name)
    place.get_by_role("button", name="Add this text").click()
    expect(piece(page, slot, name)).to_be_visible()


def attest_and_send(page: Page) -> None:
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send it", exact=True).click()
    expect(page.get_by_text("It is on its way. Well done.")).to_be_visible()


# --- assessing ---------------------------------------------------------------------------------------------


def mails(visitor: Visitor, subject: str) -> dict[str, str]:
    """The mails with this subject on the demonstration's page: path -> addressee."""
    text = visitor.context.request.get(f"{visitor.origin}/demo/mail/").text()
    rows = re.findall(r'<a href="(/demo/mail/[^"]+)">([^<]*)</a></h2><p class="meta"><span>([^<]*)</span>', text)
    return {path: to for path, found, to in rows if subject in found}


def link_in(visitor: Visitor, mail: str, pattern: str) -> str:
    text = visitor.context.request.get(visitor.origin + mail).text()
    found = re.search(pattern, text)
    assert found, f"nothing like {pattern} in {mail}"
    return found[0]


def offers(visitor: Visitor) -> dict[str, str]:
    return mails(visitor, f"Work to assess: {TITLE}")


def who_was_asked(visitor: Visitor, before: dict[str, str]) -> tuple[str, str]:
    """The key of the assessor who was offered work since, and the path in her mail."""

    def new() -> list[str]:
        return [mail for mail in offers(visitor) if mail not in before]

    [mail] = eventually(new)
    return ASSESSORS[offers(visitor)[mail]], link_in(visitor, mail, r"/assess/[\w-]+/")


def accept(visitor: Visitor, key: str, path: str) -> None:
    visitor.become(key, Role.ASSESSOR, EXCHANGE, path)
    visitor.page.get_by_role("button", name=re.compile("^Accept")).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Score")
    visitor.settle()


def score(page: Page, criterion: str, level: str, comment: str = "") -> None:
    """Choose a level and write a comment, and wait until both are saved."""
    box = page.locator(f"#score-{criterion}")
    choice, levels = box.locator(f'input[value="{level}"]'), box.locator(".levels")
    if not choice.is_checked():
        before = levels.get_attribute("data-revision") or ""
        choice.check()
        expect(levels).not_to_have_attribute("data-revision", before)
    if comment:
        field = box.get_by_label("What you saw, for the earner")
        before = field.get_attribute("data-revision") or ""
        field.fill(comment)
        expect(field).not_to_have_attribute("data-revision", before)
        expect(box.locator("[data-saved]")).to_contain_text("Saved")


def send_scores(visitor: Visitor) -> None:
    visitor.press("Look over and send")
    visitor.press("Send scores")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Thank you. Your scores are sent.")
