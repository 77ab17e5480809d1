"""Putting evidence into a draft, looking at it, and taking it out."""

from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.kit import clock, storage, uploads
from touchstone.kit.errors import NotFound
from touchstone.portfolio import actions, errors, intake, queries
from touchstone.web.acting import Request
from touchstone.web.earn import workspace
from touchstone.web.earn.access import earners_page
from touchstone.web.earn.forms import LinkForm, TextForm
from touchstone.web.earn.workspace import Refused
from touchstone.web.kept import wants_json
from touchstone.web.media import may_be_inline

BESIDE = (errors.SlotFull, errors.FormNotAccepted, errors.EvidenceRefused, errors.LinkNotUsable, errors.AnswerTooLong)


@require_POST
@earners_page
def add_file(request: Request, token: str, slot: str) -> HttpResponse:
    sent = [row for row in request.FILES.getlist("file") if isinstance(row, TemporaryUploadedFile)]
    cut = request.META.get(uploads.CUT_OFF)
    if not sent and not cut:
        nothing = _("No file arrived whole. Choose a file; if the connection was cut, send the same one again.")
        return _refused(request, token, slot, Refused((nothing,)))
    refused = [sentence for row in sent if (sentence := _take(request, token, slot, row))]
    if cut:
        half = _("“{name}” did not arrive whole: if the connection was cut, send the same one again.")
        refused.append(half.format(name=cut))
    if refused:
        return _refused(request, token, slot, Refused(tuple(refused)))
    return _added(request, token, slot)


def _take(request: Request, token: str, slot: str, sent: TemporaryUploadedFile) -> str:
    """The sentence that says why a file was not taken; empty when it was."""
    path, name = Path(sent.temporary_file_path()), str(sent.name)
    try:
        intake.add_file(actor=request.actor, token=token, slot=slot, name=name, path=path, now=clock.now())
    except BESIDE as refusal:
        return str(refusal)
    return ""


@require_POST
@earners_page
def add_link(request: Request, token: str, slot: str) -> HttpResponse:
    form = LinkForm(request.POST, auto_id=f"{slot}_link_%s")
    if form.is_valid():
        try:
            facts = {"url": form.cleaned_data["url"], "name": form.cleaned_data["name"]}
            actions.add_link(actor=request.actor, token=token, slot=slot, now=clock.now(), **facts)
            return _added(request, token, slot)
        except BESIDE as refusal:
            form.add_error("url", str(refusal))
    return _refused(request, token, slot, Refused(link=form))


@require_POST
@earners_page
def add_text(request: Request, token: str, slot: str) -> HttpResponse:
    form = TextForm(request.POST, auto_id=f"{slot}_text_%s")
    if form.is_valid():
        try:
            text = form.cleaned_data["text"].replace("\r\n", "\n")
            facts = {"text": text, "name": form.cleaned_data["name"]}
            actions.add_text(actor=request.actor, token=token, slot=slot, now=clock.now(), **facts)
            return _added(request, token, slot)
        except BESIDE as refusal:
            form.add_error("text", str(refusal))
    return _refused(request, token, slot, Refused(text=form))


@require_POST
@earners_page
def remove_artifact(request: Request, token: str, artifact: str) -> HttpResponse:
    row = queries.get_artifact(request.actor, artifact)
    actions.remove_artifact(actor=request.actor, token=token, artifact=artifact, now=clock.now())
    messages.success(request, _("“{name}” was removed.").format(name=workspace.Piece(row).name))
    return _to_slot(token, row.slot)


@require_safe
@earners_page
def artifact(request: Request, token: str, artifact: str, which: str) -> HttpResponse:
    """The earner's own file, or the copy assessors get, by a link of five minutes."""
    row = queries.get_artifact(request.actor, artifact)
    found = {
        "original": (row.original, row.name, row.media_type),
        "blind": (row.blind, row.blind_name, row.blind_media_type),
    }
    if row.submission.token != token or which not in found:
        raise NotFound
    if row.gone_at:
        raise errors.ReleaseWithdrawn
    if not row.original:
        raise NotFound
    key, name, media_type = found[which]
    return redirect(storage.link(key, name=name, media_type=media_type, inline=may_be_inline(media_type)))


@require_http_methods(["GET", "HEAD", "POST"])
@earners_page
def withdraw_release(request: Request, token: str, artifact: str) -> HttpResponse:
    """Say what withdrawing a release does, then do it."""
    submission, row = queries.get_submission(request.actor, token), queries.get_artifact(request.actor, artifact)
    if row.submission_id != submission.id:
        raise NotFound
    if row.gone_at:
        return _to_slot(token, row.slot)
    if request.method != "POST":
        facts = {**workspace.heading(submission), "piece": workspace.Piece(row)}
        return render(request, "earn/withdraw_release.html", facts)
    actions.withdraw_release(actor=request.actor, token=token, artifact=artifact, now=clock.now())
    messages.success(request, _("It is gone, for you and for everybody else. Scores and awards stay as they are."))
    return redirect("submission", token)


def _added(request: Request, token: str, slot: str) -> HttpResponse:
    if request.headers.get("X-Fragment"):
        submission = queries.get_submission(request.actor, token)
        facts = {"submission": submission, "place": workspace.place_of(submission, slot)}
        return render(request, "earn/pieces.html", facts)
    messages.success(request, _("Added."))
    return _to_slot(token, slot)


def _refused(request: Request, token: str, slot: str, refused: Refused) -> HttpResponse:
    """The page again with the sentence at its place, or the sentence alone for the script that sent it."""
    submission = queries.get_submission(request.actor, token)
    workspace.require_draft_with(submission, slot)
    if wants_json(request):
        return JsonResponse({"error": refused.in_words}, status=400)
    facts = workspace.facts_of(request.actor, submission, refused={slot: refused})
    return render(request, "earn/workspace.html", facts, status=400)


def _to_slot(token: str, slot: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('submission', args=[token])}#at-{slot}")
