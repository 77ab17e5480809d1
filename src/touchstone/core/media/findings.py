"""What was found while making a blind copy, told to the earner and to nobody else."""

from dataclasses import dataclass, field

MAX_VALUE = 200
"""Characters of a found value that are kept: enough to recognise it."""
MAX_FINDINGS = 200
"""Findings of one sort that are kept; nobody reads more, and a hostile file could hold millions."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `what` is a sentence without the value; `value` is personal and stays out of `repr`,
    so that a log line or an error report never carries it."""

    code: str
    what: str
    value: str | None = field(default=None, repr=False)
    count: int = 1


@dataclass(frozen=True, slots=True)
class BlindCopy:
    """The copy an assessor may see: its kind, what was taken out, and what the earner should look at."""

    kind: str
    media_type: str
    extension: str
    removed: tuple[Finding, ...]
    remarks: tuple[Finding, ...]


class Notes:
    """Collects findings in order; the same code and value are counted once."""

    def __init__(self) -> None:
        self._removed: dict[tuple[str, str | None], Finding] = {}
        self._remarks: dict[tuple[str, str | None], Finding] = {}

    def removed(self, code: str, what: str, value: str | None = None, count: int = 1) -> None:
        """Something that was taken out."""
        _add(self._removed, code, what, value, count)

    def remark(self, code: str, what: str, value: str | None = None, count: int = 1) -> None:
        """Something that stays in the copy and that the earner should know."""
        _add(self._remarks, code, what, value, count)

    def values(self, *codes: str) -> list[str]:
        """The values removed under these codes."""
        return [f.value for f in self._removed.values() if f.code in codes and f.value]

    def blind_copy(self, kind: str, media_type: str, extension: str) -> BlindCopy:
        """The finished answer."""
        return BlindCopy(kind, media_type, extension, tuple(self._removed.values()), tuple(self._remarks.values()))


def _add(into: dict[tuple[str, str | None], Finding], code: str, what: str, value: str | None, count: int) -> None:
    if value is not None:
        value = " ".join("".join(c if c.isprintable() else " " for c in value).split())[:MAX_VALUE]
        if not value:
            return
    key = (code, value)
    if len(into) >= MAX_FINDINGS and key not in into:
        return
    seen = into[key].count if key in into else 0
    into[key] = Finding(code, what, value, count if value is not None and seen else seen + count)
