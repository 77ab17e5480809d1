"""Figures in the reader's language. The JSON keys are those of core.reliability and core.studies."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

SHARES = ("agreement.exact", "agreement.adjacent", "consistency.all", "consistency.near", "consistency.away")
NAMES = {
    "agreement.exact": gettext_lazy("Same level"),
    "agreement.adjacent": gettext_lazy("Same level or the next"),
    "kappa.none": gettext_lazy("Cohen’s kappa"),
    "kappa.linear": gettext_lazy("Kappa, linear weights"),
    "kappa.quadratic": gettext_lazy("Kappa, quadratic weights"),
    "kappa.fleiss": gettext_lazy("Fleiss’ kappa"),
    "alpha.nominal": gettext_lazy("Krippendorff’s alpha, nominal"),
    "alpha.ordinal": gettext_lazy("Krippendorff’s alpha, ordinal"),
    "alpha.interval": gettext_lazy("Krippendorff’s alpha, interval"),
    "consistency.all": gettext_lazy("Same decision"),
    "consistency.near": gettext_lazy("Same decision, one step from the line"),
    "consistency.away": gettext_lazy("Same decision, further away"),
    "icc.1_1": "ICC(1,1)",
    "icc.2_1": "ICC(2,1)",
    "icc.3_1": "ICC(3,1)",
    "icc.1_k": "ICC(1,k)",
    "icc.2_k": "ICC(2,k)",
    "icc.3_k": "ICC(3,k)",
    "g.relative": gettext_lazy("Generalizability, one assessor"),
    "g.absolute": gettext_lazy("Dependability, one assessor"),
    "reliability.assessors": gettext_lazy("Reliability of differences between assessors"),
    "reliability.criteria": gettext_lazy("Reliability of differences between criteria"),
    "reliability.works": gettext_lazy("Reliability of differences between works"),
    "separation.assessors": gettext_lazy("Separation of assessors"),
    "separation.criteria": gettext_lazy("Separation of criteria"),
    "separation.works": gettext_lazy("Separation of works"),
}


def percent(value: float, places: int = 0) -> str:
    return _("%(number)s %%") % {"number": number_format(100 * value, places)}


def value_of(figure: Mapping[str, Any]) -> str:
    """The value alone, or a dash: what is not defined is never shown as a number."""
    if figure["value"] is None:
        return "–"
    return _said(figure["value"], figure)


def interval_of(figure: Mapping[str, Any]) -> str:
    if figure["value"] is None or figure["low"] is None or figure["high"] is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": _said(figure["low"], figure), "high": _said(figure["high"], figure)}


def _said(value: float, figure: Mapping[str, Any]) -> str:
    key = figure.get("key", "agreement.exact")
    return percent(value) if key in SHARES else number_format(value, 2)


def name_of(figure: Mapping[str, Any]) -> str:
    return str(NAMES.get(figure["key"], figure["key"]))


def why_none(figure: Mapping[str, Any]) -> str:
    """Why there is no value; the sentences of the core are in English."""
    return figure["why_undefined"] or ""


def severity(row: Mapping[str, Any]) -> str:
    """Whether an assessor is more severe than the average one, as far as the interval tells."""
    if row["low"] > 0:
        return _("more severe than the average assessor")
    if row["high"] < 0:
        return _("more lenient than the average assessor")
    return _("not to be told from the average assessor")


def fit(row: Mapping[str, Any]) -> str:
    if not row["fit"]:
        return ""
    if row["fit"]["noisy"]:
        return _("levels surprise more often than chance explains: look at some together")
    if row["fit"]["muted"]:
        return _("levels vary less than expected: few levels may be in use")
    return _("levels vary as expected")


def change(shift: Mapping[str, Any]) -> str:
    """A noticeable change of severity between two periods."""
    facts = {"change": number_format(abs(shift["change"]), 1)}
    if shift["change"] > 0:
        return _("%(change)s logits more severe than before") % facts
    return _("%(change)s logits more lenient than before") % facts


def works(count: int) -> str:
    return ngettext("%(count)s work", "%(count)s works", count) % {"count": number_format(count)}


def hours(value: float | None) -> str:
    if value is None:
        return "–"
    return _("%(number)s h") % {"number": number_format(value, 1)}


def promise_facts(promise: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was promised and what was done, in counts."""
    facts = [
        (_("Works given out"), promise["works"]),
        (_("Promised by lot, as the shares add up"), number_format(promise["promised"], 1)),
        (_("Drawn by lot"), _counted(promise["drawn"])),
        (_("Added one step from the line"), promise["near_cut"]),
        (_("Added by a scoring leader"), promise["advice"]),
        (_("Decided works that were due a second reading"), promise["owed"]),
        (_("Of these, read twice"), promise["kept"]),
        (_("Waived in writing"), promise["waived"]),
        (_("Missing"), promise["broken"]),
        (_("Read twice that needed a ruling"), value_of(promise["rulings"])),
    ]
    return [(name, str(value)) for name, value in facts]


def _counted(figure: Mapping[str, Any]) -> int:
    count: int = round((figure["value"] or 0) * figure["n"])
    return count
