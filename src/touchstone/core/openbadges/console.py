"""`touchstone verify FILE…`: check badges offline and print the steps.

The one module of the core that opens files: those named on the command line.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from touchstone.core.openbadges.bake import MAX_IMAGE_BYTES
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.reading import read_json
from touchstone.core.openbadges.report import Report, Result, Summary
from touchstone.core.openbadges.token import is_token, read_token
from touchstone.core.openbadges.verify import verify

MARKS = {Result.PASSED: "ok", Result.FAILED: "FAILED", Result.NOT_CHECKED: "not checked"}
EXIT = {Summary.VALID: 0, Summary.NOT_FULLY_CHECKED: 2, Summary.UNREADABLE: 2}
"""Exit status of a summary; 1 (not valid, revoked, expired) for all others."""


def verify_files(
    paths: Iterable[Path],
    out: TextIO,
    *,
    now: datetime,
    did_documents: Iterable[Path] = (),
    status_lists: Iterable[Path] = (),
) -> int:
    """Check each file and print its steps; DID documents and status lists come from further files.

    Gives 0 if all are valid, 1 if any is not, 2 if none is not valid but any could not be fully checked or read.
    """
    documents, lists = _by_id(did_documents, out), _by_id(status_lists, out)
    codes = {_verify_file(path, out, now, documents.get, lists.get) for path in paths}
    if documents.unreadable or lists.unreadable:
        codes.add(2)
    return 1 if 1 in codes else max(codes, default=2)


class _Documents(dict[str, Any]):
    """JSON documents, or tokens as bytes, by their id; `unreadable` if one of the files could not be read."""

    unreadable = False


def _by_id(paths: Iterable[Path], out: TextIO) -> _Documents:
    documents = _Documents()
    for path in paths:
        try:
            data = _bytes(path)
            document = read_token(data).credential if is_token(data) else read_json(data)
            documents[str(document.get("id", ""))] = data if is_token(data) else document
        except (OSError, OpenBadgesError) as error:
            documents.unreadable = True
            print(f"{path}: {_reason(error)}", file=out)
    return documents


def _verify_file(
    path: Path,
    out: TextIO,
    now: datetime,
    resolve_did: Callable[[str], Mapping[str, Any] | None],
    fetch_status_list: Callable[[str], bytes | Mapping[str, Any] | None],
) -> int:
    try:
        report = verify(_bytes(path), now=now, resolve_did=resolve_did, fetch_status_list=fetch_status_list)
    except OSError as error:
        print(f"{path}: {_reason(error)}", file=out)
        return 2
    _print(path, report, out)
    return EXIT.get(report.summary, 1)


def _bytes(path: Path) -> bytes:
    """The file, or one byte more than any badge may have."""
    with path.open("rb") as file:
        return file.read(MAX_IMAGE_BYTES + 1)


def _reason(error: Exception) -> str:
    return f"could not be read ({error.strerror})" if isinstance(error, OSError) else str(error)


def _print(path: Path, report: Report, out: TextIO) -> None:
    print(f"{path}: {report.sentence}", file=out)
    for step in report.steps:
        print(f"  {MARKS[step.result]:<12} {step.name:<12} {_printable(step.sentence)}", file=out)


def _printable(text: str) -> str:
    """Sentences quote the file; nothing in it may steer the terminal."""
    return "".join(character if character.isprintable() else "?" for character in text)
