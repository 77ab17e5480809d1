"""What a page costs and how it behaves: bytes over the line, layout shift, width, accessibility."""

from collections.abc import Iterator
from typing import Any

from tests.journeys.visitor import Visitor

MOST_BYTES = 100_000
STILL = 0.005  # a scroll bar or a rounded pixel; what people notice begins at 0.1 (web.dev, Cumulative Layout Shift)
SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(sum), 60);
})"""


def faults(visitor: Visitor, address: str, status: int = 200) -> Iterator[str]:
    """Opens a page with an empty cache, and says what is wrong with it."""
    transferred = Transferred(visitor)
    answer = visitor.go(address)
    if answer.status != status:
        yield f"status {answer.status}"
    visitor.page.wait_for_load_state("load")
    shift = visitor.page.evaluate(SHIFT)
    if shift > STILL:
        yield f"layout shift {shift:.3f}"
    if sideways := visitor.sideways():
        yield f"{sideways} px wider than the screen"
    if transferred.bytes() > MOST_BYTES:
        yield f"{transferred.bytes()} bytes"
    try:
        visitor.axe()
    except AssertionError as violations:
        yield str(violations)


class Transferred:
    """Counts what the pages of a visitor bring over the line, with nothing in the browser's cache."""

    def __init__(self, visitor: Visitor) -> None:
        self._session = visitor.context.new_cdp_session(visitor.page)
        self._session.send("Network.enable")
        self._session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._urls: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        self._session.on("Network.responseReceived", self._answered)
        self._session.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["response"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = int(event["encodedDataLength"])

    def bytes(self) -> int:
        """All bytes but those of evidence."""
        return sum(size for key, size in self._bytes.items() if "/media/" not in self._urls.get(key, ""))
