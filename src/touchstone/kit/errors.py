"""Refusals: errors named for the state found, shown to a person as a sentence that says what to do."""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """An action was refused and changed nothing. ``sentence`` may name the facts given as ``{name}``."""

    status: ClassVar[int] = 409
    sentence: ClassVar[str | Promise] = _("This cannot be done now. Nothing was changed.")

    def __init__(self, **facts: object) -> None:
        self.facts: Mapping[str, object] = facts
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        return str(self.sentence).format(**self.facts)


class NotFound(Refusal):
    """Absent, or not the actor's to see: both look alike from outside."""

    status = 404
    sentence = _("There is nothing here for you to see.")


class Forbidden(Refusal):
    """The actor may see it but not do this."""

    status = 403
    sentence = _("Your role does not allow this. Choose another role in the header, or ask your administrator.")
