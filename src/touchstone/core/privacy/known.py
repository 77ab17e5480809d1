"""Whom the platform knows: the identities that must not be read in a text."""

from dataclasses import dataclass, field, fields

MAX_ENTRIES = 20_000
"""Names and addresses of one sort: a large school's whole roster."""
MAX_LENGTH = 200
"""Characters of one name or address."""


class KnownIdentitiesInvalid(Exception):
    """Not a list of names; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class KnownIdentities:
    """The writer and those around her, as the platform has them; every field may be empty.

    `own_names` and `former_names` are full names as written (“Margaret Grace Rivera”); short forms that are usual in
    English or Spanish are found without being listed, others go into `nicknames`. `pupils` is the roster: full names
    or single ones. Values stay out of `repr`. Raises KnownIdentitiesInvalid for a value that is no text, too long, or
    too many.
    """

    own_names: tuple[str, ...] = field(default=(), repr=False)
    former_names: tuple[str, ...] = field(default=(), repr=False)
    nicknames: tuple[str, ...] = field(default=(), repr=False)
    schools: tuple[str, ...] = field(default=(), repr=False)
    districts: tuple[str, ...] = field(default=(), repr=False)
    towns: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    handles: tuple[str, ...] = field(default=(), repr=False)
    pupils: tuple[str, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        for one in fields(self):
            _check(one.name, getattr(self, one.name))


def _check(name: str, values: object) -> None:
    if not isinstance(values, tuple):
        raise KnownIdentitiesInvalid(f"{name} must be a tuple of texts.")
    if len(values) > MAX_ENTRIES:
        raise KnownIdentitiesInvalid(f"{name} holds more than {MAX_ENTRIES} entries. Please shorten the list.")
    for value in values:
        if not isinstance(value, str) or len(value) > MAX_LENGTH:
            raise KnownIdentitiesInvalid(f"Each of {name} must be a text of at most {MAX_LENGTH} characters.")
