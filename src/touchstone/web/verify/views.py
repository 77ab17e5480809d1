"""Verification for anyone: hand over a badge, see every step."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from touchstone.credentials.verification import verify_here
from touchstone.web.acting import Request
from touchstone.web.verify.forms import VerifyForm
from touchstone.web.verify.reading import SmallFilesOnly
from touchstone.web.verify.wording import claims, shown


@csrf_exempt  # only until the upload handler stands: _verify checks the token
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: Request) -> HttpResponse:
    request.upload_handlers.insert(0, SmallFilesOnly(request))
    return _verify(request)


@csrf_protect
def _verify(request: Request) -> HttpResponse:
    if request.method != "POST":
        return render(request, "verify/verify.html", {"form": VerifyForm(actor=request.actor)})
    files, [guard, *_rest] = request.FILES, request.upload_handlers
    too_large = isinstance(guard, SmallFilesOnly) and guard.too_large
    form = VerifyForm(request.POST, files, actor=request.actor, too_large=too_large)
    if not form.is_valid():
        return render(request, "verify/verify.html", {"form": form}, status=400)
    read = form.cleaned_data
    report = verify_here(read["data"], now=timezone.now(), identity=read["email"])
    context = {"form": VerifyForm(actor=request.actor), "report": shown(report), "claims": claims(report)}
    return render(request, "verify/verify.html", context)
