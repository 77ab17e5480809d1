"""Counting who looks, without trackers: one more on that day, and nothing of whoever it was."""

from datetime import datetime
from uuid import UUID

from touchstone.credentials.sharing import actions
from touchstone.kit import visitors
from touchstone.web.acting import Request

_MACHINES = ("bot", "crawl", "spider", "slurp", "preview", "headless", "monitor", "archiver", "http")


def count(request: Request, *, of: UUID, holder: UUID, now: datetime) -> None:
    """Count a visit, unless it is the holder's own, a machine's, or a page fetched ahead and perhaps never read."""
    is_own = request.person is not None and request.person.pseudonym_id == holder
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not (is_own or is_ahead or _is_machine(request.headers.get("User-Agent", ""))):
        actions.count_view(of=of, day=now.date())


def _is_machine(agent: str) -> bool:
    """Whatever does not call itself a browser we know, or says that it is something else besides."""
    return not visitors.browser_of(agent) or any(word in agent.lower() for word in _MACHINES)
