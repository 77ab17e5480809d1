"""Looking for secrets in whatever form they come: case, entities, percent and JSON escapes, base64, bytes of ids."""

import base64
import binascii
import contextlib
import html
import re
import unicodedata
import uuid
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from tests.blindness.withheld import Secret

_ENCODED = (re.compile(r"[A-Za-z0-9+/]{16,}"), re.compile(r"[A-Za-z0-9_-]{16,}"))  # base64 and its form for addresses
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_HEX = re.compile(r"[0-9a-f]{32,128}")
_TO_STANDARD = str.maketrans("-_", "+/")
DEEPEST = 3


class Searcher:
    """Finds any of a set of secrets in text or bytes."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        self._secrets: dict[str, Secret] = {}
        words: list[str] = []
        for secret in secrets:
            for value in _values(secret):
                self._secrets.setdefault(value, secret)
                if secret.whole:
                    words.append(value)
        whole = set(words)
        inside = [value for value in self._secrets if value not in whole]
        patterns = [any_of(inside)] if inside else []
        patterns += [rf"(?<!\w){any_of(words)}(?!\w)"] if words else []
        self._pattern = re.compile("|".join(patterns) or r"(?!)", re.DOTALL)

    def find(self, text: str) -> set[Secret]:
        """The secrets in a text, whatever it was escaped or encoded with."""
        return {self._secrets[hit] for form in forms(text) for hit in self._pattern.findall(form)}

    def find_in_bytes(self, data: bytes) -> set[Secret]:
        """The secrets in the bytes of a file: as UTF-8, as UTF-16 of either order, or raw."""
        found: set[Secret] = set()
        for text in (data.decode("utf-8", "replace"), data.decode("latin-1"), *_wide(data)):
            found |= {self._secrets[hit] for hit in self._pattern.findall(folded(text))}
        return found


def _wide(data: bytes) -> Iterator[str]:
    for order in ("utf-16-le", "utf-16-be"):
        for start in (0, 1):
            yield data[start:].decode(order, "ignore")


def _values(secret: Secret) -> Iterator[str]:
    """A secret as it may stand in folded text: itself, without accents, ids also without dashes and as raw bytes."""
    value = secret.value
    yield folded(value)
    yield folded(_plain(value))
    try:
        number = uuid.UUID(value)
    except ValueError:
        if _HEX.fullmatch(value):
            yield folded(bytes.fromhex(value).decode("latin-1"))
        return
    yield number.hex
    yield folded(number.bytes.decode("latin-1"))


def folded(text: str) -> str:
    return text.casefold()


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def forms(text: str) -> set[str]:
    """A text as it stands, with its escapes undone, and what is encoded inside it, all folded."""
    found: set[str] = set()
    _unfold(text, DEEPEST, found)
    return found


def _unfold(text: str, deeper: int, found: set[str]) -> None:
    undone = {text, html.unescape(text), unquote(unquote(text)), _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)}
    if not text.isascii():
        undone.add(_plain(html.unescape(text)))
    new = {folded(one) for one in undone} - found
    found |= new
    if deeper:
        for inside in decoded(text):
            _unfold(inside, deeper - 1, found)


def decoded(text: str) -> Iterator[str]:
    """What base64 of either alphabet inside a text says, unpacked if it is packed (as signed values are)."""
    for packed in {hit.translate(_TO_STANDARD) for alphabet in _ENCODED for hit in alphabet.findall(text)}:
        try:
            data = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
        except binascii.Error:
            continue
        with contextlib.suppress(zlib.error):
            data = zlib.decompress(data)
        yield data.decode("latin-1")
        if not data.isascii():
            yield data.decode("utf-8", "ignore")


def any_of(values: Iterable[str]) -> str:
    """One pattern for many literals, as a tree of their common beginnings: its cost hardly grows with their number."""
    tree: dict[str, object] = {}
    for value in values:
        node = tree
        for sign in value:
            node = node.setdefault(sign, {})  # type: ignore[assignment]
        node[""] = True
    return _pattern(tree)


def _pattern(node: dict[str, object]) -> str:
    ends = "" in node
    branches = [re.escape(sign) + _pattern(rest) for sign, rest in sorted(node.items()) if sign]  # type: ignore[arg-type]
    if not branches:
        return ""
    inside = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return inside + "?" if ends else inside
