"""Pages of the catalogue: storefront, explorer, micro-credential, stack, issuer, and the marks as pictures."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from touchstone.catalogue import queries
from touchstone.kit.errors import NotFound
from touchstone.web.acting import Request
from touchstone.web.explore import pages
from touchstone.web.explore.forms import SearchForm

A_DAY = 24 * 3600


@require_safe
def home(request: Request) -> HttpResponse:
    return render(request, "explore/home.html", pages.storefront(request))


@require_safe
def explore(request: Request) -> HttpResponse:
    form = SearchForm(request.GET)
    search, after = form.search, request.GET.get("after", "")
    context = {
        "form": form,
        "search": search,
        "items": queries.list_items(request.actor, search, after=after),
        "count": queries.count_items(request.actor, search),
        "stacks": queries.list_stacks_found(request.actor, search) if not after else [],
    }
    return render(request, "explore/explore.html", context)


@require_safe
def item(request: Request, slug: str) -> HttpResponse:
    row = queries.get_item(request.actor, slug)
    return render(request, "explore/item.html", pages.of_item(request, row))


@require_safe
def stack(request: Request, slug: str) -> HttpResponse:
    row = queries.get_stack(request.actor, slug)
    return render(request, "explore/stack.html", pages.of_stack(request, row))


@require_safe
def issuer(request: Request, slug: str) -> HttpResponse:
    organisation = queries.get_issuer(slug)
    if organisation is None:
        raise NotFound
    context = pages.of_issuer(request, organisation, request.GET.get("after", ""))
    return render(request, "explore/issuer.html", context)


@require_safe
@cache_control(public=True, max_age=A_DAY)
def mark(request: Request, slug: str) -> HttpResponse:
    row = queries.get_item(request.actor, slug)
    topics = tuple(pages.published(row).topics)
    return HttpResponse(pages.mark_png(row.slug, row.issuer.slug, topics), content_type="image/png")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def stack_mark(request: Request, slug: str) -> HttpResponse:
    row = queries.get_stack(request.actor, slug)
    return HttpResponse(pages.mark_png(row.slug, row.issuer.slug, (), stack=True), content_type="image/png")
