"""The journey everything else is for: from a new account to an award that verifies anywhere, and back."""

import json
import re
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.interop.outside import outside_verdicts
from tests.journeys import walks
from tests.journeys.visitor import Visitor, Visitors
from touchstone.core.openbadges.keys import KeyPair
from touchstone.demo.cast import EXCHANGE
from touchstone.people.enums import Role

pytestmark = pytest.mark.xdist_group("stack")

NAME, PASSWORD = "Ottoline Brankovic", "three quiet seconds"
EMAIL = f"ottoline.{secrets.token_hex(3)}@journeys.example.org"
NPM = ("digitalbazaar", "verifier-core")


@pytest.fixture(scope="module")
def kept() -> dict[str, Any]:
    """What the journey brought home for the verifiers by others: the badge, and its status list before and after."""
    return {}


def test_educator_when_she_goes_all_the_way_then_her_award_verifies_until_it_is_revoked(
    visitors: Visitors, tmp_path: Path, kept: dict[str, Any]
) -> None:
    her = visitors()
    sign_up(her)
    work = find_and_start(her)
    write_and_upload(her, work, tmp_path)
    first = send(her, work)
    told_not_yet(visitors(), *first)
    second = try_again(her, work, tmp_path)
    assert second[0] != first[0], "the second attempt went to the same assessor"
    score_open_part(visitors(), *second)
    award = share(her, visitors(), work)
    files = verify_as_a_stranger(visitors(), award, tmp_path)
    kept["badge"] = json.loads(files["json"].read_text("utf-8"))
    kept["before"] = status_lists(her, kept["badge"])
    verify_on_the_command_line(files["json"], kept["before"], tmp_path)
    revoke(visitors(), award)
    told_revoked(visitors(), award, files)
    kept["after"] = status_lists(her, kept["badge"])


def test_verifiers_by_others_when_given_her_badge_then_they_agree(kept: dict[str, Any]) -> None:
    if "after" not in kept:
        pytest.skip("the journey did not come so far")
    badge, before, after = kept["badge"], kept["before"], kept["after"]
    assert set(outside_verdicts(badge, {}, before).values()) == {True}
    changed = json.loads(json.dumps(badge).replace("Three Seconds", "Four Seconds"))
    assert changed != badge
    assert set(outside_verdicts(changed, {}, before).values()) == {False}
    assert set(outside_verdicts(under_another_key(badge), {}, before).values()) == {False}
    revoked = outside_verdicts(badge, {}, after)
    assert [revoked[engine] for engine in NPM] == [False, False]


# --- she ---------------------------------------------------------------------------------------------------


def sign_up(her: Visitor) -> None:
    page = her.page
    her.go("/")
    her.axe()
    her.follow("Create account")
    her.axe()
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("What you do").select_option(label="Teacher")
    page.get_by_label("How old you are").select_option("adult")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    her.press("Create account", within=page.locator("main"))
    her.axe()
    [mail] = walks.eventually(lambda: [path for path, to in walks.mails(her, "").items() if to == EMAIL])
    page.get_by_label("Code").fill(walks.link_in(her, mail, r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b"))
    page.locator("main").get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"localhost:\d+/(?!account)"))
    her.go("/account/profile/")
    page.get_by_label("State or territory").select_option(label="Oregon")
    page.get_by_label("Time zone").select_option(label="Pacific time")
    her.press("Save profile")
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value(NAME)
    her.axe()


def find_and_start(her: Visitor) -> str:
    page = her.page
    her.follow("My work")
    expect(page.get_by_text("You have not begun anything yet")).to_be_visible()
    her.axe()
    her.follow("Explore micro-credentials")
    page.get_by_label("Search").fill("quiet seconds after a question")
    her.press("Search")
    her.axe()
    her.follow(walks.TITLE)
    her.axe()
    page.get_by_role("button", name="Start", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(walks.TITLE)
    her.axe()
    return "/" + page.url.split("/", 3)[3]


def write_and_upload(her: Visitor, work: str, folder: Path) -> None:
    page = her.page
    for prompt in ("class-now", "plan", "what-changed"):
        walks.answer(page, prompt, walks.prose(f"About {prompt}."))
    page.reload()
    for prompt in ("class-now", "plan", "what-changed"):
        expect(page.locator(f"#text-{prompt}")).to_have_value(walks.prose(f"About {prompt}."))
    file = walks.lesson_plan(folder, "Ottoline Brankovic timing.docx", NAME)
    assert NAME.encode() in b"".join(parts_of(file))
    walks.upload(page, "timing-record", file)
    pieces = page.locator("#pieces-timing-record")
    pieces.locator("summary").filter(has_text="taken out of the assessor’s copy").click()
    expect(pieces.locator(".findings li").filter(has_text=NAME).first).to_be_visible()
    her.axe()
    with page.expect_download() as coming:
        page.get_by_role("link", name=re.compile("^See the copy your assessor gets")).click()
    blind = folder / "blind.docx"
    coming.value.save_as(blind)
    assert "brankovic" not in coming.value.suggested_filename.lower()
    assert not [part for part in parts_of(blind) if b"brankovic" in part.lower()]
    walks.add_text(page, "student-responses", walks.prose("One student said it."), "What they said")
    her.go(f"{work}submit")
    expect(page.get_by_role("heading", name="2 things are still missing")).to_be_visible()
    her.axe()
    page.get_by_role("link", name=re.compile("Five to ten minutes")).click()
    walks.add_link(page, "lesson-clip", "https://clips.example.org/second-lesson")
    walks.answer(page, "who-was-heard", walks.prose("Who was heard."))


def send(her: Visitor, work: str) -> tuple[str, str]:
    """Send what is complete; gives the assessor's key and the path in her mail."""
    page, before = her.page, walks.offers(her)
    page.reload()
    expect(page.get_by_role("heading", name="Everything is there")).to_be_visible()
    her.follow("Review and send")
    her.expects("status of 400")
    her.press("Send it")
    expect(page.get_by_role("alert").first).to_be_visible()  # nothing was confirmed yet
    her.axe()
    walks.attest_and_send(page)
    her.axe()
    asked = walks.who_was_asked(her, before)
    assert her.page.url.endswith(work)
    return asked


def try_again(her: Visitor, work: str, folder: Path) -> tuple[str, str]:
    page, before = her.page, walks.offers(her)
    her.go(work)
    feedback = page.locator("article.feedback").filter(has_text="Timing record")
    expect(feedback.get_by_text("Please time the second silence too.")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Assessor 1")
    her.axe()
    her.press("Begin the next attempt")
    her.axe()
    assert page.locator("textarea[data-autosave]").count() == 0, "an answer that was met is open again"
    expect(page.locator("input[type=file]")).to_have_count(1)
    walks.upload(page, "timing-record", walks.lesson_plan(folder, "Both silences.docx", NAME))
    her.go(f"{work}submit")
    walks.attest_and_send(page)
    return walks.who_was_asked(her, before)


def share(her: Visitor, stranger: Visitor, work: str) -> str:
    """Share the award by link; its path."""
    page = her.page
    her.go(work)

    def signed() -> bool:
        page.reload()
        return page.get_by_role("link", name="See your award").count() > 0

    walks.eventually(signed)
    her.axe()
    her.follow("See your award")
    walks.eventually(lambda: page.reload() and page.get_by_role("heading", name="Badge files").count())
    expect(page.get_by_text("This badge is genuine")).to_be_visible()
    her.axe()
    award = "/" + page.url.split("/", 3)[3]
    stranger.expects("status of 404")
    assert stranger.go(award).status == 404
    stranger.axe()
    page.get_by_label("By link").check()
    her.press("Save")
    expect(page.get_by_label("Link to this award")).to_have_value(her.origin + award)
    return award


# --- her assessors -----------------------------------------------------------------------------------------


def told_not_yet(assessor: Visitor, key: str, path: str) -> None:
    page = assessor.page
    assessor.become(key, Role.ASSESSOR, EXCHANGE, "/assess/")
    assessor.axe()
    assessor.go(path)
    assessor.axe()
    walks.accept(assessor, key, path)
    assessor.axe()
    assert_blind(page)
    for criterion, levels in walks.CRITERIA.items():
        walks.score(page, criterion, levels[-1])
    walks.score(page, "timing", "basic")
    assessor.press("Look over and send")
    expect(page.get_by_text("Say what the earner can do about it.").first).to_be_visible()
    assessor.axe()
    assessor.go(path)
    walks.score(page, "timing", "basic", "Please time the second silence too.")
    walks.send_scores(assessor)
    assessor.axe()


def score_open_part(assessor: Visitor, key: str, path: str) -> None:
    page = assessor.page
    walks.accept(assessor, key, path)
    assert_blind(page)
    expect(page.locator("fieldset[data-criterion]:not(:disabled)")).to_have_count(1)
    expect(page.get_by_text("Please time the second silence too.")).to_have_count(0)
    assessor.axe()
    walks.score(page, "timing", "proficient", "Both silences are here, well counted.")
    walks.send_scores(assessor)


def assert_blind(page: Page) -> None:
    seen = page.content().lower()
    assert not [hint for hint in ("ottoline", "brankovic", EMAIL) if hint in seen]


# --- everybody else ----------------------------------------------------------------------------------------


def verify_as_a_stranger(stranger: Visitor, award: str, folder: Path) -> dict[str, Path]:
    """Open the shared page, take its files, and check each; then one with a single byte changed."""
    page = stranger.page
    assert stranger.go(award).status == 200
    expect(page.locator("main")).to_contain_text(NAME)
    stranger.axe()
    names = {"json": "Badge (JSON)", "png": "Picture (PNG)", "svg": "Drawing (SVG)"}
    files = {kind: stranger.download(name, folder) for kind, name in names.items()}
    for file in files.values():
        check(stranger, file, "This badge is genuine")
        stranger.axe()
    whole = files["json"].read_bytes()
    changed = folder / "changed.json"
    changed.write_bytes(whole.replace(b"Three Seconds", b"Three seconds", 1))
    assert len(changed.read_bytes()) == len(whole)
    check(stranger, changed, "Do not rely on this badge")
    stranger.axe()
    return files


def check(stranger: Visitor, file: Path, verdict: str) -> None:
    stranger.go("/verify/")
    stranger.page.get_by_label("Badge file").set_input_files(str(file))
    stranger.press("Check this badge")
    expect(stranger.page.get_by_role("heading", level=1)).to_have_text(verdict)


def verify_on_the_command_line(file: Path, lists: dict[str, Any], folder: Path) -> None:
    """Valid with its status list at hand; without it nothing is wrong, but not everything could be checked."""
    [document] = lists.values()
    status_list = folder / "status.json"
    status_list.write_text(json.dumps(document), "utf-8")
    assert touchstone_verify(file, "--status-list", status_list) == 0
    assert touchstone_verify(file) == 2
    assert touchstone_verify(folder / "changed.json", "--status-list", status_list) == 1


def touchstone_verify(*arguments: str | Path) -> int:
    command = [sys.executable, "-m", "touchstone.config.command", "verify", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode


def revoke(staff: Visitor, award: str) -> None:
    page = staff.page
    staff.become("mireille", Role.AWARD_STAFF, EXCHANGE, "/author/awards/")
    staff.axe()
    page.get_by_role("row").filter(has_text=NAME).locator(f'a[href="{award}"]').click()
    page.wait_for_url(f"**{award}")
    staff.axe()
    page.locator("summary").filter(has_text="Take it back from its holder").click()
    page.get_by_label("Reason, shown to everyone").select_option(label="Issued in error")
    page.get_by_label("What happened").fill("A journey through the product.")
    staff.axe()
    staff.press("Revoke for good")
    expect(page.get_by_text("This award was revoked")).to_be_visible()
    staff.axe()


def told_revoked(stranger: Visitor, award: str, files: dict[str, Path]) -> None:
    stranger.go(award)
    expect(stranger.page.get_by_text("This award was revoked")).to_be_visible()
    expect(stranger.page.locator("main")).to_contain_text("Issued in error")
    stranger.axe()

    def listed() -> bool:
        stranger.go("/verify/")
        stranger.page.get_by_label("Badge file").set_input_files(str(files["json"]))
        stranger.press("Check this badge")
        return stranger.page.get_by_role("heading", level=1).inner_text() == "This badge was withdrawn"

    walks.eventually(listed)
    for kind in ("png", "svg"):
        check(stranger, files[kind], "This badge was withdrawn")
    stranger.axe()


def status_lists(anyone: Visitor, badge: dict[str, Any]) -> dict[str, Any]:
    address = badge["credentialStatus"]["statusListCredential"]
    return {address: anyone.json(address)}


def under_another_key(badge: dict[str, Any]) -> dict[str, Any]:
    """The same document and signature, said to come from an issuer who holds another key."""
    issuer = badge["issuer"]["id"]
    assert issuer.startswith("did:key:")
    changed: dict[str, Any] = json.loads(
        json.dumps(badge).replace(issuer.removeprefix("did:key:"), KeyPair.generate().multikey)
    )
    return changed


def parts_of(file: Path) -> list[bytes]:
    with zipfile.ZipFile(file) as archive:
        return [archive.read(name) for name in archive.namelist()]
