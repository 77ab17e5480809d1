"""Tags and filters of the interface; /styleguide/ shows each with its line to copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Form
from django.http import HttpRequest, QueryDict
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from touchstone.core.content import Item, Stack, base
from touchstone.core.sight import Seen, Sight
from touchstone.kit.paging import Page
from touchstone.people.models import Organisation
from touchstone.web.explore.wording import READ_IN, language_name
from touchstone.web.ui import components
from touchstone.web.ui.hallmark import hallmark_svg
from touchstone.web.ui.icons import icon_svg

register = template.Library()

register.simple_tag(icon_svg, name="icon")


@register.filter
def lookup(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """``{{ levels|lookup:criterion.key }}``: the value under a key, or None."""
    return mapping.get(key) if mapping else None


@register.filter
def assessor_label(seen: Seen) -> str:
    """``{{ who|assessor_label }}``: an assessor as the reader may see her, “Assessor 1” or a code or a name."""
    if seen.sight is Sight.NAME:
        return seen.text
    if seen.sight is Sight.OWN:
        return _("You")
    return _("Assessor {which}").format(which=seen.text) if seen.text else _("An assessor")


@register.simple_tag
def script(name: str) -> SafeString:
    """``{% script "autosave" %}``: one module of static/js."""
    return format_html('<script type="module" src="{}"></script>', static(f"js/{name}.js"))


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, label: str, exact: bool = False) -> SafeString | str:
    """A list item of the navigation, marked when the reader is inside it; nothing when there is no such page."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    return _nav_item(context, url, label, exact)


def _nav_item(context: Context, url: str, label: str, exact: bool) -> SafeString:
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    inside = path.startswith(url) and not exact
    here = ' aria-current="page"' if path == url else ' aria-current="true"' if inside else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, SafeString(here), label)


@register.simple_tag(takes_context=True)
def place_link(context: Context, name: str, place: Organisation, label: str, exact: bool = False) -> SafeString:
    """``{% place_link "members" place label %}``: the same for a page of an organisation."""
    return _nav_item(context, reverse(name, args=[place.slug]), label, exact)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "", role: str = "") -> str:
    """``{% notice "warn" title="…" %}…{% endnotice %}``: kind is info, success, warn, problem or plain."""
    return render_to_string(
        "ui/notice.html",
        {"kind": kind, "icon": components.NOTICE_ICONS[kind], "title": title, "content": content, "role": role},
    )


@register.inclusion_tag("ui/read_in.html")
def read_in(document: Item | Stack) -> dict[str, object]:
    """``{% read_in item %}``: the other languages a document can be read in, and that a translation is one."""
    original = document.languages[0]
    return {
        "reader": get_language(),
        "translated": document.language != original,
        "original": language_name(original),
        "others": [(code, READ_IN.get(base(code), code)) for code in document.languages if code != document.language],
    }


@register.inclusion_tag("ui/messages.html", takes_context=True)
def message_list(context: Context) -> dict[str, object]:
    """Django's messages as notices."""
    rows = [(components.MESSAGE_TONES.get(row.level_tag, "info"), str(row)) for row in context.get("messages") or ()]
    return {"rows": rows}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, help: str = "", optional: bool = True) -> dict[str, object]:
    """``{% field form.name %}``: label, help, errors and widget; ``optional=False`` leaves the remark out."""
    widget = bound.field.widget
    described = [f"{bound.auto_id}_helptext"] if help or bound.help_text else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "help": help or bound.help_text,
        "described": " ".join(described),
        "shape": "hidden"
        if bound.is_hidden
        else "tick"
        if isinstance(widget, CheckboxInput)
        else "group"
        if widget.use_fieldset
        else "plain",
        "optional": optional and not bound.field.required,
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: Form) -> dict[str, object]:
    """``{% error_summary form %}``: what to mend, each with a link to its field; nothing when all is well."""
    rows = [(bound, error) for bound in form if bound.errors for error in bound.errors]
    return {"rows": rows, "general": form.non_field_errors(), "count": len(rows) + len(form.non_field_errors())}


@register.inclusion_tag("ui/chip.html")
def chip(state: str, label: str = "") -> dict[str, object]:
    """``{% chip attempt.state %}``: a state with icon and word; ``label`` replaces the word."""
    shown = components.CHIPS.get(str(state)) or components.Chip("plain", "dash", str(state))
    return {"chip": shown, "label": label or shown.label}


@register.inclusion_tag("ui/steps.html")
def steps(labels: Sequence[str], current: int, notes: Sequence[str] = ()) -> dict[str, object]:
    """``{% steps labels current=2 %}``: a way of numbered steps, counted from 0."""
    return {"steps": components.way(labels, current, notes)}


@register.inclusion_tag("ui/steps.html")
def loop(state: str = "") -> dict[str, object]:
    """``{% loop attempt.state %}``: choose, collect, submit, assessed, earned."""
    return {"steps": components.loop(str(state))}


@register.inclusion_tag("ui/rubric.html")
def rubric(
    rubric: object, passing: Mapping[str, str] | None = None, chosen: Mapping[str, str] | None = None
) -> dict[str, object]:
    """``{% rubric item.rubric passing=needed chosen=levels %}``: mappings of criterion key to level key."""
    return {"rubric": rubric, "passing": passing or {}, "chosen": chosen}


@register.inclusion_tag("ui/rubric_scoring.html")
def rubric_scoring(
    rubric: object,
    chosen: Mapping[str, str] | None = None,
    comments: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
    passing: Mapping[str, str] | None = None,
    revisions: Mapping[str, object] | None = None,
    saving: bool = False,
    with_comments: bool = True,
) -> dict[str, object]:
    """``{% rubric_scoring rubric chosen=… comments=… %}`` inside a form: radios ``level-<criterion>`` and text
    fields ``comment-<criterion>``, each with its revision beside it in a hidden ``revision-<name>`` (``revisions`` maps
    these names to them); criteria carried forward are shown, not asked.
    """
    return {
        "rubric": rubric,
        "chosen": chosen or {},
        "comments": comments or {},
        "carried": carried or {},
        "passing": passing or {},
        "revisions": revisions or {},
        "saving": saving,
        "with_comments": with_comments,
    }


@register.simple_tag
def hallmark(
    slug: str, issuer: str, topics: Sequence[str] = (), size: int = 96, stack: bool = False, title: str = ""
) -> SafeString:
    """``{% hallmark item.slug issuer.slug topics size=96 %}``: decorative unless a ``title`` names it."""
    return SafeString(hallmark_svg(slug, issuer, topics, size=size, stack=stack, title=title))


@register.inclusion_tag("ui/file_row.html", takes_context=True)
def file_row(
    context: Context,
    name: str,
    size: int | None = None,
    media_type: str = "",
    url: str = "",
    removed: Sequence[object] = (),
    remarks: Sequence[object] = (),
    remove_url: str = "",
    id: str = "",
) -> dict[str, object]:
    """``{% file_row name=… size=… media_type=… url=… removed=… remarks=… %}``: findings have ``what`` and ``value``."""
    return {
        "name": name,
        "size": size,
        "icon": components.file_icon(media_type),
        "url": url,
        "removed": removed,
        "remarks": remarks,
        "remove_url": remove_url,
        "csrf_token": context.get("csrf_token"),
        "id": id,
    }


@register.inclusion_tag("ui/drop_zone.html")
def drop_zone(
    name: str = "file", label: str = "", help: str = "", accept: str = "", multiple: bool = True, id: str = ""
) -> dict[str, object]:
    """``{% drop_zone name="file" %}`` inside ``<form enctype="multipart/form-data" data-upload="#list">``."""
    return {
        "name": name,
        "label": label,
        "help": help,
        "accept": accept,
        "multiple": multiple,
        "id": id or f"id_{name}",
    }


@register.inclusion_tag("ui/word_counter.html")
def word_counter(field_id: str, minimum: int, maximum: int, count: int = 0) -> dict[str, object]:
    """``{% word_counter field_id=… minimum=100 maximum=250 count=n %}``: live with ``{% script "words" %}``."""
    return {
        "field_id": field_id,
        "minimum": minimum,
        "maximum": maximum,
        "count": count,
        "outside": not minimum <= count <= maximum,
    }


@register.inclusion_tag("ui/saved_indicator.html")
def saved_indicator(field_id: str = "", saved_at: str = "") -> dict[str, object]:
    """``{% saved_indicator field_id=… saved_at="10:42" %}``: for one field, or without field_id for the form."""
    return {"field_id": field_id, "saved_at": saved_at}


@register.inclusion_tag("ui/empty.html")
def empty(title: str, sentence: str = "", url: str = "", action: str = "") -> dict[str, object]:
    """``{% empty "Nothing here yet" "What to do." url=… action="Explore" %}``."""
    return {"title": title, "sentence": sentence, "url": url, "action": action}


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], label: str = "") -> dict[str, object]:
    """``{% pager page %}``: the way to the rows behind this page (kit.paging), keeping search and filters."""
    request: HttpRequest | None = context.get("request")
    if not page.after:
        return {"query": ""}
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query["after"] = page.after
    return {"query": query.urlencode(), "label": label}


@register.inclusion_tag("ui/facts.html")
def facts(pairs: Sequence[tuple[str, object]], shape: str = "") -> dict[str, object]:
    """``{% facts pairs "across" %}``: names and values; shape is "", "beside" or "across"."""
    return {"pairs": pairs, "shape": shape}


@register.inclusion_tag("ui/timeline.html")
def timeline(entries: Sequence[object]) -> dict[str, object]:
    """``{% timeline entries %}``: each has ``title`` and may have ``at``, ``text``, ``url``, ``current``."""
    return {"entries": entries}


@register.inclusion_tag("ui/checks.html")
def verification_steps(steps: Sequence[object]) -> dict[str, object]:
    """``{% verification_steps report.steps %}``: each has ``name``, ``result`` and ``sentence``."""
    return {"steps": steps}


@register.inclusion_tag("ui/copy_box.html")
def copy_box(value: str, label: str, id: str = "copy") -> dict[str, object]:
    """``{% copy_box link "Link to this award" id="link" %}``: with ``{% script "copy" %}`` a button copies it."""
    return {"value": value, "label": label, "id": id}
