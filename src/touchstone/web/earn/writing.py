"""Saving answers: one field by itself as it is written, or all of a part at the press of a button."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from touchstone.catalogue.queries import item_of
from touchstone.core.words import count_words
from touchstone.kit import clock
from touchstone.kit.errors import NotFound
from touchstone.portfolio import actions, errors, queries
from touchstone.web.acting import Request
from touchstone.web.earn import wording, workspace
from touchstone.web.earn.access import NothingSent, earners_page
from touchstone.web.earn.workspace import Typed
from touchstone.web.kept import wants_json

if TYPE_CHECKING:
    from touchstone.portfolio.models import Answer


@require_POST
@earners_page
def answer(request: Request, token: str, prompt: str) -> HttpResponse:
    if not wants_json(request):
        return _save_all(request, token, [prompt], at=f"at-{prompt}")
    try:
        row = _save(request, token, prompt)
    except errors.AnswerChangedElsewhere as found:
        return JsonResponse({"error": str(found), **found.facts}, status=found.status)
    words = count_words(row.text)
    return JsonResponse({"revision": row.revision, "saved_at": wording.clock(row.saved_at), "words": words})


@require_POST
@earners_page
def save_part(request: Request, token: str, part: str) -> HttpResponse:
    submission = queries.get_submission(request.actor, token)
    found = next((row for row in item_of(submission.version).parts if row.key == part), None)
    if found is None:
        raise NotFound
    sent = [row.key for row in found.prompts if f"text-{row.key}" in request.POST]
    if not sent:
        raise NothingSent
    answer = _save_all(request, token, sent, at=f"part-{part}")
    return settle(request, token) if answer.status_code == 302 and "identity" in request.POST else answer


@require_POST
@earners_page
def identity(request: Request, token: str) -> HttpResponse:
    """What is to become of words that could tell who somebody is, in a text of evidence."""
    queries.get_submission(request.actor, token)
    return settle(request, token)


def settle(request: Request, token: str) -> HttpResponse:
    """The button says it: ``replace`` or ``keep``, the prompt or piece, and the mark of the words."""
    what, at, mark = [*request.POST.get("identity", "").split(" "), "", "", ""][:3]
    do = {"replace": actions.replace_identity, "keep": actions.keep_identity}.get(what)
    if do is None:
        raise NothingSent
    do(actor=request.actor, token=token, at=at, mark=mark, now=clock.now())
    said = {"replace": _("Replaced, and saved."), "keep": _("Kept as it is. You will not be asked about it again.")}
    messages.success(request, said[what])
    return HttpResponseRedirect(f"{reverse('submission', args=[token])}#identity-{at}")


def _save_all(request: Request, token: str, prompts: list[str], *, at: str) -> HttpResponse:
    """Save each answer by itself, so that one that cannot be saved holds up no other."""
    typed: dict[str, Typed] = {}
    for prompt in prompts:
        if request.POST.get(f"keep-{prompt}") != "theirs":
            typed.update(_unsaved(request, token, prompt))
    if typed:
        facts = workspace.facts_of(request.actor, queries.get_submission(request.actor, token), typed=typed)
        return render(request, "earn/workspace.html", facts, status=409)
    messages.success(request, _("Saved {time}.").format(time=wording.clock(clock.now())))
    return HttpResponseRedirect(f"{reverse('submission', args=[token])}#{at}")


def _unsaved(request: Request, token: str, prompt: str) -> dict[str, Typed]:
    """Empty when the answer was saved; else what to show beside it."""
    try:
        _save(request, token, prompt)
    except errors.AnswerChangedElsewhere as found:
        theirs, revision = str(found.facts["theirs"]), int(str(found.facts["revision"]))
        return {prompt: Typed(_text(request, prompt), revision, str(found), theirs)}
    except errors.AnswerTooLong as found:
        return {prompt: Typed(_text(request, prompt), _revision(request, prompt), str(found))}
    return {}


def _save(request: Request, token: str, prompt: str) -> "Answer":
    if not {f"text-{prompt}", "text"} & request.POST.keys():
        queries.get_submission(request.actor, token)  # what is not hers to see is not found, whatever was sent
        raise NothingSent
    text, revision = _text(request, prompt), _revision(request, prompt)
    return actions.save_answer(
        actor=request.actor, token=token, prompt=prompt, text=text, revision=revision, now=clock.now()
    )


def _text(request: Request, prompt: str) -> str:
    """The text of the field the form names after the prompt, or just ``text``; browsers send line ends as CR LF."""
    return request.POST.get(f"text-{prompt}", request.POST.get("text", "")).replace("\r\n", "\n")


def _revision(request: Request, prompt: str) -> int:
    """The revision the writer saw; an unreadable one counts as none, which never overwrites."""
    sent = request.POST.get(f"revision-text-{prompt}", request.POST.get("revision", ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0
