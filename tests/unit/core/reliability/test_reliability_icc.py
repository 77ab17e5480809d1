"""Intraclass correlations and generalizability: published values, pingouin, and unbiasedness with gaps."""

import numpy as np
import pandas as pd
import pingouin
import pytest

from tests.unit.core.reliability import real_data
from tests.unit.core.reliability.test_reliability_agreement import from_grid
from touchstone.core.reliability.generalizability import (
    P_R,
    P_R_I,
    P_R_T,
    R_IN_P,
    CannotStudy,
    coefficients,
    decision_study,
    study,
    study_ratings,
)
from touchstone.core.reliability.icc import Incomplete, complete_table, intraclass

SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
PUBLISHED = {"1_1": 0.166, "2_1": 0.290, "3_1": 0.715, "1_k": 0.443, "2_k": 0.620, "3_k": 0.909}
# Brennan 2001, synthetic data set no. 4: persons by raters 1-12, four for each of three tasks.
BRENNAN_4 = np.array(
    [
        [5, 6, 5, 5, 5, 3, 4, 5, 6, 7, 3, 3],
        [9, 3, 7, 7, 7, 5, 5, 5, 7, 7, 5, 2],
        [3, 4, 3, 3, 5, 3, 3, 5, 6, 5, 1, 6],
        [7, 5, 5, 3, 3, 1, 4, 3, 5, 3, 3, 5],
        [9, 2, 9, 7, 7, 7, 3, 7, 2, 7, 5, 3],
        [3, 4, 3, 5, 3, 3, 6, 3, 4, 5, 1, 2],
        [7, 3, 7, 7, 7, 5, 5, 7, 5, 5, 5, 4],
        [5, 8, 5, 7, 7, 5, 5, 4, 3, 2, 1, 1],
        [9, 9, 8, 8, 6, 6, 6, 5, 5, 8, 1, 1],
        [4, 4, 4, 3, 3, 5, 6, 5, 5, 7, 1, 1],
    ]
)
# Brennan 2001, synthetic data set no. 3: items 1-4 on occasion 1, then on occasion 2; one line for each person.
BRENNAN_3 = np.array(
    [
        [2, 6, 7, 5, 2, 5, 5, 5],
        [4, 5, 6, 7, 6, 7, 5, 7],
        [5, 5, 4, 6, 5, 4, 5, 5],
        [5, 9, 8, 6, 5, 7, 7, 6],
        [4, 3, 5, 6, 4, 5, 6, 4],
        [4, 4, 4, 7, 6, 4, 7, 8],
        [2, 6, 6, 5, 2, 7, 7, 5],
        [3, 4, 4, 5, 6, 6, 6, 4],
        [0, 5, 4, 5, 5, 5, 5, 3],
        [6, 8, 7, 6, 6, 8, 8, 6],
    ]
)


def test_icc_when_shrout_and_fleiss_1979_then_published_values():
    found = intraclass(SHROUT_FLEISS)
    assert {form: round(found[f"icc.{form}"].value or 0, 3) for form in PUBLISHED} == pytest.approx(
        PUBLISHED, abs=0.0006
    )


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.parametrize("seed", range(6))
def test_icc_when_random_then_values_and_intervals_as_pingouin(seed):
    rng = np.random.default_rng(seed)
    table = np.clip(np.round(rng.normal(2, 1, (12, 1)) + rng.normal(0, 0.7, (12, 4))), 0, 5)
    long = pd.DataFrame(table).melt(ignore_index=False).reset_index()
    theirs = pingouin.intraclass_corr(long, targets="index", raters="variable", ratings="value")
    intervals = theirs[next(name for name in theirs.columns if name.startswith("CI95"))]
    for place, form in enumerate(("1_1", "2_1", "3_1", "1_k", "2_k", "3_k")):
        mine = intraclass(table)[f"icc.{form}"]
        assert mine.value == pytest.approx(theirs["ICC"].iloc[place], abs=1e-9)
        assert (mine.low, mine.high) == pytest.approx(tuple(intervals.iloc[place]), abs=0.0051)


def test_icc_when_nothing_varies_then_undefined_and_when_perfect_then_one():
    assert all(figure.value is None for figure in intraclass(np.ones((5, 3))).values())
    perfect = intraclass(np.array([[0, 0], [1, 1], [2, 2]]))
    assert {figure.value for figure in perfect.values()} == {1.0}
    assert all(figure.low is None for figure in perfect.values())


def test_icc_when_works_do_not_differ_then_undefined_or_not_above_zero():
    for figure in intraclass(np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])).values():
        assert figure.value is None or figure.value <= 0


def test_icc_when_the_table_has_gaps_then_only_whole_works_count_or_refused():
    assert complete_table(from_grid(np.array([[0, 1], [1, 1], [2, -1]]), 3)).tolist() == [[0, 1], [1, 1]]
    with pytest.raises(Incomplete):
        complete_table(from_grid(np.array([[0, -1], [-1, 1], [2, 0]]), 3))
    with pytest.raises(Incomplete):
        intraclass(np.array([[1.0, np.nan], [1.0, 2.0]]))


def test_study_when_brennan_synthetic_4_then_published_components():
    p, rater = np.indices(BRENNAN_4.shape)
    facets = {"p": p.ravel(), "r": (rater % 4).ravel(), "t": (rater // 4).ravel()}
    found = study(BRENNAN_4.ravel(), facets, P_R_T)
    published = {
        ("p",): 0.4731,
        ("t",): 0.3252,
        ("r", "t"): 0.6475,
        ("p", "t"): 0.5596,
        ("p", "r", "t"): 2.3802,
    }
    assert {key: round(value, 4) for key, value in found.components.items()} == published


def test_study_when_brennan_synthetic_3_then_published_components_and_coefficients():
    p, column = np.indices(BRENNAN_3.shape)
    facets = {"p": p.ravel(), "i": (column % 4).ravel(), "r": (column // 4).ravel()}
    found = study(BRENNAN_3.ravel(), facets, P_R_I)
    published = {
        ("p",): 0.5528,
        ("r",): 0.0074,
        ("i",): 0.4417,
        ("p", "r"): 0.1009,
        ("p", "i"): 0.5750,
        ("r", "i"): 0.1565,
        ("p", "r", "i"): 0.9352,
    }
    assert {key: round(value, 4) for key, value in found.components.items()} == published
    assert round(found.generalizability({"r": 2, "i": 4}) or 0, 2) == 0.64
    assert round(found.dependability({"r": 2, "i": 4}) or 0, 2) == 0.55


def test_study_when_balanced_then_p_by_r_is_the_single_assessor_icc():
    p, r = np.indices(SHROUT_FLEISS.shape)
    found = study(SHROUT_FLEISS.ravel(), {"p": p.ravel(), "r": r.ravel()}, P_R)
    icc = intraclass(SHROUT_FLEISS)
    assert found.generalizability({"r": 1}) == pytest.approx(icc["icc.3_1"].value)
    assert found.dependability({"r": 1}) == pytest.approx(icc["icc.2_1"].value)
    assert found.generalizability({"r": 4}) == pytest.approx(icc["icc.3_k"].value)


def test_study_when_raters_are_nested_in_works_then_the_one_way_icc():
    p, r = np.indices(SHROUT_FLEISS.shape)
    found = study(SHROUT_FLEISS.ravel(), {"p": p.ravel(), "r": r.ravel()}, R_IN_P)
    icc = intraclass(SHROUT_FLEISS)
    for k, form in ((1, "icc.1_1"), (4, "icc.1_k")):
        assert found.dependability({"r": k}) == found.generalizability({"r": k})
        assert found.dependability({"r": k}) == pytest.approx(icc[form].value)


def test_study_when_works_differ_less_than_chance_then_component_below_zero_counts_as_zero():
    table = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    p, r = np.indices(table.shape)
    found = study(table.ravel(), {"p": p.ravel(), "r": r.ravel()}, P_R)
    assert found.components[("p",)] < 0
    assert found.errors({"r": 1})[0] == 0
    assert found.dependability({"r": 1}) == 0


def test_study_when_ratings_have_gaps_then_components_are_unbiased():
    rng = np.random.default_rng(11)
    spreads = {"p": 1.0, "r": 0.5, "i": 0.3, "pr": 0.4, "pi": 0.6, "ri": 0.2, "pri": 0.8}
    shape = (60, 12, 4)
    estimates = []
    for _ in range(150):
        values = np.zeros(shape)
        for effect, spread in spreads.items():
            size = tuple(n if facet in effect else 1 for facet, n in zip("pri", shape, strict=True))
            values = values + rng.normal(0, spread**0.5, size)
        seen = np.nonzero(rng.random(shape) < 0.3)
        found = study(values[seen], dict(zip("pri", seen, strict=True)), P_R_I)
        estimates.append(list(found.components.values()))
    mean, error = np.mean(estimates, axis=0), np.std(estimates, axis=0) / np.sqrt(len(estimates))
    truth = np.array([spreads["".join(effect)] for effect in P_R_I.effects])
    assert (np.abs(mean - truth) < 4 * error).all()


def test_study_when_the_design_cannot_be_told_apart_then_refused():
    with pytest.raises(CannotStudy, match="apart"):
        study(np.arange(4.0), {"p": np.arange(4), "r": np.arange(4)}, P_R)
    with pytest.raises(CannotStudy, match="at least two"):
        study(np.arange(4.0), {"p": np.arange(4), "r": np.zeros(4, int)}, P_R)
    with pytest.raises(CannotStudy, match="more than once"):
        study(np.arange(4.0), {"p": np.array([0, 0, 1, 1]), "r": np.array([0, 0, 1, 0])}, P_R)


def test_decision_study_when_more_assessors_then_never_less_dependable():
    found = study_ratings(from_grid(SHROUT_FLEISS, 11))
    values = [plan.dependability for plan in decision_study(found).plans]
    assert values == sorted(values)
    chosen = decision_study(found).enough
    assert chosen is not None
    assert chosen.sizes == {"r": 10}
    assert decision_study(found, most=9).enough is None
    assert decision_study(found).ceiling == pytest.approx(1)


def test_study_when_real_writing_then_two_assessors_suffice_for_three_criteria():
    found = study_ratings(real_data.writing())
    enough = decision_study(found).enough
    assert enough is not None
    assert enough.sizes == {"i": 3, "r": 2}


def test_coefficients_when_asked_twice_then_the_same_interval():
    ratings = from_grid(SHROUT_FLEISS, 11)
    one = coefficients(ratings, {"r": 2})
    assert one == coefficients(ratings, {"r": 2})
    assert one[0].low is not None
    assert one[0].low < one[0].value < one[0].high
