"""Files of every accepted kind, planted with names that no ordinary file contains."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.core.media.planted import CAPTIONS, LINES, MAKER, TITLE
from touchstone.core.media import BlindCopy, inspect, make_blind_copy
from touchstone.demo import evidence


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each kind, by name ending, made once."""
    folder = tmp_path_factory.mktemp("made")
    photo = evidence.classroom_photo_jpeg(folder / "e.jpg", maker=MAKER, heading="Fractions", lines=LINES)
    files = {"jpg": photo}
    files |= _documents(folder, photo)
    for ending, make in (("heic", evidence.photo_heic), ("png", evidence.photo_png), ("webp", evidence.photo_webp)):
        files[ending] = make(folder / f"e.{ending}", maker=MAKER, heading="My work", lines=LINES)
    for ending in ("mp3", "m4a", "wav", "ogg"):
        make_audio = getattr(evidence, f"discussion_audio_{ending}")
        files[ending] = make_audio(folder / f"e.{ending}", maker=MAKER, title=TITLE, seconds=2)
    for ending in ("mp4", "mov", "webm"):
        make_clip = getattr(evidence, f"teaching_clip_{ending}")
        files[ending] = make_clip(folder / f"e.{ending}", maker=MAKER, title=TITLE, captions=CAPTIONS, seconds=2)
    return files


def _documents(folder: Path, photo: Path) -> dict[str, Path]:
    return {
        "docx": evidence.lesson_plan_docx(
            folder / "e.docx",
            maker=MAKER,
            title="Comparing fractions",
            paragraphs=["# Goal", "Pupils compare fractions with unlike denominators."],
            added="Ask for a second way.",
            deleted="Hand out the old worksheet.",
            comment="Lovely question here",
            photo=photo,
        ),
        "pptx": evidence.slides_pptx(
            folder / "e.pptx",
            maker=MAKER,
            title=TITLE,
            slides=[evidence.Slide("Family night", LINES, "Welcome everybody"), evidence.Slide("Try it", LINES)],
            comment="Make this bigger",
            photo=photo,
        ),
        "xlsx": evidence.results_xlsx(
            folder / "e.xlsx",
            maker=MAKER,
            title="Exit tickets",
            header=["Pupil", "Before", "After"],
            rows=[["P1", 3, 7], ["P2", 2.5, 6]],
            comment="Check this row",
        ),
        "pdf": evidence.student_work_pdf(
            folder / "e.pdf",
            maker=MAKER,
            title="How I know",
            pages=[["# Task", "Which is larger (3/4 or 5/8)?"], ["Because 3/4 is 6/8."]],
            comment="See the drawing",
            photo=photo,
        ),
    }


@pytest.fixture
def blind(tmp_path: Path) -> Callable[[Path], tuple[Path, BlindCopy]]:
    """Inspect a file and make its blind copy; answers the copy's path and what was found."""

    def make(source: Path) -> tuple[Path, BlindCopy]:
        inspected = inspect(source, name=source.name, max_bytes=50_000_000)
        target = tmp_path / f"blind-{source.name}"
        return target, make_blind_copy(source, target, inspected)

    return make
