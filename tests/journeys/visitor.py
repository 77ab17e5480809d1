"""A person at a browser: where she goes, and what goes wrong behind a page that looks well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Response, ViewportSize

from tests.interop import outside

AXE = outside.HERE / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
RUN_AXE = """async (levels) => {
  const found = await axe.run(document, {
    iframes: false, resultTypes: ["violations"], runOnly: levels, rules: {"target-size": {enabled: true}},
  });
  const places = (rule) => rule.nodes.map((node) => `    ${node.html}\\n    ${node.failureSummary}`);
  return found.violations.map((rule) => [`${rule.id}: ${rule.help}`, ...places(rule)].join("\\n"));
}"""
DESKTOP, TABLET, PHONE = 1280, 768, 360


class Visitor:
    """One browser context with its own cookies. ``troubles`` are console errors, script errors and CSP violations."""

    def __init__(self, browser: Browser, origin: str, *, width: int = DESKTOP, **options: Any) -> None:
        self.origin = origin
        self.troubles: list[str] = []
        self._expected: list[str] = []
        size = ViewportSize(width=width, height=900 if width > PHONE else 740)
        settled = {"locale": "en-US", "timezone_id": "America/Los_Angeles", "reduced_motion": "reduce"}
        self.context: BrowserContext = browser.new_context(viewport=size, **{**settled, **options})
        self.context.set_default_timeout(20_000)
        self.context.on("console", self._heard)
        self.context.on("weberror", lambda event: self.troubles.append(f"script error: {event.error}"))
        self.page: Page = self.context.new_page()
        # The browser is told to hand over its file dialogs when the first listener comes, and is not waited for:
        # a key pressed at once may then open a dialog nobody sees. So there is a listener from the beginning.
        self.page.on("filechooser", lambda _chooser: None)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"{message.text} ({message.location.get('url', '')})")

    def expects(self, *parts: str) -> None:
        """Name console errors that belong to the journey, such as ``status of 404``."""
        self._expected += parts

    @property
    def unexpected(self) -> list[str]:
        return [trouble for trouble in self.troubles if not any(part in trouble for part in self._expected)]

    def go(self, path: str) -> Response:
        answer = self.page.goto(self.origin + path if path.startswith("/") else path)
        assert answer is not None, path
        return answer

    def become(self, key: str, role: str = "", place: str = "", path: str = "") -> Response:
        """Sign in as one of the cast, and open a page."""
        query = {name: value for name, value in (("as", role), ("in", place), ("next", path)) if value}
        answer = self.go(f"/demo/sign-in/{key}?{urlencode(query)}")
        assert answer.status == 200, f"{key} at {path}: {answer.status}"
        return answer

    def press(self, name: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).click()
        self.settle()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("link", name=name, exact=True).first.click()
        self.settle()

    def settle(self) -> None:
        """Wait until the page that a click led to has its scripts: somebody reads before she types, a test does not."""
        self.page.wait_for_load_state()

    def download(self, name: str, folder: Path) -> Path:
        with self.page.expect_download() as coming:
            self.follow(name)
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def json(self, path: str) -> dict[str, Any]:
        """A public document, fetched as another site's program would."""
        answer = self.context.request.get(self.origin + path if path.startswith("/") else path)
        assert answer.ok, f"{path}: {answer.status}"
        found: dict[str, Any] = json.loads(answer.text())
        return found

    def axe(self) -> None:
        """No violation of WCAG 2.2 AA or of good practice on the page as it stands."""
        self.settle()
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(RUN_AXE, list(LEVELS))
        assert not found, f"{self.page.url}\n" + "\n".join(found)

    def sideways(self) -> int:
        """By how many pixels the page scrolls sideways."""
        width: int = self.page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
        return max(0, width)

    def close(self) -> None:
        self.context.close()


type Visitors = Callable[..., Visitor]
