"""An issuer's signing keys, and the badges they sign in the background."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.credentials import actions, queries
from touchstone.credentials.enums import RunKind
from touchstone.kit import clock
from touchstone.people.enums import Role
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request
from touchstone.web.author.forms import GiveUpForm

for_issuers = acting_as(Role.AWARD_STAFF, Role.ADMINISTRATOR)


@require_safe
@for_issuers
def signing_keys(request: Request) -> HttpResponse:
    """The key in use, those before it, and what is being signed."""
    issuer = queries.get_issuer_to_sign_for(request.actor)
    context = {
        "issuer": issuer,
        "keys": queries.list_keys(issuer),
        "runs": queries.list_signing_runs(issuer),
        "replaceable": settings.HTTPS,
    }
    return render(request, "author/keys.html", context)


@require_POST
@for_issuers
def rotate_key(request: Request) -> HttpResponse:
    issuer = queries.get_issuer_to_sign_for(request.actor)
    actions.rotate_key(actor=request.actor, issuer=issuer, now=clock.now())
    messages.success(request, _("New badges are signed with a new key from now on. Old badges stay good."))
    return redirect("signing_keys")


@require_http_methods(["GET", "HEAD", "POST"])
@for_issuers
def give_up_key(request: Request, public: str) -> HttpResponse:
    """What giving up a key means, and the step that does it."""
    issuer = queries.get_issuer_to_sign_for(request.actor)
    key = next((row for row in queries.list_keys(issuer) if row.public == public and not row.compromised_at), None)
    if key is None:
        raise actions.UnknownKey
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        run = actions.give_up_key(actor=request.actor, issuer=issuer, public=public, now=clock.now())
        sentence = _("The key counts no more. {n} badges are being signed again; their holders and endorsers are told.")
        messages.success(request, sentence.format(n=run.total))
        return redirect("signing_keys")
    context = {"issuer": issuer, "key": key, "form": form, "replaceable": settings.HTTPS}
    return render(request, "author/give_up_key.html", context, status=400 if form.is_bound else 200)


@require_POST
@for_issuers
def sign_badges(request: Request) -> HttpResponse:
    """Have every badge that stands signed again, so that it says what is new."""
    issuer = queries.get_issuer_to_sign_for(request.actor)
    run = actions.begin_signing_run(actor=request.actor, issuer=issuer, kind=RunKind.AGAIN, now=clock.now())
    messages.success(request, _("{n} badges are being signed in the background.").format(n=run.total - run.done))
    return redirect("signing_keys")
