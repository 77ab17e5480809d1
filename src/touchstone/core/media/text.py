"""Plain text, CSV and Markdown: the same words, in one encoding."""

from pathlib import Path

from touchstone.core.media.errors import BrokenFile
from touchstone.core.media.findings import Notes
from touchstone.core.media.sniff import decode_text

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"


def blind_text(source: Path, target: Path, notes: Notes) -> None:
    """Write the text as UTF-8 without a byte-order mark and with `\\n` line ends; words are untouched.

    Raises BrokenFile when it is not text.
    """
    text = decode_text(source.read_bytes())
    if text is None:
        raise BrokenFile
    text = text.removeprefix(_MARK).replace("\r\n", "\n").replace("\r", "\n")
    target.write_bytes(text.encode())
    notes.remark("text-as-written", "The words stay as you wrote them. Please check them for names and places.")
