"""What was typed into a form that could not be taken is shown again for copying, never lost and never stored."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

WRITTEN = ("text", "comment", "note", "url", "name")  # what fields of writing are called; never passwords and codes


def wants_json(request: HttpRequest) -> bool:
    """Whether a script or a machine asks: JSON of whatever kind, and no page."""
    accept = request.headers.get("Accept", "")
    return "json" in accept and "text/html" not in accept


def typed_texts(request: HttpRequest) -> list[str]:
    """What a person wrote in a posted form: the texts of its fields of writing."""
    names = [name for name in request.POST if name.partition("-")[0] in WRITTEN]
    return [text for name in names if (text := request.POST[name].strip())]


def show_again(request: HttpRequest, sentence: str, back: str, *, status: int) -> HttpResponse:
    """A page with everything written in the form that was sent, to copy, and the way on."""
    files = [str(file.name) for file in request.FILES.getlist("file")]
    facts = {"sentence": sentence, "texts": typed_texts(request), "back": back, "files": files}
    return render(request, "errors/kept_text.html", facts, status=status)


def ask_to_sign_in(request: HttpRequest, back: str = "") -> HttpResponse:
    """To sign-in and back, the typed texts shown first if there are any. Scripts get 401 and keep their text."""
    if wants_json(request):
        sentence = _("You were signed out. Sign in again in another tab, then send this once more.")
        return JsonResponse({"error": sentence}, status=401)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    if typed_texts(request) or request.FILES:
        sentence = _("You were signed out before this could be saved.")
        return show_again(request, sentence, back or page_before(request), status=401)
    return redirect_to_login(back or page_before(request))


def page_before(request: HttpRequest) -> str:
    """The path of our own page a form stood on, or the start page."""
    before = urlsplit(request.headers.get("Referer", ""))
    return before.path if before.netloc == request.get_host() and before.path else "/"
