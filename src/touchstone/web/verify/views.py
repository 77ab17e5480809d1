"""Verification for anyone: hand over a badge, see every step."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.verification import verify_here
from touchstone.kit import clock
from touchstone.web.acting import Request
from touchstone.web.verify.forms import Given, VerifyForm
from touchstone.web.verify.reading import SmallFilesOnly
from touchstone.web.verify.transcripts import unfolded
from touchstone.web.verify.wording import claims, shown


@csrf_exempt  # only until the upload handler stands: _verify checks the token
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request) -> HttpResponse:
    """A badge handed over with the form, or the award here that ``?link=`` is the address of."""
    request.upload_handlers.insert(0, SmallFilesOnly(request))
    return _verify(request)


@csrf_protect
def _verify(request: Request) -> HttpResponse:
    if request.method == "POST":
        files, [guard, *_rest] = request.FILES, request.upload_handlers
        too_large = isinstance(guard, SmallFilesOnly) and guard.too_large
        form = VerifyForm(request.POST, files, actor=request.actor, too_large=too_large)
    elif "link" in request.GET:
        form = VerifyForm({"link": request.GET["link"]}, actor=request.actor)
    else:
        return render(request, "verify/verify.html", {"form": VerifyForm(actor=request.actor)})
    if not form.is_valid():
        return render(request, "verify/verify.html", {"form": form}, status=400)
    elsewhere, read = Elsewhere(), form.cleaned_data
    results: list[dict[str, Any]] = []
    for one in read["given"]:
        wholes, badges = unfolded(one, now=clock.now(), elsewhere=elsewhere)
        results += [*wholes, *(_result(badge, read["email"], elsewhere) for badge in badges)]
    only = results[0] if len(results) == 1 else None
    context = {"form": VerifyForm(actor=request.actor), "results": results, "only": only}
    return render(request, "verify/verify.html", context)


def _result(given: Given, identity: str, elsewhere: Elsewhere) -> dict[str, Any]:
    """What the page shows of one badge."""
    report = verify_here(given.data, now=clock.now(), identity=identity, elsewhere=elsewhere)
    return {"name": given.name, "report": shown(report), "claims": claims(report)}
