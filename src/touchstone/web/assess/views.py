"""Offers, the scoring bench, and sending scores. Nothing here says who the earner is."""

import functools
from collections.abc import Callable, Mapping
from typing import Concatenate

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.assessment import actions, errors, queries
from touchstone.assessment.enums import AssignmentState
from touchstone.assessment.models import Assignment
from touchstone.assessment.wording import reworded
from touchstone.kit import clock, storage
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people.enums import Role
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.errors import ReleaseWithdrawn
from touchstone.web.account.roles import acting_as
from touchstone.web.acting import Request
from touchstone.web.assess import bench, saving
from touchstone.web.kept import wants_json

type View[**P] = Callable[Concatenate[Request, P], HttpResponse]


def for_assessors[**P](view: View[P]) -> View[P]:
    """Only while acting as an assessor; work withdrawn, passed on or sent already is spoken of on her home."""

    @functools.wraps(view)
    def page(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (errors.WorkWithdrawn, errors.WorkReassigned, errors.AlreadyScored) as over:
            if wants_json(request):
                raise
            messages.info(request, str(over))
            return redirect("assess_home")

    return acting_as(Role.ASSESSOR)(page)


@require_safe
@for_assessors
def assess_home(request: Request) -> HttpResponse:
    """What waits for an answer, what is in hand, what was scored."""
    offers = queries.list_assignments(request.actor, [AssignmentState.OFFERED])
    in_hand = queries.list_in_hand(request.actor)
    scored = queries.list_scored(request.actor, after=request.GET.get("after", ""))
    sizes = bench.sizes_of([*offers, *in_hand])
    context = {"offers": offers, "in_hand": in_hand, "scored": scored, "sizes": sizes}
    return render(request, "assess/home.html", {**context, "today": clock.today()})


@require_safe
@for_assessors
def assignment(request: Request, token: str) -> HttpResponse:
    """An offer to answer, work to score, or thanks for scores sent."""
    work = queries.get_work(request.actor, token)
    if work.state == AssignmentState.OFFERED:
        facts = {"size": bench.sizes_of([work])[work.id], "answer_by": queries.answer_by(work)}
        return render(request, "assess/offer.html", {"work": work, **facts})
    if work.state == AssignmentState.SCORED:
        next_work = next(iter(queries.list_in_hand(request.actor)), None)
        context = {"work": work, "checked": bench.check(work), "parts": bench.parts_of(work), "next_work": next_work}
        return render(request, "assess/sent.html", context)
    return _bench(request, work)


@require_POST
@for_assessors
def accept(request: Request, token: str) -> HttpResponse:
    actions.accept_assignment(actor=request.actor, token=token, now=clock.now())
    return redirect("assignment", token)


@require_POST
@for_assessors
def decline(request: Request, token: str) -> HttpResponse:
    recognised = request.POST.get("reason") == "recognised"
    actions.decline_assignment(actor=request.actor, token=token, now=clock.now(), recognised=recognised)
    messages.success(request, _("Thank you for telling us. Somebody else will be asked."))
    return redirect("assess_home")


@require_POST
@for_assessors
def scores(request: Request, token: str) -> HttpResponse:
    """Save one field (autosave) or the whole form."""
    work = queries.get_work(request.actor, token)
    if work.state == AssignmentState.SCORED:
        raise errors.AlreadyScored
    if wants_json(request):
        return _save_field(request, work)
    refused = saving.save_form(actor=request.actor, assignment=work, data=request.POST.dict(), now=clock.now())
    if refused:
        return _bench(request, work, refused)
    if "send" in request.POST:
        return redirect("send_scores", token)
    messages.success(request, _("Your scores are saved. You can go on whenever you like."))
    return redirect("assignment", token)


@require_http_methods(["GET", "HEAD", "POST"])
@for_assessors
def send_scores(request: Request, token: str) -> HttpResponse:
    """Look once more at all scores, then send them. Sending twice does no harm."""
    work = queries.get_work(request.actor, token)
    if work.state != AssignmentState.ACCEPTED:
        return redirect("assignment", token)
    status = 200
    if request.method == "POST":
        try:
            actions.submit_scores(actor=request.actor, token=token, now=clock.now())
        except errors.ScoresMissing as missing:
            status = missing.status
        else:
            return redirect("assignment", token)
    checked = bench.check(work)
    context = {
        "work": work,
        "checked": checked,
        "gaps": [row for row in checked if row.gap],
        "reworded": reworded(work),
    }
    return render(request, "assess/send.html", context, status=status)


@require_safe
@never_cache
@for_assessors
def assignment_evidence(request: Request, token: str, place: int) -> HttpResponse:
    """To the blind copy of one piece of evidence, by a link that works for five minutes."""
    work = queries.get_assignment(request.actor, token)
    pieces = queries.blind_artifacts(work) if work.state != AssignmentState.OFFERED else []
    artifact = pieces[place - 1] if 0 < place <= len(pieces) else None
    if artifact is None or artifact.kind != ArtifactKind.FILE:
        raise NotFound
    if artifact.gone_at:
        raise ReleaseWithdrawn
    name, inline = bench.neutral_name(place, artifact), bench.opens_in_browser(artifact)
    return redirect(storage.link(artifact.blind, name=name, media_type=artifact.blind_media_type, inline=inline))


def _bench(request: Request, work: Assignment, refused: Mapping[str, Refusal] | None = None) -> HttpResponse:
    """The page to score on; after a refusal with what was typed."""
    data = request.POST.dict() if refused else {}
    context = {"work": work, "parts": bench.parts_of(work), **bench.rubric_context(work, data, refused or {})}
    status = max((refusal.status for refusal in (refused or {}).values()), default=200)
    return render(request, "assess/bench.html", context, status=status)


def _save_field(request: Request, work: Assignment) -> JsonResponse:
    """One field as autosave sends it: its name, its text, and the revision of it that was seen."""
    name = request.POST.get("field", "")
    field, _dash, criterion = name.partition("-")
    if field not in saving.FIELDS:
        raise errors.UnknownCriterion
    typed = {field: (request.POST.get(name, ""), request.POST.get("revision", ""))}
    try:
        score = saving.save_criterion(
            actor=request.actor, assignment=work, criterion=criterion, typed=typed, now=clock.now()
        )
    except errors.ScoreChangedElsewhere as changed:
        theirs = str(changed.facts["theirs"])
        facts = {"error": str(changed), "theirs": theirs, "revision": saving.revision_of(theirs)}
        return JsonResponse(facts, status=changed.status)
    revision = saving.revision_of(getattr(score, field))
    return JsonResponse({"revision": revision, "saved_at": f"{timezone.localtime(score.saved_at):%H:%M}"})
