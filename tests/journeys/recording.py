"""`make recording`: the guided tour as a moving picture for the front page, docs/images/tour.gif.

`python -m tests.journeys.recording FILE` starts a demonstration of its own, walks the tour, and does at each stop what
the stop is about.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe
from playwright.sync_api import Page

from tests.journeys.alone import demonstration
from tests.journeys.visitor import Visitor
from touchstone.demo.tour import LESSON, STOPS

WIDTH, HEIGHT = 1000, 640
SECONDS = 2.5  # for each picture
COLOURS = 48
MOST_BYTES = 3_000_000

type Deed = Callable[[Page, Path], None]


def main(out: Path) -> int:
    """Write the picture; 1 when the file is too large for a front page."""
    with demonstration() as (stack, browser, folder):
        visitor = Visitor(browser, stack.origin)
        visitor.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        for number, picture in enumerate(_pictures(visitor, folder)):
            (folder / f"{number:03}.png").write_bytes(picture)
        _join(folder, out)
    print(f"{out}: {out.stat().st_size / 1000:.0f} kB")
    return 0 if out.stat().st_size < MOST_BYTES else 1


def _pictures(visitor: Visitor, folder: Path) -> Iterator[bytes]:
    for stop in STOPS:
        visitor.go(f"/demo/tour/{stop.key}")
        yield visitor.page.screenshot()
        for deed in DEEDS.get(stop.key, ()):
            deed(visitor.page, folder)
            yield visitor.page.screenshot()


def _down(page: Page, folder: Path) -> None:
    page.mouse.wheel(0, HEIGHT * 0.8)
    page.wait_for_timeout(300)


def _to(where: str) -> Deed:
    def deed(page: Page, folder: Path) -> None:
        page.locator(where).first.scroll_into_view_if_needed()
        page.evaluate("(where) => document.querySelector(where).scrollIntoView({block: 'center'})", where)
        page.wait_for_timeout(200)

    return deed


def _drop_lesson(page: Page, folder: Path) -> None:
    """The lesson document with her name in it, and what the page says of it."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="Lesson document").click()
    coming.value.save_as(folder / LESSON)
    page.locator("#at-student-responses input[type=file]").first.set_input_files(folder / LESSON)
    found = page.locator("#pieces-student-responses")
    found.get_by_text("taken out of the assessor").first.wait_for()
    found.locator("summary").last.click()
    _to("#pieces-student-responses")(page, folder)


def _press(*keys: str) -> Deed:
    def deed(page: Page, folder: Path) -> None:
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(300)

    return deed


def _button(name: str) -> Deed:
    def deed(page: Page, folder: Path) -> None:
        page.get_by_role("button", name=name).click()
        page.wait_for_load_state()

    return deed


def _preview(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="See what others see").first.click()
    page.wait_for_load_state()


DEEDS: dict[str, tuple[Deed, ...]] = {
    "find": (_down, _down),
    "collect": (_drop_lesson,),
    "score": (_press("j", "1"), _press("j", "2")),
    "feedback": (_down,),
    "verify": (_button("Change one byte, then verify"), _button("Verify it")),
    "share": (_preview,),
    "measure": (_down,),
}


def _join(folder: Path, out: Path) -> None:
    """One GIF of all pictures, with one palette for all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    colours = f"split[a][b];[a]palettegen=max_colors={COLOURS}[p];[b][p]paletteuse=dither=none:diff_mode=rectangle"
    pictures = ["-framerate", f"{1 / SECONDS}", "-i", str(folder / "%03d.png")]
    command = [get_ffmpeg_exe(), "-y", "-loglevel", "error", *pictures, "-vf", colours, "-loop", "0", str(out)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where to: python -m tests.journeys.recording FILE")
    sys.exit(main(Path(sys.argv[1])))
