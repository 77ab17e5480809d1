"""Which language the catalogue is read in: the reader's own, unless she asked for another on this page."""

from contextvars import ContextVar

from django.utils.translation import get_language

_asked: ContextVar[str] = ContextVar("catalogue_language", default="")


def ask_for(language: str) -> None:
    """Read the catalogue in this language for the rest of the request; ``""`` is the reader's own."""
    _asked.set(language)


def language() -> str:
    return _asked.get() or get_language() or ""
