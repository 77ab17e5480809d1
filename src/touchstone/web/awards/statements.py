"""Signed documents that stand beside badges: how work was judged, and endorsements. Public, at addresses for good."""

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from touchstone.catalogue.queries import item_shown
from touchstone.credentials import queries
from touchstone.credentials.composing import rubric_hash
from touchstone.credentials.judging import in_words, judged_from
from touchstone.kit.errors import NotFound
from touchstone.web.acting import Request
from touchstone.web.awards.public import JSON_TYPE, JSON_TYPES, document


@require_safe
@vary_on_headers("Accept")
def assessment_statement(request: Request, token: str) -> HttpResponseBase:
    """In words for people; for whoever asks for JSON the signed credential."""
    row = queries.find_statement(token)
    if row is None:
        raise NotFound
    if request.get_preferred_type(["text/html", *JSON_TYPES]) in JSON_TYPES:
        return document(request, row.text, JSON_TYPE, cache="public, no-cache")
    item = item_shown(row.version)
    sentences = in_words(judged_from(row.facts), item)
    context = {"statement": row, "item": item, "sentences": sentences, "rubric_hash": rubric_hash(row.version)}
    return render(request, "awards/statement.html", context)


@require_safe
def assessment_statement_json(request: Request, token: str) -> HttpResponseBase:
    row = queries.find_statement(token)
    if row is None:
        raise NotFound
    return document(request, row.text, JSON_TYPE, cache="public, no-cache")


@require_safe
def endorsement(request: Request, token: str) -> HttpResponseBase:
    row = queries.find_endorsement(token)
    if row is None:
        raise NotFound
    return document(request, row.text, JSON_TYPE, cache="public, no-cache")
