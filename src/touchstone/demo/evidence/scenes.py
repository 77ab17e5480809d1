"""Drawings that stand in for photographs: a whiteboard after a lesson, and a pupil's page of work."""

import math
import random
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1200, 900)
_INK = ((28, 60, 120), (150, 40, 40), (30, 110, 70))
_PENCIL = (70, 70, 78)

Scene = Callable[[str, Sequence[str]], Image.Image]
"""Draws a heading and lines of handwriting; the same words give the same picture."""


def whiteboard(heading: str, lines: Sequence[str]) -> Image.Image:
    """A whiteboard with a heading, lines in markers, a number line, fraction bars and sticky notes."""
    chance = random.Random(f"whiteboard {heading}")  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", SIZE, (196, 186, 170))
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 1160, 800), fill=(247, 248, 246), outline=(150, 152, 155), width=14)
    draw.rectangle((400, 800, 800, 826), fill=(170, 172, 175))
    for at, colour in enumerate(_INK):
        draw.rounded_rectangle((430 + at * 110, 790, 510 + at * 110, 806), 8, fill=colour)
    _handwrite(image, heading, (90, 80), 54, _INK[0], chance)
    for number, line in enumerate(lines[:6]):
        _handwrite(image, line, (110, 180 + number * 58), 34, _INK[number % 3], chance)
    _number_line(draw, 560)
    _fraction_bars(draw, 640)
    for number, words in enumerate(("I wonder", "I can", "Next")):
        _sticky(image, words, (960, 120 + number * 170), chance)
    return _photographed(image, 0.8)


def student_page(heading: str, lines: Sequence[str]) -> Image.Image:
    """A ruled page with a pupil's pencil writing, a drawing of an array, and a tick."""
    chance = random.Random(f"page {heading}")  # noqa: S311 - a drawing, not a secret
    image = Image.new("RGB", SIZE, (120, 92, 66))
    draw = ImageDraw.Draw(image)
    draw.rectangle((90, 30, 1110, 880), fill=(252, 250, 242))
    for at in range(150, 880, 58):
        draw.line((90, at, 1110, at), fill=(176, 200, 226), width=2)
    draw.line((190, 30, 190, 880), fill=(226, 150, 150), width=3)
    _handwrite(image, heading, (220, 90), 46, _PENCIL, chance)
    for number, line in enumerate(lines[:7]):
        _handwrite(image, line, (220, 168 + number * 58), 34, _PENCIL, chance)
    for row in range(3):
        for column in range(5):
            left, top = 760 + column * 56, 640 + row * 56
            draw.ellipse((left, top, left + 38, top + 38), outline=_PENCIL, width=4)
    draw.line(((1010, 110), (1035, 140), (1085, 70)), fill=(190, 50, 50), width=8, joint="curve")
    return _photographed(image, -1.2)


def _handwrite(
    image: Image.Image,
    words: str,
    at: tuple[int, int],
    size: int,
    colour: tuple[int, int, int],
    chance: random.Random,
) -> None:
    """Each letter is drawn a little turned and shifted, as a hand does."""
    font = ImageFont.load_default(size)
    left = float(at[0])
    for letter in words:
        width = font.getlength(letter)
        if letter != " ":
            tile = Image.new("L", (size * 2, size * 2))
            ImageDraw.Draw(tile).text((size // 2, size // 4), letter, font=font, fill=255)
            tile = tile.rotate(chance.uniform(-7, 7), resample=Image.Resampling.BICUBIC)
            where = (round(left) - size // 2, at[1] - size // 4 + chance.randint(-3, 3))
            image.paste(colour, (*where, where[0] + tile.width, where[1] + tile.height), tile)
        left += width * chance.uniform(0.98, 1.06)


def _number_line(draw: ImageDraw.ImageDraw, top: int) -> None:
    draw.line((110, top, 880, top), fill=_PENCIL, width=4)
    font = ImageFont.load_default(24)
    for number in range(9):
        left = 110 + number * 96
        draw.line((left, top - 12, left, top + 12), fill=_PENCIL, width=4)
        draw.text((left - 16, top + 18), f"{number}/8", font=font, fill=_PENCIL)


def _fraction_bars(draw: ImageDraw.ImageDraw, top: int) -> None:
    for row, (shaded, parts) in enumerate(((3, 4), (6, 8))):
        for part in range(parts):
            left = 110 + part * 640 // parts
            box = (left, top + row * 66, 110 + (part + 1) * 640 // parts, top + 50 + row * 66)
            draw.rectangle(box, fill=(152, 196, 236) if part < shaded else None, outline=_INK[0], width=4)


def _sticky(image: Image.Image, words: str, at: tuple[int, int], chance: random.Random) -> None:
    note = Image.new("RGB", (150, 140), chance.choice(((250, 226, 120), (248, 190, 200), (180, 226, 190))))
    _handwrite(note, words, (14, 36), 26, _PENCIL, chance)
    mask = Image.new("L", note.size, 255)
    angle = chance.uniform(-6, 6)
    turned = note.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    image.paste(turned, at, mask.rotate(angle, expand=True))


def _photographed(image: Image.Image, tilt: float) -> Image.Image:
    """Tilt, soften and shade a drawing, as a phone in a hand does."""
    turned = image.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=(110, 100, 92))
    shade = Image.new("L", (60, 45))
    shade.putdata(
        [round(255 - 70 * min(1.0, math.hypot((x - 26) / 34, (y - 18) / 28))) for y in range(45) for x in range(60)]
    )
    light = shade.resize(SIZE, Image.Resampling.BICUBIC)
    dark = Image.new("RGB", SIZE, (20, 18, 16))
    return Image.composite(turned, dark, light).filter(ImageFilter.GaussianBlur(0.7))
