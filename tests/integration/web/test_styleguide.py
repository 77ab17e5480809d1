"""The style guide and the account pages render in our shell; in a browser axe finds nothing to mend."""

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from touchstone.config import chromium

AXE = Path(__file__).parents[2] / "interop" / "node_modules" / "axe-core" / "axe.min.js"
PUBLIC = ("/styleguide/", "/styleguide/?errors=1", "/account/login/", "/account/signup/", "/account/password/reset/")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PUBLIC)
def test_page_when_fetched_then_whole_shell_under_the_policy(client: Client, path: str) -> None:
    answer = client.get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert 'class="skip" href="#main"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"\sstyle=", html)
    assert "{%" not in re.sub(r"<pre.*?</pre>", "", html, flags=re.DOTALL)


def test_refusal_when_nothing_is_there_then_says_so_with_a_way_on(client: Client) -> None:
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert "This page is not here" in answer.content.decode()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", RULES)
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_when_seen_by_axe_then_nothing_to_mend(live_server: LiveServer, scheme: str) -> None:
    browser_path = chromium.find()
    if not AXE.exists() or browser_path is None:
        pytest.skip("needs Chromium and axe-core in tests/interop/node_modules")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        for width in (320, 1280):
            context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            for path in PUBLIC:
                page.goto(live_server.url.replace("127.0.0.1", "localhost") + path)
                assert violations(page) == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        browser.close()
