"""A parent or guardian: asked by somebody under 18, answering by a link without an account."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from touchstone.kit import clock
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people import actions, queries
from touchstone.people.actions.guardians import LINK_LASTS
from touchstone.people.errors import ConsentLinkExpired, LinkNotValid
from touchstone.people.models import GuardianConsent
from touchstone.web.account.forms import GuardianAddressForm, GuardianAnswerForm
from touchstone.web.account.views import own_person
from touchstone.web.acting import Request


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ask_guardian(request: Request) -> HttpResponse:
    """Where the question to a parent or guardian stands, and asking (again). Only for those under 18."""
    person, now = own_person(request).pseudonym_id, clock.now()
    if not queries.is_minor(person, now.date()):
        raise NotFound
    form = GuardianAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consent = actions.ask_guardian(actor=request.actor, now=now, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("We wrote to {email}.").format(email=consent.guardian_email))
            return redirect("ask_guardian")
    asked = queries.find_consent(person)
    context = {"form": form, "consent": asked, "state": state_of(asked, now)}
    return render(request, "accountpages/ask_guardian.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def guardian(request: Request, token: str) -> HttpResponse:
    """What a guardian reads and answers, and where consent is taken back."""
    now = clock.now()
    consent = queries.find_consent_by_token(token)
    if consent is None:
        raise LinkNotValid
    state = state_of(consent, now)
    if state in {"waiting", "expired"} and queries.find_consent(consent.person_id) != consent:
        raise LinkNotValid
    if state == "expired":
        raise ConsentLinkExpired
    answer = request.POST.get("answer", "")
    form = GuardianAnswerForm(request.POST if answer == "yes" else None)
    if request.method == "POST" and _take(request, token, answer, form, now):
        return redirect("guardian", token)
    context = {
        "form": form,
        "consent": consent,
        "state": state,
        "name": queries.names_of([consent.person_id])[consent.person_id],
        "is_minor": queries.is_minor(consent.person_id, now.date()),
        "sure": answer == "withdraw",
    }
    return render(request, "accountpages/guardian.html", context, status=400 if form.is_bound else 200)


def state_of(consent: GuardianConsent | None, now: datetime) -> str:
    """One of: unasked, waiting, expired, given, refused, withdrawn."""
    if consent is None:
        return "unasked"
    if consent.decided_at is None:
        return "expired" if now > consent.asked_at + LINK_LASTS else "waiting"
    return "withdrawn" if consent.withdrawn_at else "given" if consent.given else "refused"


def _take(request: Request, token: str, answer: str, form: GuardianAnswerForm, now: datetime) -> bool:
    """Whether an answer was recorded; a yes needs a name, taking it back a second press. Raises as the actions do."""
    if answer == "yes" and form.is_valid():
        actions.record_guardian_answer(token=token, given=True, now=now, **form.cleaned_data)
    elif answer == "no":
        actions.record_guardian_answer(token=token, given=False, guardian_name="", relation="", now=now)
    elif answer == "withdraw" and request.POST.get("sure"):
        actions.withdraw_guardian_consent(token=token, now=now)
    else:
        return False
    return True
