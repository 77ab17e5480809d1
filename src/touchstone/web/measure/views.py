"""Dashboards, exports, one's own record, and the statements everybody can read."""

import functools
from collections.abc import Callable
from typing import Concatenate

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from touchstone.insights import actions, queries, rules
from touchstone.insights.enums import ValidityKind
from touchstone.kit import clock
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people.enums import Role
from touchstone.web.account.roles import RoleNotChosen, acting_as
from touchstone.web.acting import Request
from touchstone.web.kept import ask_to_sign_in
from touchstone.web.measure import pages
from touchstone.web.measure.forms import NoteForm

type View[**P] = Callable[Concatenate[Request, P], HttpResponse]


def for_readers[**P](view: View[P]) -> View[P]:
    """Under a membership as scoring leader, award staff or author; what others are told is as in acting_as."""

    @functools.wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return ask_to_sign_in(request)
        if request.actor.acts_as(*rules.READERS):
            return view(request, *args, **kwargs)
        held = next((row.role for row in request.memberships if row.role in rules.READERS), None)
        if held:
            raise RoleNotChosen(role=Role(held).label)
        raise NotFound

    return guarded


@require_safe
@for_readers
def measures(request: Request) -> HttpResponse:
    """Every version of the issuer with the headline of what was measured."""
    page = queries.list_versions(request.actor, after=request.GET.get("after", ""))
    return render(request, "measure/list.html", {"page": page, "rows": pages.of_list(page)})


@require_safe
@for_readers
def measure(request: Request, slug: str, number: int) -> HttpResponse:
    """The dashboard of one version."""
    version = queries.get_version(request.actor, slug, number)
    row = queries.find_measurement(version)
    if row is None:
        return render(request, "measure/nothing.html", {"version": version})
    return render(request, "measure/version.html", pages.of_version(request.actor, version, row))


@require_safe
@for_readers
def export(request: Request, slug: str, number: int) -> HttpResponse:
    """Everything that was measured, as files; people and works by code for every reader."""
    version = queries.get_version(request.actor, slug, number)
    answer = HttpResponse(queries.get_export(version), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="scores-{slug}-{number}.zip"'
    return answer


@require_safe
@acting_as(Role.ASSESSOR)
def own_record(request: Request) -> HttpResponse:
    """What was measured about the reader's own scoring; nobody else sees this page, nor she anybody else's."""
    return render(request, "measure/own.html", {"records": pages.of_own(queries.list_own_records(request.actor))})


@require_safe
def statement(request: Request, slug: str, number: int) -> HttpResponse:
    """How reliable the scores of a version are, for everybody."""
    version = queries.get_published_version(slug, number)
    return render(request, "measure/statement.html", pages.of_statement(version, queries.find_measurement(version)))


@require_safe
def validity(request: Request, slug: str, number: int) -> HttpResponse:
    """The validity record of a version's rubric; its authors find the form to add to it."""
    version = queries.get_published_version(slug, number)
    form = NoteForm(initial={"on_date": clock.today()}) if rules.NOTE.allows(request.actor, version) else None
    return render(request, "measure/validity.html", {**pages.of_validity(version), "form": form})


@require_POST
@acting_as(Role.AUTHOR)
def note_validity(request: Request, slug: str, number: int) -> HttpResponse:
    """Add an entry; what was typed stays when it is refused."""
    version = queries.get_version(request.actor, slug, number)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            actions.note_validity(
                actor=request.actor,
                version_id=version.id,
                kind=ValidityKind(form.cleaned_data["kind"]),
                on_date=form.cleaned_data["on_date"],
                text=form.cleaned_data["text"],
                now=clock.now(),
            )
        except NotFound:
            raise
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Added to the validity record."))
            return redirect("validity", slug, number)
    return render(request, "measure/validity.html", {**pages.of_validity(version), "form": form}, status=400)
