"""Who acts: a person under one of her memberships, or the system in a named job."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """``person`` is a pseudonym's id (None: nobody signed in, or a job). Without a membership a person acts for
    herself, as an earner. Every right is bounded by the membership in use. ``support`` is the opening through which
    platform staff look at who somebody is, while they do.
    """

    person: UUID | None = None
    membership: UUID | None = None
    organisation: UUID | None = None
    role: str = ""
    job: str = ""
    support: UUID | None = None

    def acts_as(self, *roles: str) -> bool:
        return self.membership is not None and self.role in roles


ANYONE = Actor()


def system(job: str) -> Actor:
    """The platform itself, in the job of this name."""
    return Actor(job=job)
