"""The language of the pages: a cookie for anyone, and the account's own for whoever is signed in."""

from django.http import HttpResponse
from django.utils.translation import check_for_language
from django.views import i18n
from django.views.decorators.http import require_POST

from touchstone.kit import clock
from touchstone.people import actions
from touchstone.web.acting import Request


@require_POST
def set_language(request: Request) -> HttpResponse:
    """Show the pages in ``language`` from now on and go back to ``next``; mails of the account follow."""
    language = request.POST.get("language", "")
    if request.person and check_for_language(language):
        actions.choose_language(actor=request.actor, language=language, now=clock.now())
    return i18n.set_language(request)
