"""Which row of a list a form is about."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from touchstone.kit.errors import NotFound, Refusal


class NothingChosen(Refusal):
    status = 400
    sentence = _("The form did not say what it is about. Please go back, reload the page, and try again.")


def row_id(request: HttpRequest, name: str) -> UUID:
    """The id in a posted form's field. Raises NothingChosen without one, NotFound when it cannot be one."""
    text = request.POST.get(name, "")
    if not text:
        raise NothingChosen
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
