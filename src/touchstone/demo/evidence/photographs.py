"""Photographs of classrooms, with everything a phone writes into them."""

from collections.abc import Sequence
from pathlib import Path

import pillow_heif
from PIL import Image, PngImagePlugin

from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.scenes import Scene, student_page, whiteboard

_GPS, _EXIF = 0x8825, 0x8769


def classroom_photo_jpeg(
    path: Path, *, maker: Maker, heading: str, lines: Sequence[str] = (), scene: Scene = whiteboard
) -> Path:
    """Write a JPEG of a whiteboard (or another scene), taken with the phone on its side."""
    upright = scene(heading, lines)
    exif = _exif(maker, heading)
    exif[0x0112] = 6
    upright.rotate(90, expand=True).save(path, "JPEG", quality=72, optimize=True, exif=exif.tobytes())
    return path


def photo_heic(
    path: Path, *, maker: Maker, heading: str, lines: Sequence[str] = (), scene: Scene = student_page
) -> Path:
    """Write a HEIC as iPhones do."""
    pillow_heif.from_pillow(scene(heading, lines)).save(
        path, quality=45, exif=_exif(maker, heading).tobytes(), save_all=False
    )
    return path


def photo_webp(
    path: Path, *, maker: Maker, heading: str, lines: Sequence[str] = (), scene: Scene = student_page
) -> Path:
    """Write a WebP as Android phones and web pages do."""
    scene(heading, lines).save(path, "WEBP", quality=72, exif=_exif(maker, heading).tobytes())
    return path


def photo_png(
    path: Path, *, maker: Maker, heading: str, lines: Sequence[str] = (), scene: Scene = student_page
) -> Path:
    """Write a PNG as screenshot and drawing programs do, with text notes beside the pixels."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", maker.name)
    notes.add_text("Title", heading)
    notes.add_itxt("Copyright", f"{maker.name}, {maker.organisation}")
    notes.add_text("Software", "Board Capture 3")
    small = scene(heading, lines).resize((800, 600)).quantize(48)
    small.save(path, "PNG", optimize=True, pnginfo=notes, exif=_exif(maker, heading).tobytes())
    return path


def _exif(maker: Maker, heading: str) -> Image.Exif:
    """Exif 3.0 tags: who, what with, when, where."""
    taken = maker.made_at.strftime("%Y:%m:%d %H:%M:%S")
    exif = Image.Exif()
    exif[0x010E] = heading
    exif[0x010F] = maker.camera_make
    exif[0x0110] = maker.camera_model
    exif[0x0131] = "18.3.1"
    exif[0x0132] = taken
    exif[0x013B] = maker.name
    exif[0x8298] = f"{maker.name}, {maker.organisation}"
    exif.get_ifd(_EXIF).update({0x9003: taken, 0xA430: maker.name, 0xA431: maker.camera_serial})
    if maker.gps is not None:
        latitude, longitude = maker.gps
        exif.get_ifd(_GPS).update(
            {
                1: "N" if latitude >= 0 else "S",
                2: _sexagesimal(latitude),
                3: "E" if longitude >= 0 else "W",
                4: _sexagesimal(longitude),
            }
        )
    return exif


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    """Degrees, minutes and seconds of an angle in degrees."""
    whole, rest = divmod(abs(degrees), 1)
    minutes, rest = divmod(rest * 60, 1)
    return float(whole), float(minutes), round(rest * 60, 2)
