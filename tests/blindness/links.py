"""Where a page leads: every address in its attributes, headers and JSON, and its forms with what stands in them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from django.conf import settings
from django.http import HttpResponseBase
from lxml import html

_LINK_HEADER = re.compile(r"<([^>]*)>")
_IN_TEXT = re.compile(r"https?://[^\s<>\"']+")
_ADDRESS = re.compile(r"(?:/|\?|\.{1,2}/|https?://)\S*")


@dataclass(frozen=True)
class Form:
    """A form to post: where, and the fields a browser would send with the button named."""

    path: str
    fields: tuple[tuple[str, str], ...]


def ours(address: str, base: str) -> str | None:
    """The path and query of an address on our own origins; None elsewhere."""
    try:
        whole = urlsplit(urldefrag(urljoin(f"{settings.ORIGIN}{base}", address.strip())).url)
    except ValueError:
        return None
    if f"{whole.scheme}://{whole.netloc}" not in {settings.ORIGIN, settings.MEDIA_ORIGIN}:
        return None
    return f"{whole.path}?{whole.query}" if whole.query else whole.path


def from_headers(answer: HttpResponseBase, base: str) -> Iterator[str]:
    for name in ("Location", "Content-Location"):
        if answer.headers.get(name):
            yield from _kept(ours(answer.headers[name], base))
    for address in _LINK_HEADER.findall(answer.headers.get("Link", "")):
        yield from _kept(ours(address, base))


def from_text(text: str) -> Iterator[str]:
    """Addresses in plain text, as in mails."""
    for address in _IN_TEXT.findall(text):
        yield from _kept(ours(address, "/"))


def from_json(text: str, base: str) -> Iterator[str]:
    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for one in value.values():
                yield from strings(one)
        elif isinstance(value, list):
            for one in value:
                yield from strings(one)

    for value in strings(json.loads(text)):
        if value.startswith(("/", settings.ORIGIN, settings.MEDIA_ORIGIN)):
            yield from _kept(ours(value, base))


def from_page(text: str, base: str) -> tuple[set[str], set[Form]]:
    """Addresses to get and forms to post. Any attribute that holds an address counts, whatever it is called."""
    if not text.strip():
        return set(), set()
    page = html.document_fromstring(text)
    addresses: set[str] = set()
    for element in page.iter("*"):
        for name, value in element.attrib.items():
            if name in {"action", "formaction"} and element.tag in {"form", "button", "input"}:
                continue
            for one in value.split(",") if name == "srcset" else (value,):
                if name in {"href", "src", "data", "poster"} or _ADDRESS.fullmatch(one.strip()):
                    addresses.update(_kept(ours(one.split(" ")[0] if name == "srcset" else one, base)))
    posts: set[Form] = set()
    for form in page.forms:
        path = ours(form.action or base, base)
        if path is None:
            continue
        for fields in _fillings(form):
            if (form.method or "GET").upper() == "POST":
                posts.add(Form(path, fields))
            else:
                addresses.add(f"{urlsplit(path).path}?{urlencode(fields)}")
    return addresses, posts


def _fillings(form: html.FormElement) -> Iterator[tuple[tuple[str, str], ...]]:
    """What stands in a form, once for each of its buttons; of a choice with nothing chosen, each choice."""
    standing = tuple((str(name), str(value)) for name, value in form.form_values())
    buttons = [
        (str(one.get("name")), str(one.get("value") or ""))
        for one in form.xpath(".//button[@name]|.//input[@type='submit'][@name]")
    ]
    open_choices = sorted(
        {
            (str(one.name), str(one.get("value") or "on"))
            for one in form.inputs
            if one.get("type") == "radio" and one.name and one.name not in dict(standing)
        }
    )
    yield standing
    for extra in (*buttons, *open_choices):
        yield (*standing, extra)


def _kept(path: str | None) -> Iterator[str]:
    if path is not None:
        yield path
