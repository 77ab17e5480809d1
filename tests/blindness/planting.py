"""A middleware of the tests alone: lets one thing leak into the answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.test import override_settings

type Plant = Callable[[HttpRequest, Any], Any]


class Planting:
    """Hands every answer to ``plant`` on its way out."""

    plant: ClassVar[Plant]

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return type(self).plant(request, self.get_response(request))


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    Planting.plant = staticmethod(plant)  # type: ignore[assignment]
    with override_settings(MIDDLEWARE=[f"{__name__}.Planting", *settings.MIDDLEWARE]):
        yield
