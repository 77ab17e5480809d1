"""`make shots`: every page of every role at three widths, light and dark, with an index to look through.

`python -m tests.journeys.shots OUT` starts a demonstration of its own.
"""

import html
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser

from tests import stack as stacks
from tests.journeys.alone import demonstration
from tests.journeys.places import Place, every_place, stops_of_tour
from tests.journeys.visitor import DESKTOP, PHONE, TABLET, Visitor

WIDTHS, SCHEMES = (PHONE, TABLET, DESKTOP), ("light", "dark")


def main(out: Path) -> None:
    """Fill the folder."""
    out.mkdir(parents=True, exist_ok=True)
    with demonstration() as (stack, browser, _folder):
        shoot(browser, stack, out)
    print(f"Look at {out / 'index.html'}")


def shoot(browser: Browser, stack: stacks.Stack, out: Path) -> None:
    """A picture of each place in each of the browser's shapes, and the index."""
    places = [*every_place(stack), *stops_of_tour(stack)]
    for width in WIDTHS:
        for scheme in SCHEMES:
            visitor = Visitor(browser, stack.origin, width=width, color_scheme=scheme)
            for place in places:
                visitor.go(place.address)
                visitor.page.screenshot(path=out / _name(place, width, scheme), full_page=True)
            visitor.close()
            print(f"{width} px, {scheme}: {len(places)} pages", flush=True)
    (out / "index.html").write_text("\n".join(_index(places)), "utf-8")


def _name(place: Place, width: int, scheme: str) -> str:
    return f"{place.name}-{width}-{scheme}.png"


def _index(places: Iterable[Place]) -> Iterator[str]:
    yield "<!doctype html><html lang=en><meta charset=utf-8><title>Every page</title><h1>Every page</h1>"
    for place in places:
        yield f"<h2>{html.escape(place.name)}</h2><p>"
        for scheme in SCHEMES:
            for width in WIDTHS:
                name = html.escape(_name(place, width, scheme))
                yield f'<a href="{name}"><img src="{name}" alt="{name}" width="{width // 4}" loading="lazy"></a>'


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where to: python -m tests.journeys.shots OUT")
    main(Path(sys.argv[1]))
