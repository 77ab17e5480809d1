"""Inspecting and copying in a process of its own, so that a hostile file can neither hang nor kill the caller.

Decoders of pictures and documents are large programs in C; bounds inside them are good, a wall around them is
better. The child has limits on processor time and memory, and is ended with all it started when time is up.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from touchstone.core.media import errors
from touchstone.core.media.blind import make_blind_copy
from touchstone.core.media.findings import BlindCopy, Finding
from touchstone.core.media.inspection import Inspected, inspect
from touchstone.core.media.kinds import Group

SECONDS = 180
MEMORY = 3_000_000_000
"""Bytes of address space: four times the largest picture, and room for the libraries."""

_PASSED_ON = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "IMAGEIO_FFMPEG_EXE")
"""The child needs no more of the environment, and must not see what is secret in it."""

_REFUSALS: dict[str, type[errors.FileRefused]] = {
    refusal.code: refusal
    for refusal in (
        errors.EmptyFile,
        errors.FileTooLarge,
        errors.PictureTooLarge,
        errors.KindNotAccepted,
        errors.NameContradictsContent,
        errors.ArchiveBomb,
        errors.BrokenFile,
        errors.ActiveContent,
    )
}


def copy_apart(
    source: Path, target: Path, *, name: str, max_bytes: int, seconds: int = SECONDS
) -> tuple[Inspected, BlindCopy]:
    """`inspect`, then `make_blind_copy`, in a process of its own; a file that takes longer than `seconds` or crashes
    it is BrokenFile. Raises the FileRefused of either, and then leaves no target behind."""
    question = {"source": str(source), "target": str(target), "name": name, "max_bytes": max_bytes}
    try:
        answer = _ask(question, seconds)
    except errors.FileRefused:
        target.unlink(missing_ok=True)
        raise
    inspected, copy = answer["inspected"], answer["copy"]
    removed, remarks = (tuple(Finding(**one) for one in copy.pop(key)) for key in ("removed", "remarks"))
    return _inspected(inspected), BlindCopy(**copy, removed=removed, remarks=remarks)


def _ask(question: dict[str, Any], seconds: int) -> dict[str, Any]:
    """Start the child, put the question to it, and read its answer. Raises the child's refusal."""
    child = subprocess.Popen(
        (sys.executable, "-m", "touchstone.core.media.apart", str(seconds)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        text=True,
    )
    try:
        said, _ = child.communicate(json.dumps(question), timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise errors.BrokenFile("This file takes too long to read. Please save a fresh copy.") from error
    finally:
        _end(child)
    if child.returncode != 0 or not said:
        raise errors.BrokenFile
    answer: dict[str, Any] = json.loads(said)
    if "refused" in answer:
        raise _refusal(answer["refused"], answer["sentence"], answer["facts"])
    return answer


def _end(child: subprocess.Popen[str]) -> None:
    """End the child and whatever it started; its session is its own."""
    if child.poll() is None and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    if child.poll() is None:
        child.kill()
    child.wait()


def _refusal(code: str, sentence: str, facts: dict[str, str]) -> errors.FileRefused:
    refusal = _REFUSALS.get(code, errors.BrokenFile)
    error = refusal.__new__(refusal)
    errors.FileRefused.__init__(error, sentence, **facts)
    return error


def _inspected(answer: dict[str, Any]) -> Inspected:
    return Inspected(**{**answer, "group": Group(answer["group"])})


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    source, target = Path(question["source"]), Path(question["target"])
    try:
        inspected = inspect(source, name=question["name"], max_bytes=question["max_bytes"])
        return {"inspected": asdict(inspected), "copy": asdict(make_blind_copy(source, target, inspected))}
    except errors.FileRefused as refused:
        return {"refused": refused.code, "sentence": refused.sentence, "facts": refused.facts}
    except MemoryError:
        return {"refused": errors.BrokenFile.code, "sentence": errors.BrokenFile.sentence, "facts": {}}


def _limit(seconds: int) -> None:
    """Processor time and memory of this process and its children; Windows has no such limits, only the clock."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit(int(sys.argv[1]))
    json.dump(_answer(json.load(sys.stdin)), sys.stdout)
