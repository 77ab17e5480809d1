"""A discussion recorded on a phone and a short clip of teaching, tagged as phones tag them."""

import math
import struct
import subprocess
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg
from PIL import Image, ImageDraw, ImageFont

from touchstone.demo.evidence.facts import Maker
from touchstone.demo.evidence.scenes import whiteboard

_RATE = 16_000
_VOWELS = ((730, 1090), (530, 1840), (270, 2290), (570, 840), (300, 870), (660, 1720))
"""First and second formants in hertz of six English vowels (Peterson and Barney, 1952, table II)."""
_FRAME, _FRAMES_A_SECOND = (640, 360), 8
_SINGLE = ("-threads", "1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact")


def discussion_audio_mp3(path: Path, *, maker: Maker, title: str, seconds: int = 6) -> Path:
    """Write an MP3 with ID3 tags."""
    return _discussion(path, maker, title, seconds, "-c:a", "libmp3lame", "-b:a", "48k", "-f", "mp3")


def discussion_audio_m4a(path: Path, *, maker: Maker, title: str, seconds: int = 6) -> Path:
    """Write an M4A as voice recorders on phones do."""
    return _discussion(path, maker, title, seconds, "-c:a", "aac", "-b:a", "48k", "-f", "ipod")


def discussion_audio_wav(path: Path, *, maker: Maker, title: str, seconds: int = 3) -> Path:
    """Write an uncompressed recording with RIFF tags."""
    return _discussion(path, maker, title, seconds, "-c:a", "pcm_s16le", "-f", "wav")


def discussion_audio_ogg(path: Path, *, maker: Maker, title: str, seconds: int = 6) -> Path:
    """Write an Ogg Vorbis recording with its comments."""
    return _discussion(path, maker, title, seconds, "-c:a", "libvorbis", "-q:a", "2", "-f", "ogg")


def teaching_clip_mp4(path: Path, *, maker: Maker, title: str, captions: Sequence[str], seconds: int = 5) -> Path:
    """Write an H.264 clip of a board with captions drawn into the picture."""
    return _clip(path, maker, title, captions, seconds, *_H264, "-movflags", "use_metadata_tags", "-f", "mp4")


def teaching_clip_mov(path: Path, *, maker: Maker, title: str, captions: Sequence[str], seconds: int = 3) -> Path:
    """Write the same as a QuickTime file."""
    return _clip(path, maker, title, captions, seconds, *_H264, "-movflags", "use_metadata_tags", "-f", "mov")


def teaching_clip_webm(path: Path, *, maker: Maker, title: str, captions: Sequence[str], seconds: int = 3) -> Path:
    """Write the same as a WebM file."""
    coding = ("-c:v", "libvpx", "-b:v", "250k", "-c:a", "libopus", "-b:a", "32k")
    return _clip(path, maker, title, captions, seconds, *coding, "-f", "webm")


_H264 = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "30", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "32k")


def _discussion(path: Path, maker: Maker, title: str, seconds: int, *coding: str) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        voice = Path(folder) / "voice.wav"
        _speak(voice, seconds)
        _run("-i", str(voice), *_tags(maker, title), *coding, str(path))
    return path


def _clip(path: Path, maker: Maker, title: str, captions: Sequence[str], seconds: int, *coding: str) -> Path:
    with tempfile.TemporaryDirectory() as folder:
        voice, frames = Path(folder) / "voice.wav", Path(folder) / "frames.rgb"
        _speak(voice, seconds)
        _draw_frames(frames, title, captions, seconds)
        _run(
            *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{_FRAME[0]}x{_FRAME[1]}"),
            *("-r", str(_FRAMES_A_SECOND), "-i", str(frames), "-i", str(voice)),
            *_tags(maker, title),
            *coding,
            str(path),
        )
    return path


def _tags(maker: Maker, title: str) -> tuple[str, ...]:
    tags = {
        "title": title,
        "artist": maker.name,
        "album": maker.organisation,
        "comment": f"Recorded by {maker.name}",
        "creation_time": maker.moment,
        "make": maker.camera_make,
        "model": maker.camera_model,
        "com.apple.quicktime.author": maker.name,
    }
    if maker.gps is not None:
        place = f"{maker.gps[0]:+08.4f}{maker.gps[1]:+09.4f}/"
        tags |= {"location": place, "com.apple.quicktime.location.ISO6709": place}
    return tuple(part for key, value in tags.items() for part in ("-metadata", f"{key}={value}"))


def _speak(path: Path, seconds: int) -> None:
    """Two voices in turn: pulses at the pitch of a voice through two resonances, syllable by syllable."""
    samples: list[float] = []
    for number in range(seconds * 4):
        pitch = (118.0, 205.0)[number // 6 % 2] * (1 + 0.05 * math.sin(number * 1.7))
        samples += _pause() if number % 6 == 5 else _syllable(pitch, _VOWELS[number * 5 % 6])
    loudest = max(abs(sample) for sample in samples) or 1.0
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        out.writeframes(b"".join(struct.pack("<h", round(sample / loudest * 20_000)) for sample in samples))


def _pause() -> list[float]:
    return [0.0] * (_RATE // 4)


def _syllable(pitch: float, formants: tuple[int, int]) -> list[float]:
    """A quarter of a second of one vowel."""
    length = _RATE // 4
    sound = [1.0 if at % round(_RATE / pitch) == 0 else 0.0 for at in range(length)]
    for formant, width in zip(formants, (90, 120), strict=True):
        sound = _resonate(sound, formant, width)
    return [value * math.sin(math.pi * at / length) for at, value in enumerate(sound)]


def _resonate(sound: list[float], frequency: int, width: int) -> list[float]:
    """A two-pole resonator; frequency and bandwidth in hertz."""
    radius = math.exp(-math.pi * width / _RATE)
    first, second = 2 * radius * math.cos(2 * math.pi * frequency / _RATE), -radius * radius
    out, last, before = [], 0.0, 0.0
    for value in sound:
        last, before = value + first * last + second * before, last
        out.append(last)
    return out


def _draw_frames(path: Path, title: str, captions: Sequence[str], seconds: int) -> None:
    board = whiteboard(title, ()).resize((480, 360))
    font = ImageFont.load_default(20)
    total = seconds * _FRAMES_A_SECOND
    with path.open("wb") as out:
        for number in range(total):
            frame = Image.new("RGB", _FRAME, (60, 66, 72))
            frame.paste(board, (80 + round(8 * math.sin(number / 9)), 0))
            draw = ImageDraw.Draw(frame)
            draw.ellipse((70 + number * 3, 240, 130 + number * 3, 300), fill=(196, 150, 120))
            draw.rounded_rectangle((40 + number * 3, 296, 160 + number * 3, 380), 30, fill=(70, 110, 140))
            if captions:
                caption = captions[number * len(captions) // total]
                draw.rectangle((0, 322, 640, 360), fill=(0, 0, 0))
                draw.text((320, 341), caption, font=font, fill=(255, 255, 255), anchor="mm")
            out.write(frame.tobytes())


def _run(*arguments: str) -> None:
    """Run the ffmpeg of the wheel; an error is ours, so it is raised as it comes."""
    program = str(imageio_ffmpeg.get_ffmpeg_exe())
    inputs = arguments[:-1]
    subprocess.run((program, "-v", "error", "-nostdin", "-y", *inputs, *_SINGLE, arguments[-1]), check=True, timeout=60)
