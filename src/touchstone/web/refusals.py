"""Refusals as pages: what happened, that nothing was lost, and the way on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from touchstone.kit.errors import Refusal
from touchstone.web import kept


def answer(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    if kept.wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    return render(request, "errors/refusal.html", {"status": status, "sentence": sentence}, status=status)


class RefusalMiddleware:
    """Turns a refused action into a page with its sentence; the transaction was rolled back already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return answer(request, exception.status, str(exception))
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a new sign-in: what was typed is shown again."""
    sentence = _("Your session ended or the page was open for too long, so this was not saved.")
    if kept.typed_texts(request) and not kept.wants_json(request):
        return kept.show_again(request, sentence, kept.page_before(request), status=403)
    return answer(request, 403, sentence + " " + _("Go back, reload the page, and send it again."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 404, _("There is nothing here for you to see."))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400, _("We could not read what your browser sent. Nothing was changed; please try again."))


def failure(request: HttpRequest) -> HttpResponse:
    """A page that needs neither a person nor the database: either may be what broke."""
    return HttpResponse(render_to_string("errors/broken.html"), status=500)
