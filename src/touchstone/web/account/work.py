"""Where I work, the roles I hold, and what I asked of organisations."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.kit import clock
from touchstone.kit.errors import NotFound, Refusal
from touchstone.people import actions, queries
from touchstone.people.models import Employment, Organisation
from touchstone.web.account.forms import EndForm, FindForm, MoveForm, WorkForm
from touchstone.web.account.views import own_person
from touchstone.web.acting import SESSION_KEY, Request
from touchstone.web.organisations.rows import row_id


class DayMissing(Refusal):
    status = 400
    sentence = gettext_lazy("Please give a day, such as 2026-08-31. Nothing was changed.")


@require_safe
@login_required
def work(request: Request) -> HttpResponse:
    """Employers with their days, roles, and open requests."""
    person, today = own_person(request).pseudonym_id, clock.now().date()
    rows = queries.list_work(person)
    context = {
        "present": [row for row in rows if row.to_date is None or row.to_date >= today],
        "past": [row for row in rows if row.to_date and row.to_date < today],
        "roles": request.memberships,
        "requests": queries.list_own_requests(person),
        "today": today,
    }
    return render(request, "accountpages/work.html", context)


@require_safe
@login_required
def find_employer(request: Request) -> HttpResponse:
    """Find an organisation by name, to say that one works there (``instead``: instead of where she does now)."""
    form = FindForm(request.GET)
    words = form.data.get("q", "").strip() if form.is_valid() else ""
    found = queries.search_organisations(words, after=request.GET.get("after", ""))
    context = {"form": form, "words": words, "page": found, "old": _old(request)}
    return render(request, "accountpages/find_employer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_employer(request: Request, slug: str) -> HttpResponse:
    """Say from when on one works somewhere, and ask them to confirm it."""
    place = queries.find_organisation(slug)
    if place is None:
        raise NotFound
    old = _old(request)
    form = (MoveForm if old else WorkForm)(request.POST or None, initial={"from_date": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            _note_work(request, place, old, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("work")
    status = 400 if form.is_bound else 200
    return render(request, "accountpages/add_employer.html", {"form": form, "place": place, "old": old}, status=status)


@require_POST
@login_required
def end_employment(request: Request) -> HttpResponse:
    form = EndForm(request.POST)
    employment = row_id(request, "employment")
    if not form.is_valid():
        raise DayMissing
    day = form.cleaned_data["to_date"]
    row = actions.end_employment(actor=request.actor, employment=employment, to_date=day, now=clock.now())
    messages.success(request, _("Noted: your last day at {place}.").format(place=row.organisation))
    return redirect("work")


@require_POST
@login_required
def leave(request: Request) -> HttpResponse:
    """Lay down a role, after asking once more."""
    wanted = row_id(request, "membership")
    row = next((row for row in request.memberships if row.id == wanted), None)
    if row is None:
        raise NotFound
    if not request.POST.get("sure"):
        return render(request, "accountpages/leave.html", {"row": row})
    actions.leave_membership(actor=request.actor, membership=wanted, now=clock.now())
    if request.session.get(SESSION_KEY) == str(wanted):
        del request.session[SESSION_KEY]
    messages.success(request, _("You no longer hold this role: {role}.").format(role=row))
    return redirect("work")


@require_POST
@login_required
def withdraw_request(request: Request) -> HttpResponse:
    row = actions.withdraw_request(actor=request.actor, request=row_id(request, "request"), now=clock.now())
    messages.success(request, _("You took back what you asked {place}.").format(place=row.organisation))
    return redirect("work")


def _note_work(request: Request, place: Organisation, old: Employment | None, facts: dict[str, object]) -> None:
    """Note it and tell her. Asking for confirmation makes sense only while she works there."""
    now = clock.now()
    asks = bool(facts.pop("ask")) and not facts.get("to_date")
    if old:
        row = actions.change_employer(
            actor=request.actor,
            employment=old.id,
            organisation=place,
            now=now,
            **facts,  # type: ignore[arg-type]  # cleaned by the form
        )
    else:
        row = actions.declare_employment(actor=request.actor, organisation=place, now=now, **facts)  # type: ignore[arg-type]
    messages.success(request, _("Noted: you work at {place}.").format(place=place))
    if asks and row.confirmed_at is None:
        actions.ask_to_join(actor=request.actor, organisation=place, now=now)
        messages.info(request, _("{place} is asked to confirm it. You need not wait for that.").format(place=place))


def _old(request: Request) -> Employment | None:
    """The work that the new one comes instead of, if the address names any of hers that goes on."""
    slug = request.GET.get("instead", "")
    person = own_person(request).pseudonym_id
    rows = queries.list_work(person) if slug else []
    return next((row for row in rows if row.organisation.slug == slug and row.to_date is None), None)
