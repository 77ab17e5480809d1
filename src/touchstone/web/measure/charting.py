"""Charts of one measurement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from touchstone.core.rubric import Criterion
from touchstone.core.studies.forecast import WEEKS_AHEAD
from touchstone.web.charts import Bar, Line, Whisker, bars, caterpillar, heat_map, lines
from touchstone.web.measure import wording


def heat(section: Mapping[str, Any], criterion: Criterion) -> SafeString:
    title = _("First and second readings of %(criterion)s, how often each pair of levels was given") % {
        "criterion": criterion.title
    }
    levels = [level.name for level in criterion.levels]
    return heat_map(section["table"], levels, title, axis=_("Second reading →"))


def severities(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> SafeString:
    """Assessors from the most lenient to the most severe."""
    drawn = [
        Whisker(
            names.get(row["name"], row["name"]),
            row["value"],
            row["low"],
            row["high"],
            marked=row["low"] > 0 or row["high"] < 0,
        )
        for row in sorted(rows, key=lambda row: row["value"])
    ]
    title = _("Severity of each assessor with its interval, in logits")
    return caterpillar(drawn, title, left=_("more lenient"), right=_("more severe"))


def drifts(drift: Mapping[str, Any], periods: Sequence[Sequence[str]], names: Mapping[str, str]) -> SafeString:
    moved = {shift["assessor"] for shift in drift["shifts"] if shift["noticeable"]}
    drawn = [
        Line(names.get(code, code), [standings.get(place) for place in range(len(periods))], marked=code in moved)
        for code, standings in standings_of(drift).items()
    ]
    title = _("Severity of each assessor in each period, in logits; upwards is more severe")
    return lines(drawn, [period_name(period) for period in periods], title)


def standings_of(drift: Mapping[str, Any]) -> dict[str, dict[int, float]]:
    """Assessor's code -> period -> severity."""
    found: dict[str, dict[int, float]] = {}
    for row in drift["standings"]:
        found.setdefault(row["assessor"], {})[row["period"]] = row["severity"]
    return found


def period_name(period: Sequence[str]) -> str:
    """The day a period begins, short."""
    return date_format(date.fromisoformat(period[0]), "j M")


def promised(promise: Mapping[str, Any]) -> SafeString:
    count = max(1, promise["works"])
    share, drawn, twice = promise["promised"] / count, promise["drawn"], promise["read_twice"]
    rows = [
        Bar(_("Promised"), share, wording.percent(share)),
        Bar(_("Drawn by lot"), drawn["value"] or 0, wording.value_of(drawn), drawn["low"], drawn["high"]),
        Bar(_("Read twice"), twice["value"] or 0, wording.value_of(twice), marked=True),
    ]
    return bars(rows, _("Share of works with a second reading: promised, drawn by lot, and read"))


def forecasts(forecast: Mapping[str, Any]) -> SafeString:
    """Hours to read, week by week, against the hours the pool offers."""
    each, offered = forecast["hours_needed"] or 0.0, forecast["hours_offered"]
    high = each * (forecast["readings_high"] or 0.0) / (forecast["readings"] or 1.0)
    rows = [
        Bar(_("Week %(number)s") % {"number": week + 1}, each, wording.hours(each), low=each, high=high)
        for week in range(WEEKS_AHEAD)
    ]
    said = _("the pool offers %(hours)s") % {"hours": wording.hours(offered)}
    return bars(rows, _("Hours of reading expected in each of the next four weeks"), limit=offered, limit_said=said)
