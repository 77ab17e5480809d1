"""Pictures: decoded within bounds, drawn afresh, and saved with nothing but their pixels."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps, ImageSequence

from touchstone.core.media.errors import BrokenFile, FileRefused, PictureTooLarge
from touchstone.core.media.findings import Notes
from touchstone.core.media.image_metadata import note_image_metadata

pillow_heif.register_heif_opener(thumbnails=False)

MAX_PIXELS = 64_000_000
"""Pixels of one picture: above every phone's usual setting, and 256 MB in memory."""
MAX_FRAME_PIXELS = 200_000_000
"""Pixels of all frames of a moving picture."""
MAX_FRAMES = 1_000

_READERS = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "webp": ("WEBP",),
    "gif": ("GIF",),
    "heic": ("HEIF",),
    "tiff": ("TIFF",),
    "bmp": ("BMP", "DIB"),
}
_SAVE: dict[str, dict[str, Any]] = {
    "jpeg": {"format": "JPEG", "quality": 92, "optimize": True},
    "png": {"format": "PNG", "optimize": False},
    "webp": {"format": "WEBP", "quality": 92, "method": 4},
    "gif": {"format": "GIF"},
}
_CLEAR: dict[str, Any] = {"exif": b"", "xmp": b"", "icc_profile": None, "comment": b""}


def check_image(path: Path, kind: str) -> None:
    """Decode every frame once.

    Raises PictureTooLarge above MAX_PIXELS, BrokenFile when it does not decode.
    """
    with _opened(path, kind) as image:
        for _ in _frames(image):
            image.load()


def blind_image(source: Path, target: Path, kind: str, notes: Notes) -> str:
    """Write the picture's pixels, upright and in sRGB, and nothing else; answer the kind written.

    HEIC becomes JPEG, which every browser shows. Raises PictureTooLarge or BrokenFile.
    """
    out = "jpeg" if kind == "heic" else kind
    target.write_bytes(blind_image_bytes(source, kind, out, notes))
    return out


def blind_image_bytes(source: Path | bytes, kind: str, out: str, notes: Notes) -> bytes:
    """The same for bytes, read as `kind` and written as `out` (jpeg, png, webp or gif)."""
    with _opened(source, kind) as image:
        note_image_metadata(image, notes)
        moving = out in ("gif", "webp", "png") and getattr(image, "n_frames", 1) > 1
        buffer = io.BytesIO()
        if moving:
            durations = [_milliseconds(frame) for frame in _frames(image)]
            image.seek(0)
            image.save(buffer, save_all=True, duration=durations, **_SAVE[out], **_CLEAR)
        else:
            pixels = _bare(image, notes)
            if out == "jpeg":
                pixels = _opaque(pixels)
            pixels.save(buffer, **_SAVE[out], **_CLEAR)
    return buffer.getvalue()


@contextmanager
def _opened(source: Path | bytes, kind: str) -> Iterator[Image.Image]:
    """The picture, its size checked before a pixel is decoded; every decoder's failure becomes BrokenFile."""
    try:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(stream, formats=_READERS[kind]) as image:
            _check_size(image)
            yield image
    except FileRefused:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise PictureTooLarge from error
    except Exception as error:  # decoders answer broken input with nearly every class there is
        raise BrokenFile from error


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise BrokenFile
    if width * height > MAX_PIXELS:
        raise PictureTooLarge


def _frames(image: Image.Image) -> Iterator[Image.Image]:
    """Each frame of a moving picture, the first of anything else."""
    if image.format not in ("GIF", "PNG", "WEBP"):
        yield image
        return
    spent = 0
    for number, frame in enumerate(ImageSequence.Iterator(image)):
        spent += frame.width * frame.height
        if number >= MAX_FRAMES or (number and spent > MAX_FRAME_PIXELS):
            raise PictureTooLarge("This moving picture is too long. Please save it as a video (MP4).")
        yield frame


def _milliseconds(frame: Image.Image) -> int:
    """How long a frame is shown; some decoders know only once it is decoded."""
    frame.load()
    return round(float(frame.info.get("duration", 0)))


def _bare(image: Image.Image, notes: Notes) -> Image.Image:
    """Pixels only: turned upright, in sRGB, on a new canvas that has never seen the metadata."""
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    pixels = _simple_mode(upright)
    if isinstance(profile, bytes) and profile:
        pixels = _to_srgb(pixels, profile, notes)
    if pixels.mode == "CMYK":
        pixels = pixels.convert("RGB")
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    return clean


def _simple_mode(image: Image.Image) -> Image.Image:
    if image.mode in ("L", "RGB", "RGBA", "CMYK", "I;16") and "transparency" not in image.info:
        return image
    if image.mode in ("I", "F", "I;16B"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("LA", "PA", "P", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode == "1" else "RGB")


def _to_srgb(image: Image.Image, profile: bytes, notes: Notes) -> Image.Image:
    """Apply the colour profile and let it go: a profile can carry the name of a person or a screen."""
    if image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        inside = image.convert("RGB") if alpha else image
        turned = ImageCms.profileToProfile(inside, opened, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        notes.remark("colours", "The picture's colour profile could not be read; colours may differ slightly.")
        return image
    if turned is None:
        return image
    if alpha is not None:
        turned.putalpha(alpha)
    return turned


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image if image.mode in ("L", "RGB") else image.convert("RGB")
