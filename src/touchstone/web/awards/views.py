"""Awards: the page of each for people and machines, its files, and what its holder and award staff do with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from touchstone.core.openbadges.token import MEDIA_TYPE
from touchstone.credentials import actions, queries, rules
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Award
from touchstone.credentials.sharing import actions as sharing_actions
from touchstone.credentials.sharing import evidence
from touchstone.credentials.sharing import queries as sharing
from touchstone.kit import clock
from touchstone.people import queries as people
from touchstone.portfolio.enums import ArtifactKind
from touchstone.web.acting import Request
from touchstone.web.awards import documents, looking, pages, pieces
from touchstone.web.awards.certificate import certificate_pdf
from touchstone.web.awards.forms import EvidenceForm, RevokeForm, ShareForm
from touchstone.web.awards.public import JSON_TYPE, MACHINE_TYPES, attach, document


@require_safe
@vary_on_headers("Accept")
@cache_control(no_cache=True, private=True)
def award(request: Request, token: str) -> HttpResponseBase:
    """The page, or for whoever prefers a machine's type the signed badge."""
    row = queries.get_award(request.actor, token)
    wanted = request.get_preferred_type(["text/html", *MACHINE_TYPES])
    if wanted in MACHINE_TYPES:
        return _signed(request, row, str(wanted))
    now = clock.now()
    if row.visibility != Visibility.PRIVATE:
        looking.count(request, of=row.id, holder=row.holder_id, now=now)
    return render(request, "awards/award.html", pages.of_award(request, row, now=now))


@require_safe
def award_json(request: Request, token: str) -> HttpResponseBase:
    return attach(_signed(request, queries.get_award(request.actor, token), JSON_TYPE), token, "json")


@require_safe
def award_jwt(request: Request, token: str) -> HttpResponseBase:
    return attach(_signed(request, queries.get_award(request.actor, token), MEDIA_TYPE), token, "jwt")


@require_safe
@cache_control(no_cache=True, private=True)
def award_png(request: Request, token: str) -> HttpResponseBase:
    row = queries.get_award(request.actor, token)
    return _image(documents.baked_png(row), "image/png", row, "png")


@require_safe
@cache_control(no_cache=True, private=True)
def award_svg(request: Request, token: str) -> HttpResponseBase:
    row = queries.get_award(request.actor, token)
    return _image(documents.baked_svg(row), "image/svg+xml", row, "svg")


@require_safe
@cache_control(no_cache=True, private=True)
def award_certificate(request: Request, token: str) -> HttpResponseBase:
    row = queries.get_award(request.actor, token)
    paper = "us-letter" if people.lives_in_a_state(row.holder_id) else "a4"
    content = certificate_pdf(row, holder=pages.holder_seen(request.actor, row), paper=paper)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="certificate-{token[:6]}.pdf"'
    return answer


@require_safe
@never_cache
def shown_piece(request: Request, token: str, piece: str) -> HttpResponse:
    """A piece of evidence that is shown with an award: a file by a link of five minutes, words on the award's page."""
    row = queries.get_award(request.actor, token)
    found = sharing.get_shown(request.actor, row, piece)
    if found.artifact.kind == ArtifactKind.FILE:
        return redirect(pieces.file_link(found))
    return redirect(f"{reverse('award', args=[token])}#piece-{piece}")


@login_required
@require_POST
def show_evidence(request: Request, token: str) -> HttpResponse:
    row = queries.get_own_award(request.actor, token)
    form = EvidenceForm(request.POST, pieces=evidence.pieces_of(row))
    if form.is_valid():
        try:
            chosen = sharing_actions.show_evidence(
                actor=request.actor, token=token, now=clock.now(), **form.cleaned_data
            )
        except sharing_actions.ReleaseNotConfirmed as refusal:
            form.add_error("released", str(refusal))
        else:
            n = len(chosen)
            said = ngettext("Saved. %(n)d piece is shown.", "Saved. %(n)d pieces are shown.", n)
            messages.success(request, said % {"n": n})
            return redirect("award", token)
    context = pages.of_award(request, row, now=clock.now(), show=form)
    return render(request, "awards/award.html", context, status=400)


@login_required
@require_POST
def share(request: Request, token: str) -> HttpResponse:
    row = queries.get_own_award(request.actor, token)
    form = ShareForm(request.POST)
    if not form.is_valid():
        context = pages.of_award(request, row, now=clock.now(), share=form)
        return render(request, "awards/award.html", context, status=400)
    row = actions.share_award(actor=request.actor, token=token, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("Saved. Who may see it: %(who)s.") % {"who": row.get_visibility_display()})
    return redirect("award", token)


@login_required
@require_POST
def revoke(request: Request, token: str) -> HttpResponse:
    row = queries.get_award(request.actor, token)
    rules.REVOKE.require(request.actor, row)
    form = RevokeForm(request.POST)
    if not form.is_valid():
        context = pages.of_award(request, row, now=clock.now(), revoke=form)
        return render(request, "awards/award.html", context, status=400)
    actions.revoke_award(actor=request.actor, token=token, now=clock.now(), **form.cleaned_data)
    messages.success(request, _("The award is revoked. Its badge says so from now on wherever it is verified."))
    return redirect("award", token)


def _signed(request: Request, row: Award, kind: str) -> HttpResponseBase:
    badge = documents.signed_badge(row)
    text = documents.token_of(badge) if kind == MEDIA_TYPE else badge.text
    return document(request, text, kind, cache="private, no-cache")


def _image(content: bytes, content_type: str, row: Award, ending: str) -> HttpResponseBase:
    """Readable from any site: whoever has the address may read it anyway, and no cookie is ever sent along."""
    answer = HttpResponse(content, content_type=content_type, headers={"Access-Control-Allow-Origin": "*"})
    return attach(answer, row.token, ending)
