"""Sound and video: the same streams in a fresh container, without tags, places, telemetry, covers, chapters.

The program is the one inside the imageio-ffmpeg wheel, never one found on the machine. It is told the format
and may open only the one file it is given: a playlist in disguise leads nowhere.
"""

import os
import re
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import imageio_ffmpeg

from touchstone.core.media.errors import BrokenFile, KindNotAccepted
from touchstone.core.media.findings import Notes
from touchstone.core.media.iso_media import blank_coding_notes, check_boxes
from touchstone.core.media.sniff import ISO_MEDIA

PROBE_SECONDS = 20
COPY_SECONDS = 300
MAX_TAG_BYTES = 4_000_000
MAX_STREAMS = 32

_DEMUXER = {
    "mp4": "mov",
    "mov": "mov",
    "m4a": "mov",
    "webm": "matroska",
    "mp3": "mp3",
    "wav": "wav",
    "ogg": "ogg",
}
_MUXER = {"mp4": "mp4", "mov": "mov", "m4a": "ipod", "webm": "webm", "mp3": "mp3", "wav": "wav", "ogg": "ogg"}
_EXTRA: dict[str, tuple[str, ...]] = {
    "mp3": ("-id3v2_version", "0", "-write_id3v1", "0"),
    "mp4": ("-movflags", "+faststart"),
    "mov": ("-movflags", "+faststart"),
    "m4a": ("-movflags", "+faststart"),
}
_SEI = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39|40"}
"""Cameras write place, owner and serial number into supplemental units (H.264 annex D, HEVC annex D)."""

_STREAM = re.compile(r"^[ \t]+Stream #\d+:\d+.*?: (Video|Audio|Subtitle|Data|Attachment): (\w+)([^\n]*)", re.MULTILINE)
_TAGS = {
    "title": ("title", "A title inside the recording"),
    "artist": ("author", "A name inside the recording"),
    "author": ("author", "A name inside the recording"),
    "album_artist": ("author", "A name inside the recording"),
    "composer": ("author", "A name inside the recording"),
    "copyright": ("author", "A copyright line inside the recording"),
    "album": ("title", "An album inside the recording"),
    "comment": ("comment", "A comment inside the recording"),
    "description": ("comment", "A description inside the recording"),
    "lyrics": ("comment", "Words stored with the recording"),
    "make": ("camera", "The camera or phone"),
    "model": ("camera", "The camera or phone"),
    "encoder": ("software", "The program that saved the recording"),
    "software": ("software", "The program that saved the recording"),
    "creation_time": ("date", "When the recording was made"),
    "date": ("date", "When the recording was made"),
    "creationdate": ("date", "When the recording was made"),
    "location": ("location", "The place where the recording was made"),
    "location-eng": ("location", "The place where the recording was made"),
    "location.iso6709": ("location", "The place where the recording was made"),
}
_STRUCTURAL = frozenset(
    {"major_brand", "minor_version", "compatible_brands", "start", "end", "timebase", "language", "duration"}
)
_DEFAULT_HANDLERS = frozenset({"videohandler", "soundhandler", "core media video", "core media audio"})


@dataclass(frozen=True, slots=True)
class _Streams:
    """Codec names of what a recording holds; a cover picture is not video."""

    video: tuple[str, ...]
    audio: tuple[str, ...]
    covers: int
    others: int


def recording_kind(path: Path, guess: str) -> str:
    """The kind of a recording whose container is `guess`, once a second of it has been decoded.

    Raises BrokenFile when it is cut short or does not play, KindNotAccepted when it holds something else.
    """
    brand = check_boxes(path) if guess == ISO_MEDIA else None
    demuxer = "mov" if brand else _DEMUXER[guess]
    streams = _probe(path, demuxer)
    if brand == "mov":
        kind = "mov"
    elif brand:
        kind = "mp4" if streams.video else "m4a"
    else:
        kind = guess
    if guess in ("mp3", "wav", "ogg") and streams.video:
        raise KindNotAccepted("This kind of video cannot be taken. Please save it as MP4.")
    if kind in ("mp4", "mov", "webm") and not streams.video:
        raise KindNotAccepted("This video holds only sound. Please save it as M4A or MP3.")
    _decode_a_second(path, demuxer)
    return kind


def blind_recording(source: Path, target: Path, kind: str, notes: Notes) -> None:
    """Copy picture and sound, untouched, into a new container. Raises BrokenFile when it cannot be done."""
    streams = _probe(source, _DEMUXER[kind])
    _note_tags(source, kind, notes)
    if streams.covers:
        notes.removed("cover", "A cover picture", count=streams.covers)
    if streams.others:
        notes.removed("hidden-track", "Tracks beside picture and sound, such as captions or movement data")
    video = ("-map", "0:V:0", *_without_sei(streams.video)) if streams.video else ()
    if _copy(source, target, kind, (*video, "-map", "0:a?")):
        return
    if len(streams.audio) > 1 and _copy(source, target, kind, (*video, "-map", "0:a:0")):
        notes.remark("first-sound-only", "Only the first of several sound tracks could be kept.")
        return
    raise BrokenFile


def _without_sei(codecs: tuple[str, ...]) -> tuple[str, ...]:
    return ("-bsf:v", _SEI[codecs[0]]) if codecs and codecs[0] in _SEI else ()


def _copy(source: Path, target: Path, kind: str, mapping: tuple[str, ...]) -> bool:
    finished = _run(
        *_input(source, _DEMUXER[kind]),
        *mapping,
        *("-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-dn", "-sn"),
        *("-c", "copy", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"),
        *_EXTRA.get(kind, ()),
        *("-f", _MUXER[kind], "-y", f"file:{target}"),
        seconds=COPY_SECONDS,
    )
    if finished.returncode != 0 or not target.exists() or target.stat().st_size == 0:
        return False
    if kind in ("mp4", "mov"):
        blank_coding_notes(target)
    return True


def _input(path: Path, demuxer: str) -> tuple[str, ...]:
    return (
        "-protocol_whitelist",
        "file",
        "-f",
        demuxer,
        "-max_streams",
        str(MAX_STREAMS),
        "-i",
        f"file:{path}",
    )


def _probe(path: Path, demuxer: str) -> _Streams:
    report = _run(*_input(path, demuxer), seconds=PROBE_SECONDS, level="info").stderr
    found = _STREAM.findall(report)
    if not any(kind in ("Video", "Audio") for kind, _, _ in found):
        raise BrokenFile
    return _Streams(
        video=tuple(codec for kind, codec, rest in found if kind == "Video" and "(attached pic)" not in rest),
        audio=tuple(codec for kind, codec, _ in found if kind == "Audio"),
        covers=sum(1 for kind, _, rest in found if kind == "Video" and "(attached pic)" in rest),
        others=sum(1 for kind, _, _ in found if kind not in ("Video", "Audio")),
    )


def _decode_a_second(path: Path, demuxer: str) -> None:
    finished = _run(
        *_input(path, demuxer),
        *("-map", "0:V:0?", "-map", "0:a:0?", "-t", "1", "-xerror", "-f", "null", "-"),
        seconds=PROBE_SECONDS,
    )
    if finished.returncode != 0:
        raise BrokenFile


def _note_tags(path: Path, kind: str, notes: Notes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "tags"
        streams = ("-map", "0:V?", "-map", "0:a?", "-c", "copy")
        output = ("-f", "ffmetadata", f"file:{listing}")
        _run(*_input(path, _DEMUXER[kind]), *streams, *output, seconds=PROBE_SECONDS)
        text = listing.read_bytes()[:MAX_TAG_BYTES].decode("utf-8", "replace") if listing.exists() else ""
    for key, value in _tag_lines(text):
        name = key.lower().removeprefix("com.apple.quicktime.")
        if name in _STRUCTURAL:
            continue
        if name == "handler_name" or name == "vendor_id":
            if value.strip().lower() not in _DEFAULT_HANDLERS:
                notes.removed("software", "The program that saved the recording", value)
            continue
        code, what = _TAGS.get(name, ("custom-property", "A note inside the recording"))
        notes.removed(code, what, value)


def _tag_lines(text: str) -> list[tuple[str, str]]:
    """Key and value of an FFMETADATA1 listing, whose `=`, `;`, `#`, `\\` and line ends are escaped by `\\`."""
    pairs = []
    for line in re.split(r"(?<!\\)\n", text):
        if line.startswith((";", "[")):
            continue
        key, _, value = line.partition("=")
        if value:
            pairs.append((key, re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)))
    return pairs


def _run(*arguments: str, seconds: int, level: str = "error") -> subprocess.CompletedProcess[str]:
    """Run ffmpeg on one thread within `seconds`; a file that takes longer is BrokenFile."""
    command = (_ffmpeg(), "-hide_banner", "-nostdin", "-v", level, "-threads", "1", *arguments)
    try:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            env={
                "PATH": "",
                "LC_ALL": "C",
                **({"SYSTEMROOT": os.environ["SYSTEMROOT"]} if os.name == "nt" else {}),
            },
        )
    except subprocess.TimeoutExpired as error:
        raise BrokenFile("This recording takes too long to read. Please save it again as MP4 or MP3.") from error


@cache
def _ffmpeg() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())
