"""Makes the file of a piece of evidence: the ending of its name says which kind."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from touchstone.demo import evidence
from touchstone.demo.cast import PLACE_BY_SLUG, Member

type Order = Callable[[str, evidence.Maker, Mapping[str, Any]], Future[Path]]

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


def maker_of(member: Member, made_at: datetime) -> evidence.Maker:
    """What a file of this member's would say about her."""
    place = PLACE_BY_SLUG.get(member.works_at)
    return evidence.Maker(
        name=member.name,
        organisation=place.name if place else "At home",
        colleague=place.colleague if place else "Old Friend",
        made_at=made_at,
        gps=place.gps if place else (30.2241, -92.0198),
        camera_serial=f"SN{member.key.upper()}7",
    )


@contextmanager
def workshop() -> Iterator[Order]:
    """Makes files ahead, beside the work of whoever ordered them: drawing and encoding take half of all loading."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(max_workers=2) as pool:

        def order(name: str, maker: evidence.Maker, facts: Mapping[str, Any]) -> Future[Path]:
            return pool.submit(make_file, Path(tempfile.mkdtemp(dir=folder)), name, maker=maker, facts=facts)

        try:
            yield order
        finally:
            pool.shutdown(cancel_futures=True)


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
