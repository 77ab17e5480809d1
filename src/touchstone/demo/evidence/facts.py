"""Who made a file, when, where and with what: the facts that real files carry and blind copies must not."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Maker:
    """The revealing facts planted in a file's metadata.

    `gps` is latitude and longitude in degrees, north and east positive. `colleague` wrote the comments.
    """

    name: str
    organisation: str = "Riverbend Elementary School"
    colleague: str = "Sam Okafor"
    made_at: datetime = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)
    gps: tuple[float, float] | None = None
    camera_make: str = "Apple"
    camera_model: str = "iPhone 15"
    camera_serial: str = "F2LX91AAQ1"

    @property
    def user_name(self) -> str:
        """The name of the maker's account on a computer: `Jane Smith` signs in as `jsmith`."""
        plain = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        words: list[str] = re.findall(r"[a-z]+", plain) or ["teacher"]
        return words[0][0] + words[-1] if len(words) > 1 else words[0]

    @property
    def folder(self) -> str:
        """The maker's documents folder on a Windows computer."""
        return f"C:\\Users\\{self.user_name}\\Documents"

    @property
    def moment(self) -> str:
        """When the file was made, as `2026-03-12T14:05:00Z`."""
        return self.made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
