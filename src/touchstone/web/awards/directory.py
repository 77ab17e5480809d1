"""The public directory: awards whose holders list them, found by the holder's name. Nobody else is in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from touchstone.core.sight import Condition, Side, Viewer
from touchstone.credentials import queries
from touchstone.kit import clock
from touchstone.people import queries as people
from touchstone.people.seen import names_seen
from touchstone.web.acting import Request


@require_safe
def holders(request: Request) -> HttpResponse:
    """Listed awards, newest first; ``?name=`` narrows them to holders of that name. Minors are never among them."""
    name = request.GET.get("name", "").strip()[:120]
    adults = people.adults(on=clock.today(), named=name)
    page = queries.list_listed_awards(adults, after=request.GET.get("after", ""))
    names = names_seen(Viewer.ANYONE, Side.HOLDER, [award.holder_id for award in page], Condition.PUBLISHED)
    return render(request, "awards/holders.html", {"page": page, "names": names, "name": name})
