"""What the pages of measurements show."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.formats import number_format

from touchstone.catalogue.models import Version
from touchstone.catalogue.queries import item_of
from touchstone.core.studies.forecast import HOURS_A_READING
from touchstone.core.studies.study import ESTABLISHED
from touchstone.insights import queries
from touchstone.insights.models import Measurement
from touchstone.insights.queries import OwnRecord
from touchstone.kit.actor import Actor
from touchstone.kit.paging import Page
from touchstone.web.measure import charting, rubric_changes, wording

IN_TABLE = ("agreement.exact", "agreement.adjacent", "kappa.quadratic", "alpha.ordinal")
MOST_ASSESSORS = 5  # in the decision study's table
ROUND_TO = 10  # works, in public: exact counts of few would tell of single works


def of_list(page: Page[Version]) -> list[dict[str, Any]]:
    """Versions with the headline of what was measured."""
    measured = queries.measurements_of(list(page))
    return [{"version": version, **_headline(measured.get(version.id))} for version in page]


def _headline(row: Measurement | None) -> dict[str, Any]:
    if row is None or not row.figures["report"]:
        return {"measured": row}
    report = row.figures["report"]
    return {
        "measured": row,
        "twice": report["works_read_twice"],
        "works": row.figures["promise"]["works"],
        "same": _section_figure(report["decision"], "consistency.all"),
        "broken": row.figures["promise"]["broken"],
        "moved": _moved(report),
    }


def of_version(actor: Actor, version: Version, row: Measurement) -> dict[str, Any]:
    """The whole dashboard of a measured version."""
    figures, report = row.figures, row.figures["report"]
    names = queries.names_in(actor, row)
    context = {
        "version": version,
        "measured": row,
        "established": figures["established"],
        "least": ESTABLISHED,
        "promise": figures["promise"],
        "promise_facts": wording.promise_facts(figures["promise"]),
        "promise_chart": charting.promised(figures["promise"]),
        "forecast": figures["forecast"],
        "weeks": _weeks(figures["forecast"]),
        "forecast_chart": charting.forecasts(figures["forecast"]) if figures["forecast"]["works"] is not None else "",
        "hours_a_reading": HOURS_A_READING,
    }
    if report:
        context |= _scored(actor, version, row, report, names)
    return context


def _scored(
    actor: Actor, version: Version, row: Measurement, report: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    criteria = {criterion.key: criterion for criterion in item_of(version).rubric.criteria}
    sections = [
        {
            "criterion": criteria[section["name"]],
            "rows": list(zip(criteria[section["name"]].levels, section["table"], strict=True)),
            "all": _listed(section),
            "chart": charting.heat(section, criteria[section["name"]]),
        }
        for section in report["criteria"]
    ]
    plans = queries.plans_named(actor, row)
    return {
        "report": report,
        "columns": [wording.NAMES[key] for key in IN_TABLE],
        "agreement": _agreement(report, {key: row.title for key, row in criteria.items()}),
        "sections": sections,
        "decision": _listed(report["decision"]) if report["decision"] else [],
        **_model(report, names),
        **_drift(report, row.periods, names),
        "spread": _spread(report),
        "uncertain": [
            {"plan": plans[one["work"]], "stands": wording.percent(one["stands"])}
            for one in report["least_certain"]
            if one["work"] in plans
        ][:10],
        "why_not": report["why_not"],
    }


def _model(report: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    model = report["model"]
    if not model:
        return {}
    rows = [
        {
            **row,
            "label": names.get(row["name"], row["name"]),
            "said": wording.severity(row),
            "fits": wording.fit(row),
        }
        for row in sorted(model["assessors"], key=lambda row: row["value"])
    ]
    aside = [names.get(code, code) for code in model["set_aside"]]
    groups = [[names.get(code, code) for code in group] for group in model["other_groups"]]
    return {
        "severity_rows": rows,
        "severity_chart": charting.severities(model["assessors"], names),
        "set_aside": aside,
        "other_groups": groups,
        "separation": [_shown(figure) for figure in model["separation"]],
    }


def _drift(report: Mapping[str, Any], periods: Sequence[Sequence[str]], names: Mapping[str, str]) -> dict[str, Any]:
    drift = report["drift"]
    if not drift or not drift["standings"]:
        return {}
    shown = charting.standings_of(drift)
    moved = [
        {
            "label": names.get(shift["assessor"], shift["assessor"]),
            "said": wording.change(shift),
            "since": charting.period_name(periods[shift["later"]]),
        }
        for shift in drift["shifts"]
        if shift["noticeable"]
    ]
    return {
        "drift_chart": charting.drifts(drift, periods, names),
        "period_names": [charting.period_name(period) for period in periods],
        "drift_rows": [
            (names.get(code, code), [standings.get(place) for place in range(len(periods))])
            for code, standings in sorted(shown.items(), key=lambda pair: names.get(pair[0], pair[0]))
        ],
        "moved": moved,
    }


def _spread(report: Mapping[str, Any]) -> list[tuple[int, str]]:
    """Dependability with 1, 2, … assessors on the criteria there are (the decision study)."""
    spread, criteria = report["spread"], len(report["criteria"])
    if not spread:
        return []
    plans = [plan for plan in spread["decision"]["plans"] if plan["sizes"].get("i", criteria) == criteria]
    by_size = sorted((plan["sizes"]["r"], plan["dependability"]) for plan in plans)
    return [(assessors, number_format(value, 2)) for assessors, value in by_size[:MOST_ASSESSORS]]


def _weeks(forecast: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"number": place, "left": left} for place, left in enumerate(forecast["left_after"], start=1)]


def of_statement(version: Version, row: Measurement | None) -> dict[str, Any]:
    """What everybody may know: nothing under ESTABLISHED works, and no exact counts."""
    item = item_of(version)
    context: dict[str, Any] = {"version": version, "item": item, "measured": row, "least": ESTABLISHED}
    context["share"] = wording.percent(float(item.scoring.second_reads))
    if row is None or not row.figures["established"]:
        return context
    report = row.figures["report"]
    titles = {criterion.key: criterion.title for criterion in item.rubric.criteria}
    return context | {
        "established": True,
        "at_least": report["works_read_twice"] // ROUND_TO * ROUND_TO,
        "columns": [wording.NAMES[key] for key in IN_TABLE],
        "sections": _agreement(report, titles),
        "same": _section_figure(report["decision"], "consistency.all"),
        "kept": row.figures["promise"]["is_kept"],
    }


def of_own(records: Sequence[OwnRecord]) -> list[dict[str, Any]]:
    """One assessor's record, item by item."""
    return [
        {
            "record": record,
            "said": wording.severity(record.severity) if record.severity else "",
            "fits": wording.fit(record.severity) if record.severity else "",
            "exact": wording.value_of(record.agreement["exact"]) if record.agreement else "",
            "adjacent": wording.value_of(record.agreement["adjacent"]) if record.agreement else "",
            "standings": [
                (charting.period_name(record.periods[one["period"]]), one["severity"]) for one in record.standings
            ],
            "moved": [wording.change(shift) for shift in record.shifts if shift["noticeable"]],
        }
        for record in records
    ]


def of_validity(version: Version) -> dict[str, Any]:
    """The validity record: what was written down, and what changed since the version before."""
    earlier = queries.earlier_version(version)
    changes = rubric_changes.between(item_of(earlier), item_of(version)) if earlier else []
    return {
        "version": version,
        "item": item_of(version),
        "notes": queries.list_validity_notes(version),
        "earlier": earlier,
        "changes": changes,
    }


def _agreement(report: Mapping[str, Any], titles: Mapping[str, str]) -> list[tuple[str, list[dict[str, Any]]]]:
    """One row a criterion: its title and the figures IN_TABLE."""
    return [(titles[section["name"]], [_figure(section, key) for key in IN_TABLE]) for section in report["criteria"]]


def _listed(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All figures of a section, without the intraclass correlations where nobody read every work."""
    figures = section["figures"]
    return [_shown(one) for one in figures if one["value"] is not None or not one["key"].startswith("icc.")]


def _shown(figure: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": wording.name_of(figure),
        "value": wording.value_of(figure),
        "interval": wording.interval_of(figure),
        "n": figure["n"],
        "why": wording.why_none(figure),
    }


def _figure(section: Mapping[str, Any], key: str) -> dict[str, Any]:
    return _shown(next(figure for figure in section["figures"] if figure["key"] == key))


def _section_figure(section: Mapping[str, Any] | None, key: str) -> dict[str, Any] | None:
    return _figure(section, key) if section else None


def _moved(report: Mapping[str, Any]) -> int:
    return len({shift["assessor"] for shift in (report["drift"] or {"shifts": []})["shifts"] if shift["noticeable"]})
