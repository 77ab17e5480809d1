"""Ratings, decisions near the cut, intervals: broken input is named, and tables are counted right."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from touchstone.core.reliability import ratings as module
from touchstone.core.reliability.agreement import proportion
from touchstone.core.reliability.consistency import (
    BadCut,
    Cut,
    NothingDecided,
    decision_consistency,
    decisions,
    reads,
)
from touchstone.core.reliability.distributions import f_quantile, incomplete_beta
from touchstone.core.reliability.figure import Figure
from touchstone.core.reliability.ratings import Rating, collect, from_codes
from touchstone.core.reliability.tables import SeveralCriteria, pair_table, patterns, read_table

LEVELS = {"goal": 3, "plan": 3}


def test_collect_when_an_assessor_rates_twice_then_refused_by_name():
    with pytest.raises(module.RatedTwice, match="“Ann” rated the criterion “goal” of the work “w”"):
        collect([Rating("w", "Ann", "goal", 1), Rating("w", "Ann", "goal", 2)], LEVELS)


@pytest.mark.parametrize("level", [-1, 3])
def test_collect_when_the_level_is_not_on_the_criterion_then_refused(level):
    with pytest.raises(module.LevelOutOfRange, match="goal"):
        collect([Rating("w", "Ann", "goal", level)], LEVELS)


def test_collect_when_nothing_or_unknown_or_one_level_then_refused():
    with pytest.raises(module.NoRatings):
        collect([], LEVELS)
    with pytest.raises(module.UnknownCriterion, match="mood"):
        collect([Rating("w", "Ann", "mood", 0)], LEVELS)
    with pytest.raises(module.BadColumns, match="time zone"):
        collect([Rating("w", "Ann", "goal", 0, datetime(2026, 3, 1))], LEVELS)
    with pytest.raises(module.LevelOutOfRange, match="two levels"):
        collect([Rating("w", "Ann", "goal", 0)], {"goal": 1})


@pytest.mark.parametrize(
    "broken",
    [{"work": [0.5, 0.0]}, {"work": [0, 2]}, {"level": [0]}, {"assessor": [0, -1]}, {"work": [[0, 1]]}],
)
def test_from_codes_when_columns_are_broken_then_refused(broken):
    sound = {"work": [0, 1], "assessor": [0, 0], "criterion": [0, 0], "level": [1, 1]}
    with pytest.raises(module.BadColumns):
        from_codes(**(sound | broken), works=["v", "w"], assessors=["Ann"], levels={"goal": 2})


def test_ratings_when_collected_then_columns_cannot_be_changed():
    found = collect([Rating("w", "Ann", "goal", 1)], LEVELS)
    with pytest.raises(ValueError, match="read-only"):
        found.level[0] = 2


def test_ratings_when_rows_come_in_another_order_then_the_same():
    rows = [Rating(f"w{n % 5}", f"a{n // 5}", "goal", n % 3) for n in range(15)]
    one, other = collect(rows, LEVELS), collect(rows[::-1], LEVELS)
    assert one.works == other.works
    for column in ("work", "assessor", "criterion", "level"):
        assert (getattr(one, column) == getattr(other, column)).all()


def test_figure_when_value_and_reason_contradict_then_refused():
    with pytest.raises(ValueError, match="either"):
        Figure("kappa.none", None, 3, "works")


def test_tables_when_several_criteria_then_refused():
    found = collect([Rating("w", "Ann", "goal", 1)], LEVELS)
    for count in (read_table, patterns):
        with pytest.raises(SeveralCriteria):
            count(found)


def test_read_table_when_times_are_known_then_first_by_time():
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    rows = [Rating("w", "Ann", "goal", 2, noon + timedelta(hours=1)), Rating("w", "Zoe", "goal", 0, noon)]
    assert read_table(collect(rows, {"goal": 3})).tolist() == [[0, 0, 1], [0, 0, 0], [0, 0, 0]]


def test_pair_table_when_the_assessor_is_unknown_then_refused():
    with pytest.raises(module.UnknownAssessor, match="Bob"):
        pair_table(collect([Rating("w", "Ann", "goal", 1)], {"goal": 3}), "Ann", "Bob")


CUT = Cut({"goal": 1, "plan": 2})


@pytest.mark.parametrize(
    ("goal", "plan", "earned", "steps"),
    [(1, 2, True, 1), (2, 2, True, 1), (0, 2, False, 1), (0, 1, False, 2), (0, 0, False, 3)],
)
def test_reads_when_levels_stand_at_the_cut_then_decision_and_distance(goal, plan, earned, steps):
    found = reads(collect([Rating("w", "Ann", "goal", goal), Rating("w", "Ann", "plan", plan)], LEVELS), CUT)
    assert found.earned.tolist() == [earned]
    assert found.steps.tolist() == [steps]


def test_reads_when_a_criterion_is_missing_then_no_decision():
    rows = [Rating("w", "Ann", "goal", 1), Rating("v", "Ann", "goal", 1), Rating("v", "Ann", "plan", 2)]
    assert len(decisions(collect(rows, LEVELS), CUT)) == 1
    with pytest.raises(NothingDecided):
        reads(collect(rows[:1], LEVELS), CUT)


def test_cut_when_it_divides_nothing_then_refused():
    found = collect([Rating("w", "Ann", "goal", 1)], LEVELS)
    with pytest.raises(BadCut):
        Cut({})
    for needed in ({"goal": 0}, {"goal": 3}):
        with pytest.raises(BadCut):
            reads(found, Cut(needed))
    with pytest.raises(module.UnknownCriterion):
        reads(found, Cut({"mood": 1}))


def test_consistency_when_reads_differ_only_near_the_cut_then_told_apart():
    rows = []
    for work, (one, other) in {"a": (2, 0), "b": (1, 0), "c": (0, 0), "d": (1, 1)}.items():
        for name, level in (("Ann", one), ("Zoe", other)):
            rows += [Rating(work, name, "goal", level), Rating(work, name, "plan", 2)]
    all_, near, away = decision_consistency(collect(rows, LEVELS), Cut({"goal": 1}))
    assert (all_.exact, near.exact, near.n, away.exact, away.n) == (Fraction(1, 2), Fraction(2, 3), 3, 0, 1)


@pytest.mark.parametrize(("hits", "n"), [(0, 7), (3, 7), (7, 7), (80, 100)])
def test_wilson_interval_when_any_share_then_as_statsmodels(hits, n):
    figure = proportion("agreement.exact", hits, n)
    assert (figure.low, figure.high) == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-12)


@pytest.mark.parametrize("first", [1, 3, 17.3, 240])
@pytest.mark.parametrize("second", [1, 8, 55.5, 900])
def test_f_quantile_when_any_freedom_then_as_scipy(first, second):
    for probability in (0.025, 0.5, 0.975):
        assert f_quantile(probability, first, second) == pytest.approx(
            stats.f.ppf(probability, first, second), rel=1e-9
        )
    assert incomplete_beta(first, second, 0.3) == pytest.approx(stats.beta.cdf(0.3, first, second), abs=1e-12)


def test_alpha_style_patterns_when_many_levels_then_counted_without_overflow():
    grid = np.random.default_rng(3).integers(0, 40, (30, 4))
    work, assessor = np.indices(grid.shape)
    found = patterns(
        from_codes(
            work=work.ravel(), assessor=assessor.ravel(), criterion=np.zeros(grid.size, int), level=grid.ravel(),
            works=[f"w{n}" for n in range(30)], assessors=list("abcd"), levels={"c": 40},
        )
    )  # fmt: skip
    assert found.works.sum() == 30
    assert (found.levels.sum(axis=1) == 4).all()
