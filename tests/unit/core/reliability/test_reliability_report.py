"""Advice, drift and the whole report: what they promise on simulated ratings, and that nothing breaks them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.unit.core.reliability import real_data
from touchstone.core.reliability.advice import advise, pass_curve
from touchstone.core.reliability.consistency import Cut, reads
from touchstone.core.reliability.drift import NoTimes, drift
from touchstone.core.reliability.figure import Figure
from touchstone.core.reliability.kappa import cohen_kappa
from touchstone.core.reliability.rasch.calibration import calibrate
from touchstone.core.reliability.rasch.model import Parameters
from touchstone.core.reliability.ratings import Rating, Ratings, UnknownAssessor, UnknownCriterion, collect, day_of
from touchstone.core.reliability.readings import reading, severity_reading
from touchstone.core.reliability.report import report
from touchstone.core.reliability.simulate import draw_levels, random_design

STEPS = np.array([[-1.5, 0.0, 1.5], [-1.0, 0.2, 1.1], [-1.4, -0.3, 1.4]])
TRUE = Parameters(np.linspace(-1, 1, 8), STEPS, 0.3, 1.2)
CUT = Cut({"criterion 0": 2, "criterion 2": 2})


def drawn(seed: int = 1, works: int = 150, reads_: int = 2, at: Parameters = TRUE) -> Ratings:
    return random_design(np.random.default_rng(seed), works=works, at=at, reads=reads_)


def first_decisions(ratings: Ratings) -> dict[str, bool]:
    found = reads(ratings, CUT)
    return {ratings.works[work]: bool(said) for work, said in zip(found.work, found.earned, strict=True)}


def test_advice_when_works_follow_the_model_then_its_chances_come_true():
    found = calibrate(drawn(works=600))
    names = {name: int(name.split()[-1]) for name in found.ratings.assessors}
    rng = np.random.default_rng(9)
    stands = rng.normal(TRUE.mean, TRUE.sd, 3000)
    reader = rng.integers(0, 8, 3000)
    work, assessor = np.repeat(np.arange(3000), 3), np.repeat(reader, 3)
    level = draw_levels(rng, TRUE, stands, work, assessor, np.tile(np.arange(3), 3000))
    rows = collect(
        [
            Rating(f"new {one}", f"assessor {two}", f"criterion {n % 3}", int(three))
            for n, (one, two, three) in enumerate(zip(work, assessor, level, strict=True))
        ],
        dict.fromkeys(("criterion 0", "criterion 1", "criterion 2"), 4),
    )
    advice = advise(found, rows, CUT, first_decisions(rows))
    exact = replace(found, parameters=replace(TRUE, severity=TRUE.severity[list(names.values())]))
    truth = dict(zip((f"new {n}" for n in range(3000)), pass_curve(exact, CUT, stands) > 0.5, strict=True))
    said = np.array([one.chance_earned for one in advice])
    came = np.array([truth[one.work] for one in advice], dtype=float)
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        inside = (said >= low) & (said < high)
        assert said[inside].mean() == pytest.approx(came[inside].mean(), abs=0.08)
    stood = np.array([one.stands for one in advice])
    assert (np.diff(stood) >= 0).all()
    unsure, sure = (came != (said > 0.5))[:500].mean(), (came != (said > 0.5))[-500:].mean()
    assert unsure > sure


def test_advice_when_the_same_levels_come_from_a_lenient_assessor_then_earned_is_less_certain():
    found = calibrate(drawn(works=400))
    rows = [
        Rating(f"read by {name}", name, f"criterion {n}", 2) for name in ("assessor 0", "assessor 7") for n in range(3)
    ]
    ratings = collect(rows, dict.fromkeys(("criterion 0", "criterion 1", "criterion 2"), 4))
    chance = {one.work: one.chance_earned for one in advise(found, ratings, CUT, first_decisions(ratings))}
    assert chance["read by assessor 0"] < chance["read by assessor 7"]


def test_advice_when_an_assessor_or_criterion_is_unknown_then_refused():
    found = calibrate(drawn())
    with pytest.raises(UnknownAssessor, match="Eve"):
        advise(found, collect([Rating("w", "Eve", "criterion 0", 1)], {"criterion 0": 4}), CUT, {"w": False})
    with pytest.raises(UnknownCriterion):
        advise(found, found.ratings, Cut({"mood": 1}), {})


def two_periods(change: float) -> Ratings:
    """Three hundred works on each of two days; assessor 4 changes between them."""
    later = replace(TRUE, severity=TRUE.severity + change * np.eye(8)[4])
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    rows = []
    for period, at in enumerate((TRUE, later)):
        found = drawn(20 + period, works=300, at=at)
        rows += [
            Rating(
                f"{period} {work}", found.assessors[assessor], found.criteria[criterion], int(level),
                noon + timedelta(days=period),
            )
            for work, assessor, criterion, level in zip(
                found.work, found.assessor, found.criterion, found.level, strict=True
            )
        ]  # fmt: skip
    return collect(rows, dict(zip(found.criteria, found.level_counts, strict=True)))


BORDER = day_of(datetime(2026, 3, 2, tzinfo=UTC))


def test_drift_when_one_assessor_turns_severe_then_she_is_named_and_nobody_else():
    found = drift(two_periods(1.5), (BORDER,), "partial credit")
    assert [shift.assessor for shift in found.shifts if shift.noticeable] == ["assessor 4"]
    turned = next(shift for shift in found.shifts if shift.noticeable)
    assert turned.low < 1.5 * 7 / 8 < turned.high
    assert found.unmeasured == ()
    by_period = [one.severity for one in found.standings if one.assessor == "assessor 4"]
    assert by_period[1] - by_period[0] == pytest.approx(turned.change, abs=1e-6)


def test_drift_when_eight_shifts_are_looked_at_together_then_intervals_are_wide_enough_for_all():
    found = drift(two_periods(0), (BORDER,), "partial credit")
    for shift in found.shifts:
        single = [(one.high - one.low) / 2 for one in found.standings if one.assessor == shift.assessor]
        assert (shift.high - shift.low) / 2 == pytest.approx(np.hypot(*single) * 2.7344 / 1.9600, rel=1e-3)


def test_drift_when_nobody_changes_then_nobody_is_named():
    assert not any(shift.noticeable for shift in drift(two_periods(0), (BORDER,), "partial credit").shifts)


def test_drift_when_times_are_missing_or_a_period_is_empty_then_told():
    with pytest.raises(NoTimes):
        drift(drawn(), (BORDER,))
    found = drift(two_periods(0), (BORDER, BORDER + 10))
    assert found.unmeasured == ((2, "Nothing was rated in this period."),)


def test_report_when_ratings_are_simulated_then_every_part_and_json():
    found = report(two_periods(1.5), CUT, borders=(BORDER,), replications=5)
    assert found.why_not == {}
    assert found.decision is not None
    assert found.model is not None
    assert len(found.criteria) == 3
    text = json.dumps(found.as_json(), allow_nan=False)
    assert json.loads(text)["works_read_twice"] == 600
    assert all(figure["reading"] for figure in found.as_json()["decision"]["figures"])
    assert [shift["assessor"] for shift in json.loads(text)["drift"]["shifts"] if shift["noticeable"]] == ["assessor 4"]


def test_report_when_a_single_assessor_read_everything_then_nothing_is_invented():
    rows = [Rating(f"w{n}", "Ann", "goal", n % 3) for n in range(12)]
    found = report(collect(rows, {"goal": 3}), Cut({"goal": 1}))
    assert all(figure.value is None for figure in found.criteria[0].figures)
    assert set(found.why_not) == {"drift", "model", "spread"}
    assert "two assessors" in found.why_not["model"]
    json.dumps(found.as_json(), allow_nan=False)


def test_report_when_groups_share_no_work_then_the_largest_is_measured_and_the_others_named():
    one, other = drawn(1, works=80), drawn(2, works=20, at=replace(TRUE, severity=np.zeros(3)))
    rows = [
        Rating(f"{mark}{work}", f"{mark}{assessor}", found.criteria[criterion], int(level))
        for mark, found in (("x", one), ("y", other))
        for work, assessor, criterion, level in zip(
            found.work, found.assessor, found.criterion, found.level, strict=True
        )
    ]
    found = report(collect(rows, dict.fromkeys(one.criteria, 4)), CUT, replications=0)
    assert found.model is not None
    assert found.model.other_groups == (("y0", "y1", "y2"),)
    assert len(found.model.assessors) == 8


def test_report_when_one_level_only_then_undefined_everywhere():
    rows = [Rating(f"w{n}", name, "goal", 1) for n in range(5) for name in ("Ann", "Zoe")]
    found = report(collect(rows, {"goal": 3}))
    values = {figure.key: figure.value for figure in found.criteria[0].figures}
    assert values.pop("agreement.exact") == values.pop("agreement.adjacent") == 1
    assert set(values.values()) == {None}


def test_report_when_real_writing_then_all_parts_and_a_hard_to_please_assessor():
    found = report(real_data.writing(), Cut({"k1": 1, "k5": 1}), replications=5)
    assert set(found.why_not) == {"drift"}
    assert found.model is not None
    assert max(found.model.assessors, key=lambda line: line.value).name == "db01"
    assert found.least_certain[0].stands <= found.least_certain[-1].stands
    assert found.spread is not None
    assert {figure.key for figure in found.spread.figures} == {"g.relative", "g.absolute"}


def test_reading_when_a_figure_has_no_value_then_says_why():
    assert reading(cohen_kappa(np.zeros((2, 2), dtype=int))) == "Not defined: No work was read by two assessors yet."
    sentence = reading(Figure("agreement.exact", 0.75, 20, "works", 0.53, 0.89, "Wilson 1927"))
    assert sentence == (
        "Two assessors gave the same level in 75.0 % of 20 works read twice; 95% interval 53.0 % to 89.0 %."
    )


@pytest.mark.parametrize(
    ("low", "high", "word"), [(0.1, 0.5, "more severe"), (-0.5, -0.1, "more lenient"), (-0.1, 0.1, "cannot be told")]
)
def test_severity_reading_when_interval_then_claims_no_more(low, high, word):
    assert word in severity_reading("Ann", low, high)
