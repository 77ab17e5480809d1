"""Makes the file of a piece of evidence, and its blind copy: the ending of its name says which kind."""

import multiprocessing
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.pool import AsyncResult
from pathlib import Path
from typing import Any

from touchstone.core import media
from touchstone.demo import evidence
from touchstone.demo.cast import PLACE_BY_SLUG, Member

type Order = Callable[[str, evidence.Maker, Mapping[str, Any]], AsyncResult[Made]]

MAKERS: Mapping[str, Callable[..., Path]] = {
    ".docx": evidence.lesson_plan_docx,
    ".heic": evidence.photo_heic,
    ".jpg": evidence.classroom_photo_jpeg,
    ".m4a": evidence.discussion_audio_m4a,
    ".mov": evidence.teaching_clip_mov,
    ".mp3": evidence.discussion_audio_mp3,
    ".mp4": evidence.teaching_clip_mp4,
    ".ogg": evidence.discussion_audio_ogg,
    ".pdf": evidence.student_work_pdf,
    ".png": evidence.photo_png,
    ".pptx": evidence.slides_pptx,
    ".txt": evidence.notes_txt,
    ".wav": evidence.discussion_audio_wav,
    ".webm": evidence.teaching_clip_webm,
    ".webp": evidence.photo_webp,
    ".xlsx": evidence.results_xlsx,
}
_SCENES = {"whiteboard": evidence.whiteboard, "page": evidence.student_page}
_HANDS = 2


@dataclass(frozen=True)
class Made:
    """A file with the copy assessors may see, which intake would have made in the same way but one after another."""

    path: Path
    blind: Path
    inspected: media.Inspected
    copy: media.BlindCopy

    def hand_over(
        self, source: Path, target: Path, *, name: str, max_bytes: int
    ) -> tuple[media.Inspected, media.BlindCopy]:
        """As ``core.media.apart.copy_apart``."""
        shutil.move(self.blind, target)
        return self.inspected, self.copy


def maker_of(member: Member, made_at: datetime) -> evidence.Maker:
    """What a file of this member's would say about her."""
    place = PLACE_BY_SLUG.get(member.works_at)
    return evidence.Maker(
        name=member.name,
        organisation=place.name if place else "At home",
        colleague=place.colleague if place and place.colleague else "Old Friend",
        made_at=made_at,
        gps=place.gps if place else (30.2241, -92.0198),
        camera_serial=f"SN{member.key.upper()}7",
    )


@contextmanager
def workshop() -> Iterator[Order]:
    """Makes files ahead, beside the work of whoever ordered them: drawing and encoding take half of all loading.

    They are made in processes of their own. Nobody needs a wall around files that are ours.
    """
    # Spawned and not forked: the caller has a database connection open.
    with (
        tempfile.TemporaryDirectory() as folder,
        multiprocessing.get_context("spawn").Pool(_HANDS, _let_caller_stop) as pool,
    ):

        def order(name: str, maker: evidence.Maker, facts: Mapping[str, Any]) -> AsyncResult[Made]:
            return pool.apply_async(make, (Path(tempfile.mkdtemp(dir=folder)), name, maker, dict(facts)))

        yield order


def _let_caller_stop() -> None:
    """Ctrl-C reaches every process; the caller's answer to it ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def make(folder: Path, name: str, maker: evidence.Maker, facts: Mapping[str, Any]) -> Made:
    """A file in a folder, and its blind copy beside it."""
    path, blind = make_file(folder, name, maker=maker, facts=facts), folder / "blind"
    inspected = media.inspect(path, name=name, max_bytes=path.stat().st_size)
    return Made(path, blind, inspected, media.make_blind_copy(path, blind, inspected))


def make_file(folder: Path, name: str, *, maker: evidence.Maker, facts: Mapping[str, Any]) -> Path:
    """Write the file into a folder; ``facts`` are the arguments of its kind, ``photo`` and ``scene`` spelled out."""
    path = folder / name
    given = dict(facts)
    if "photo" in given:
        given["photo"] = make_file(folder, "photo.jpg", maker=maker, facts=given["photo"])
    if "scene" in given:
        given["scene"] = _SCENES[given["scene"]]
    if "slides" in given:
        given["slides"] = [evidence.Slide(**slide) for slide in given["slides"]]
    if path.suffix != ".txt":
        given["maker"] = maker
    return MAKERS[path.suffix](path, **given)
