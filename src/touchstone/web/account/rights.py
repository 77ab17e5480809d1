"""Your data: a copy of it, who finds you, and being erased."""

from urllib.parse import urlencode
from uuid import UUID

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.core.retention import Record
from touchstone.flows.rights import actions, queries
from touchstone.kit import clock, storage
from touchstone.kit.errors import NotFound
from touchstone.web.acting import Request

WORD = pgettext_lazy("typed to confirm", "ERASE")
KEPT = {
    Record.ACTIVITY: gettext_lazy("That you handed work in, how it was scored and decided, and the award, by a number"),
    Record.CONSENT: gettext_lazy("That a parent or guardian agreed or not, without a name"),
}


class EraseForm(forms.Form):
    """Two things to decide: what becomes of awards, and whether it is meant."""

    awards = forms.ChoiceField(
        label=gettext_lazy("Your badges"),
        choices=[
            ("keep", gettext_lazy("Let badge files I downloaded go on verifying")),
            ("revoke", gettext_lazy("Revoke every badge, so that none verifies any more")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )
    word = forms.CharField(
        label=gettext_lazy("Type ERASE to confirm"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"]).strip()
        if word.casefold() != str(WORD).casefold():
            raise forms.ValidationError(_("This is not the word. Type ERASE, or leave the page to keep everything."))
        return word


@require_safe
@login_required
def your_data(request: Request) -> HttpResponse:
    """Where a copy stands (202 while it is being made), and the way to erasure."""
    person = _person(request)
    now = clock.now()
    export = queries.find_export(person, now=now)
    in_the_making = export is not None and export.ready_at is None
    answer = render(request, "rights/data.html", {"export": export}, status=202 if in_the_making else 200)
    if in_the_making:
        answer["Retry-After"] = "10"
    return answer


@require_POST
@login_required
def ask_export(request: Request) -> HttpResponse:
    _person(request)
    export = actions.ask_export(actor=request.actor, now=clock.now())
    if export.ready_at is None:
        messages.success(request, _("We are making your copy. A mail tells you when it is ready."))
    return redirect("your_data")


@require_safe
@login_required
def fetch_export(request: Request, token: str) -> HttpResponse:
    """To the file, by a link of five minutes."""
    export = queries.get_export(_person(request), token, now=clock.now())
    name = f"touchstone-{export.asked_at:%Y-%m-%d}.zip"
    return redirect(storage.link(export.key, name=name, media_type="application/zip", inline=False))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase_account(request: Request) -> HttpResponse:
    """What erasure does, then, for whoever has just shown that it is she, the form that does it."""
    person, now = _person(request), clock.now()
    is_sure = did_recently_reauthenticate(request)
    form = EraseForm(request.POST if request.method == "POST" and is_sure else None)
    if form.is_valid():
        revoke = form.cleaned_data["awards"] == "revoke"
        erasure = actions.erase_person(actor=request.actor, person=person, revoke_awards=revoke, now=now)
        logout(request)
        return redirect("erased", erasure.token)
    plan = queries.plan_erasure(person, on=now.date())
    proof = f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}"
    facts = {"plan": plan, "kept": _in_words(plan.lines), "form": form, "is_sure": is_sure, "proof": proof}
    return render(request, "rights/erase.html", facts, status=400 if request.method == "POST" else 200)


@require_safe
def erased(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt: what is still kept, why, and until when."""
    erasure, lines = queries.get_receipt(token)
    answer = render(request, "rights/erased.html", {"erasure": erasure, "kept": _in_words(lines)})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _in_words(lines: list[queries.KeptLine]) -> list[tuple[str, queries.KeptLine]]:
    return [(str(KEPT[Record(line.kind)]), line) for line in lines]


def _person(request: Request) -> UUID:
    if request.person is None:
        raise NotFound
    return request.person.pseudonym_id
