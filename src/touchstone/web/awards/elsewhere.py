"""Badges earned elsewhere, on their holder's own pages: brought, checked again, taken along, removed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.core.openbadges.report import Summary
from touchstone.credentials import imports
from touchstone.credentials.actions import importing
from touchstone.credentials.actions.importing import Import, Outcome
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.models import ImportedBadge
from touchstone.kit import clock
from touchstone.kit.errors import Refusal
from touchstone.web.acting import Request
from touchstone.web.verify.forms import Given, VerifyForm
from touchstone.web.verify.reading import SmallFilesOnly
from touchstone.web.verify.wording import shown

DONE = {
    Outcome.ADDED: gettext_lazy("“{name}” was added."),
    Outcome.REPLACED: gettext_lazy("“{name}” was here already; the newer version took its place."),
    Outcome.UNCHANGED: gettext_lazy("“{name}” was here already, the very same. It was checked again."),
    Outcome.OWN_AWARD: gettext_lazy("This badge is an award of yours that was given here. You need not add it."),
}
CHIPS = {
    Summary.VALID: "passed",
    Summary.NOT_FULLY_CHECKED: "not_checked",
    Summary.REVOKED: "revoked",
    Summary.EXPIRED: "expired",
    Summary.NOT_VALID: "failed",
    Summary.UNREADABLE: "failed",
}
SEPARATE_FILES = gettext_lazy("“{name}”: {why}")


class BringForm(VerifyForm):
    """The three ways to bring badges; ``cleaned_data["given"]`` holds them."""

    email = None  # type: ignore[assignment]  # whose it should be is known: the field is taken away
    link = forms.CharField(
        label=gettext_lazy("Address of a badge elsewhere"),
        help_text=gettext_lazy("Where its issuer keeps the badge itself, as a file or a picture; not a page about it."),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def clean_link(self) -> list[Given]:
        address = self.cleaned_data["link"]
        try:
            return [Given("", importing.badge_from(address))] if address else []
        except Refusal as refused:
            raise forms.ValidationError(str(refused)) from refused


@csrf_exempt  # only until the upload handler stands: _elsewhere checks the token
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def elsewhere(request: Request) -> HttpResponse:
    request.upload_handlers.insert(0, SmallFilesOnly(request))
    return _elsewhere(request)


@csrf_protect
def _elsewhere(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _page(request, BringForm(actor=request.actor))
    files, [guard, *_rest] = request.FILES, request.upload_handlers
    too_large = isinstance(guard, SmallFilesOnly) and guard.too_large
    form = BringForm(request.POST, files, actor=request.actor, too_large=too_large)
    if form.is_valid() and _brought(request, form):
        return redirect("elsewhere")
    return _page(request, form, status=400)


def _brought(request: Request, form: BringForm) -> bool:
    """Whether all were taken in; what was said about each of the others stands on the form."""
    asked = Elsewhere()
    for given in form.cleaned_data["given"]:
        try:
            done = importing.import_badge(actor=request.actor, content=given.data, elsewhere=asked, now=clock.now())
        except Refusal as refused:
            why = SEPARATE_FILES.format(name=given.name, why=refused) if given.name else str(refused)
            form.add_error(None, why)
        else:
            _tell(request, done)
    return form.is_valid()


def _tell(request: Request, done: Import) -> None:
    name = (done.row.name if done.row else "") or _("A badge")
    messages.success(request, str(DONE[done.outcome]).format(name=name))
    if done.row and not done.row.is_hers:
        messages.warning(
            request,
            _("Nothing in it shows that it was issued to you: it names none of the e-mail addresses of your account."),
        )


def _page(request: Request, form: BringForm, *, status: int = 200) -> HttpResponse:
    page = imports.list_imports(request.actor, after=request.GET.get("after", ""))
    now = clock.now()
    rows = [(row, CHIPS[row.standing(now)]) for row in page]
    return render(request, "awards/elsewhere.html", {"form": form, "page": page, "rows": rows}, status=status)


@require_safe
@login_required
def elsewhere_badge(request: Request, token: str) -> HttpResponse:
    row = imports.get_import(request.actor, token)
    return render(request, "awards/elsewhere_badge.html", _of_badge(row))


@require_safe
@login_required
def elsewhere_file(request: Request, token: str) -> HttpResponse:
    """The badge byte for byte as it came, to be saved and never shown: it is a stranger's."""
    row = imports.get_import(request.actor, token)
    answer = HttpResponse(bytes(row.content), content_type=row.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{imports.file_name(row)}"'
    return answer


@require_POST
@login_required
def check_elsewhere(request: Request, token: str) -> HttpResponse:
    row = importing.check_import(actor=request.actor, token=token, elsewhere=Elsewhere(), now=clock.now())
    messages.success(request, _("Checked again. This is what came out."))
    return redirect("elsewhere_badge", row.token)


@require_POST
@login_required
def remove_elsewhere(request: Request, token: str) -> HttpResponse:
    importing.remove_import(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("The badge is removed from here. Files of it that you saved are not touched."))
    return redirect("elsewhere")


def _of_badge(row: ImportedBadge) -> dict[str, Any]:
    says = [
        (_("Counts from"), date(row.valid_from, "DATE_FORMAT")),
        (_("Counts until"), date(row.valid_until, "DATE_FORMAT")),
        (_("Its form"), row.get_form_display()),
        (_("Its id"), row.badge_id),
        (_("Id of its issuer"), row.issuer_id),
    ]
    return {
        "badge": row,
        "report": shown(imports.report_of(row)),
        "chip": CHIPS[row.standing(clock.now())],
        "says": [(name, value) for name, value in says if value],
    }
