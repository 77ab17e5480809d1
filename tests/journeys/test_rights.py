"""One's own data: a copy of it, what erasure would do, and words that tell who somebody is."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys import walks
from tests.journeys.visitor import Visitor, Visitors

pytestmark = pytest.mark.xdist_group("stack")


def test_copy_when_asked_for_then_is_made_and_downloaded(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.become("leilani", "earner", path="/account/data/")
    visitor.axe()
    page.get_by_role("button", name="Make a copy").click()
    button = page.get_by_role("link", name=re.compile("Download your copy"))
    walks.eventually(lambda: button.count() or not page.reload())
    with page.expect_download() as download:
        button.click()
    path = tmp_path / "copy.zip"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as archive:
        assert {"data.json", "schema.json", "activity.jsonl"} <= set(archive.namelist())
    page.goto(f"{visitor.origin}/account/data/erase/")
    expect(page.get_by_role("heading", name="What stays for a while, and why")).to_be_visible()
    expect(page.get_by_role("button", name="Erase everything now")).to_have_count(0)
    visitor.axe()


def test_words_when_they_tell_who_she_is_then_one_click_replaces_them_without_scripts(visitors: Visitors) -> None:
    visitor = visitors(java_script_enabled=False)
    visitor.become("hana", "earner")
    walks.begin(visitor)
    page = visitor.page
    field = page.locator("#text-plan")
    field.fill("Mr Lee, Room 12, sat at the back and timed me.")
    page.get_by_role("button", name="Save everything in this part").first.click()
    group = page.get_by_role("group", name="What could tell who somebody is")
    expect(group).to_contain_text("“Mr Lee”")
    group.get_by_role("button", name="Replace with [name] “Mr Lee”").click()
    expect(field).to_have_value("[name], Room 12, sat at the back and timed me.")
    group.get_by_role("button", name="Keep it, it tells nobody who we are “Room 12”").click()
    expect(group).to_have_count(0)
