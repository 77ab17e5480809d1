"""What is wrong with a content document: a place and a plain sentence for each problem."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `path` is a JSON Pointer (RFC 6901) into the document, "" for the whole."""

    path: str
    sentence: str


class ContentInvalid(ValueError):
    """The document cannot be used. `problems` says where and why, at most MOST_PROBLEMS of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)[:MOST_PROBLEMS]
        super().__init__("\n".join(f"{problem.path or '/'}: {problem.sentence}" for problem in self.problems))


def pointer(*steps: str | int) -> str:
    """A JSON Pointer (RFC 6901) to this place."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def repeated(keys: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The places at which a key comes back, with the key."""
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield place, key
        seen.add(key)
