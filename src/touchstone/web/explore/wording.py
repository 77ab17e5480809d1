"""The words in which the pages of the catalogue say what a document holds."""

from dataclasses import dataclass

from django.template.defaultfilters import capfirst, date, floatformat
from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from touchstone.catalogue.models import Version
from touchstone.core.content import Item, base

type Words = str | Promise

GRAINS: dict[str, Words] = {
    "small": gettext_lazy("Small: a practice for one lesson"),
    "medium": gettext_lazy("Medium: a practice over several weeks"),
    "large": gettext_lazy("Large: a practice over a term or more"),
}

FORMS: dict[str, Words] = {
    "document": gettext_lazy("a document"),
    "image": gettext_lazy("a picture"),
    "audio": gettext_lazy("a sound recording"),
    "video": gettext_lazy("a video"),
    "text": gettext_lazy("a text you type here"),
    "link": gettext_lazy("a link"),
}

RESOURCES: dict[str, Words] = {
    "article": gettext_lazy("Article"),
    "guide": gettext_lazy("Guide"),
    "planning_tool": gettext_lazy("Planning tool"),
    "observation_tool": gettext_lazy("Observation tool"),
    "example": gettext_lazy("Example"),
    "student_resource": gettext_lazy("For students"),
    "video": gettext_lazy("Video"),
}


LANGUAGES: dict[str, Words] = {"en": gettext_lazy("English"), "es": gettext_lazy("Spanish")}

# Each in its own language: it speaks to those who read that one.
READ_IN = {"en": "Read in English", "es": "Leer en español"}


@dataclass(frozen=True, slots=True)
class Needed:
    """A line of the passing rule: the criterion, the level it asks for, and whether there is a higher one."""

    criterion: str
    level: str
    is_highest: bool


def needed_levels(item: Item) -> dict[str, str]:
    """Criterion key to the level key the passing rule asks for."""
    return {need.criterion: need.at_least for need in item.passing_rule.all_of}


def passing_rule(item: Item) -> list[Needed]:
    """The passing rule with names for keys, in the rubric's order."""
    needed = needed_levels(item)
    return [
        Needed(
            row.title,
            row.levels[row.rank(needed[row.key])].name,
            row.rank(needed[row.key]) == len(row.levels) - 1,
        )
        for row in item.rubric.criteria
        if row.key in needed
    ]


def key_facts(item: Item) -> list[tuple[str, str]]:
    """What somebody asks before she starts: time, work, waiting."""
    return [
        (_("Your time"), effort(item)),
        (_("You hand in"), work(item)),
        (_("Assessed within"), waiting(item.turnaround)),
    ]


def edition_facts(version: Version, item: Item) -> list[tuple[str, str]]:
    """Which edition this is."""
    return [
        (_("Size"), str(GRAINS[item.grain])),
        (_("Language"), capfirst(language_name(version.language))),
        (_("Version"), str(version.number)),
        (_("Published"), date(version.published_at, "DATE_FORMAT")),
    ]


def effort(item: Item) -> str:
    hours = floatformat(item.estimated_hours)
    return ngettext("About %(hours)s hour", "About %(hours)s hours", int(item.estimated_hours)) % {"hours": hours}


def work(item: Item) -> str:
    answers = sum(len(part.prompts) for part in item.parts)
    pieces = sum(len(part.artifacts) for part in item.parts)
    written = ngettext("%(n)s written answer", "%(n)s written answers", answers) % {"n": answers}
    shown = ngettext("%(n)s kind of evidence", "%(n)s kinds of evidence", pieces) % {"n": pieces}
    return _("%(written)s, %(shown)s") % {"written": written, "shown": shown}


def waiting(days: int) -> str:
    return ngettext("%(n)s business day", "%(n)s business days", days) % {"n": days}


def language_name(code: str) -> str:
    """The name of a language as it stands in a sentence of the reader's, or its code where none is known."""
    if base(code) in LANGUAGES:
        return str(LANGUAGES[base(code)])
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
