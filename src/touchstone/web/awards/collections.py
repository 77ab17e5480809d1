"""A holder's portfolio: her awards, and the collections she puts them together in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from touchstone.core.sight import Condition, Side, Viewer
from touchstone.credentials import queries as credentials
from touchstone.credentials.enums import Visibility
from touchstone.credentials.models import Collection
from touchstone.credentials.sharing import actions, queries, rules
from touchstone.kit import clock
from touchstone.kit.errors import Forbidden
from touchstone.people.seen import names_seen
from touchstone.web.acting import Request
from touchstone.web.awards import documents, links, looking
from touchstone.web.awards.forms import CollectionForm


@login_required
@require_safe
def awards(request: Request) -> HttpResponse:
    page = credentials.list_awards(request.actor, after=request.GET.get("after", ""))
    rows = [(row, documents.mark_of(row)) for row in page]
    context = {"page": page, "rows": rows, "collections": queries.list_collections(request.actor)}
    return render(request, "awards/awards.html", context)


@require_safe
@cache_control(no_cache=True, private=True)
def collection(request: Request, token: str) -> HttpResponse:
    """A collection as others see it, with what its holder alone needs above it; with ``?preview`` without."""
    row = queries.get_collection(request.actor, token)
    now = clock.now()
    is_hers = rules.HOLD.allows(request.actor, row)
    preview = is_hers and "preview" in request.GET
    if row.visibility != Visibility.PRIVATE:
        looking.count(request, of=row.id, holder=row.holder_id, now=now)
    awards = queries.entries_of(row, shared=True)
    context = {
        "collection": row,
        "holder": names_seen(Viewer.ANYONE, Side.HOLDER, [row.holder_id], Condition.PUBLISHED).get(row.holder_id, ""),
        "rows": [(award, documents.mark_of(award)) for award in awards],
        "preview": preview,
        "is_holder": is_hers and not preview,
        "address": links.collection_address(row),
    }
    if context["is_holder"]:
        context["hidden"] = len(queries.entries_of(row, shared=False)) - len(awards)
        context["views"] = queries.views_of(row.id, on=now.date())
    return render(request, "awards/collection.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_collection(request: Request) -> HttpResponse:
    if request.membership:
        raise Forbidden
    return _form(request, None, [])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_collection(request: Request, token: str) -> HttpResponse:
    row = queries.get_own_collection(request.actor, token)
    return _form(request, row, [award.token for award in queries.entries_of(row, shared=False)])


@login_required
@require_POST
def remove_collection(request: Request, token: str) -> HttpResponse:
    actions.remove_collection(actor=request.actor, token=token, now=clock.now())
    messages.success(request, _("The collection is gone, and its address leads nowhere. The awards stay as they were."))
    return redirect("awards")


def _form(request: Request, row: Collection | None, chosen: list[str]) -> HttpResponse:
    """Ask for all that a collection says, or write it down."""
    initial = {"name": row.name, "sentence": row.sentence, "visibility": row.visibility} if row else {}
    offered = queries.awards_offered(request.actor)
    data = request.POST if request.method == "POST" else None
    form = CollectionForm(data, awards=offered, chosen=chosen, initial=initial)
    if data is None or not form.is_valid():
        context = {"form": form, "collection": row}
        return render(request, "awards/collection_form.html", context, status=400 if data is not None else 200)
    facts = {name: form.cleaned_data[name] for name in ("name", "sentence", "visibility")}
    how = {"actor": request.actor, "awards": form.chosen, "now": clock.now(), **facts}
    saved = actions.change_collection(token=row.token, **how) if row else actions.make_collection(**how)
    messages.success(request, _("Saved."))
    return redirect("collection", saved.token)
