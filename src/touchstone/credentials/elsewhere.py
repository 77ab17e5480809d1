"""What other issuers publish: their keys, lists and hosted badges, read only while somebody verifies a badge.

Whatever cannot be had is None, and the verification says "not checked". One verification asks a few times and for a
few seconds at most, and in one process only one asks at a time, so that nobody keeps our server busy with theirs.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from touchstone.core.openbadges import did
from touchstone.core.openbadges.older import Gone
from touchstone.core.openbadges.reading import MAX_BYTES, Unreadable, read_json
from touchstone.kit import fetching

MOST_REQUESTS = 8
SECONDS = 8.0
BADGE_TYPES = (
    "application/json",
    "application/ld+json",
    "application/vc+ld+json",
    "application/vc+jwt",
    "application/vc",
    "application/jwt",
    "text/plain",
)
_DOCUMENTS = ("application/did+json", "application/did+ld+json", *BADGE_TYPES)
_asking = Lock()

type Fetch = Callable[..., fetching.Fetched]


class Elsewhere:
    """Addresses of others, for one verification. ``fetch`` is kit.fetching.fetch or something as careful."""

    def __init__(self, fetch: Fetch = fetching.fetch) -> None:
        self._fetch, self._left, self._end = fetch, MOST_REQUESTS, time.monotonic() + SECONDS
        self._known: dict[str, bytes | None] = {}
        self._gone: set[str] = set()

    def document(self, address: str) -> bytes | None:
        """The document at an https address; None when another host gives it in the end, as it is not theirs then.

        Raises Gone when its server says that it was taken away for good.
        """
        if address not in self._known:
            found = self._ask(address, _DOCUMENTS, MAX_BYTES)
            is_theirs = found is not None and urlsplit(found.url).hostname == urlsplit(address).hostname
            self._known[address] = found.content if found and is_theirs else None
        if address in self._gone:
            raise Gone(address)
        return self._known[address]

    def did_document(self, name: str) -> Mapping[str, Any] | None:
        """The document of a did:web. Raises NotADid for a name that could lead to another place."""
        if not name.startswith("did:web:"):
            return None
        try:
            return read_json(self.document(did.web_address(name)) or b"")
        except (Unreadable, Gone):
            return None

    def reaches(self, address: str) -> bool:
        """Whether there is an answer at an address, of whatever kind and size."""
        try:
            return self._ask(address, ("*/*",), 0, told=True) is not None
        except (fetching.TypeNotAccepted, fetching.TooLarge):
            return True

    def _ask(self, address: str, accept: Sequence[str], most: int, *, told: bool = False) -> fetching.Fetched | None:
        left = self._end - time.monotonic()
        if self._left <= 0 or left <= 0:
            return None
        self._left -= 1
        with _alone() as free:
            if not free:
                return None
            try:
                return self._fetch(address, max_bytes=most, timeout=left, accept=accept)
            except (fetching.TypeNotAccepted, fetching.TooLarge):
                if told:
                    raise
            except fetching.FetchRefused as refused:
                if refused.facts.get("code") == HTTPStatus.GONE:
                    self._gone.add(address)
        return None


@contextmanager
def _alone() -> Iterator[bool]:
    free = _asking.acquire(timeout=SECONDS / 4)
    try:
        yield free
    finally:
        if free:
            _asking.release()
