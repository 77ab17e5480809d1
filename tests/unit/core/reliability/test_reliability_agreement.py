"""Agreement, kappas and alpha: published values, other people's programs, and what must always hold."""

from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as their_fleiss

from tests.unit.core.reliability import real_data
from touchstone.core.reliability.agreement import BadTable, adjacent_agreement, exact_agreement
from touchstone.core.reliability.alpha import krippendorff_alpha
from touchstone.core.reliability.bootstrap import percentile_interval
from touchstone.core.reliability.kappa import cohen_kappa, fleiss_kappa
from touchstone.core.reliability.ratings import Rating as R
from touchstone.core.reliability.ratings import Ratings, collect, from_codes
from touchstone.core.reliability.tables import pair_table, patterns, read_table

K1 = np.array([[3, 1, 0], [1, 4, 2], [0, 1, 8]])
# Krippendorff 2011, section C-E: four observers, twelve units; 0 stands for a gap.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
]


def from_grid(grid: np.ndarray, levels: int, gap: int = -1) -> Ratings:
    """Ratings from works by assessors."""
    work, assessor = np.nonzero(grid != gap)
    return from_codes(
        work=work,
        assessor=assessor,
        criterion=np.zeros(len(work), dtype=int),
        level=grid[work, assessor],
        works=[f"w{n}" for n in range(grid.shape[0])],
        assessors=[f"a{n}" for n in range(grid.shape[1])],
        levels={"c": levels},
    )


def test_agreement_when_table_k1_then_as_worked_by_hand():
    assert exact_agreement(K1).exact == Fraction(15, 20)
    assert adjacent_agreement(K1).exact == 1
    assert cohen_kappa(K1).exact == Fraction(38, 63)
    assert cohen_kappa(K1, "linear").exact == Fraction(57, 82)
    assert cohen_kappa(K1, "quadratic").exact == Fraction(19, 24)


def test_agreement_when_k1_is_cut_into_decisions_then_as_worked_by_hand():
    decided = np.array([[9, 2], [1, 8]])
    assert exact_agreement(decided).exact == Fraction(17, 20)
    assert cohen_kappa(decided).exact == Fraction(7, 10)


def test_kappa_when_everybody_gives_one_level_then_undefined_and_never_one():
    figure = cohen_kappa(np.array([[10, 0], [0, 0]]))
    assert figure.value is None
    assert "same level" in (figure.why_undefined or "")
    assert figure.at_least(Fraction(0)) is None


def test_kappa_when_one_assessor_never_varies_then_zero():
    assert cohen_kappa(np.array([[5, 0], [5, 0]])).exact == 0


def test_agreement_when_no_work_is_read_twice_then_undefined():
    assert exact_agreement(np.zeros((3, 3), dtype=int)).value is None
    assert cohen_kappa(np.zeros((3, 3), dtype=int)).value is None


def test_threshold_when_sixteen_of_twenty_then_met_exactly_and_fifteen_not():
    threshold = Fraction(80, 100)
    assert exact_agreement(np.array([[16, 4], [0, 0]])).at_least(threshold) is True
    assert exact_agreement(np.array([[15, 5], [0, 0]])).at_least(threshold) is False


def test_kappa_when_cohen_1960_and_1968_then_published_values():
    table = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert round(cohen_kappa(table).value or 0, 3) == 0.492
    assert round(cohen_kappa(table, np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])).value or 0, 3) == 0.348


@pytest.mark.parametrize("table", [[[1, 2]], [[1, -1], [0, 2]], [[0.5, 1], [1, 1]], []])
def test_kappa_when_not_a_table_of_counts_then_refused(table):
    with pytest.raises(BadTable):
        cohen_kappa(np.array(table))


def test_fleiss_kappa_when_fleiss_1971_then_published_value():
    found = patterns(real_data.diagnoses())
    assert round(fleiss_kappa(found).value or 0, 3) == 0.430


def test_fleiss_kappa_when_reads_are_uneven_then_undefined():
    assert fleiss_kappa(patterns(from_grid(np.array([[0, 1, -1], [1, 1, 0]]), 2))).value is None


@pytest.mark.parametrize(("scale", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_when_krippendorff_2011_then_published_value(scale, published):
    found = patterns(from_grid(np.array(KRIPPENDORFF).T - 1, 5))
    figure = krippendorff_alpha(found, scale)
    assert round(figure.value or 0, 3) == published
    assert figure.n == 40


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
)
def test_alpha_when_two_observers_in_krippendorff_2011_then_published_value(one, other, published):
    names = sorted(set(one + other))
    grid = np.array([[names.index(a), names.index(b)] for a, b in zip(one, other, strict=True)])
    figure = krippendorff_alpha(patterns(from_grid(grid, len(names))), "nominal")
    assert round(figure.value or 0, 3) == published


def test_alpha_when_all_one_level_or_nothing_twice_then_undefined():
    assert krippendorff_alpha(patterns(from_grid(np.ones((4, 3), dtype=int), 3)), "ordinal").value is None
    assert krippendorff_alpha(patterns(from_grid(np.array([[1, -1], [-1, 0]]), 3)), "ordinal").value is None


def test_percentile_interval_when_values_are_known_then_the_middle_ninety_five_percent():
    assert percentile_interval(np.arange(1001.0))[:2] == pytest.approx((25, 975))
    assert percentile_interval(np.array([1.0, np.nan]))[:2] == (None, None)


def random_grid(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    true = rng.integers(0, 4, 60)
    grid = np.clip(true[:, None] + rng.integers(-1, 2, (60, 5)), 0, 3)
    grid[rng.random(grid.shape) < rng.uniform(0, 0.6)] = -1
    return grid


@pytest.mark.parametrize("seed", range(20))
def test_alpha_when_random_with_gaps_then_as_krippendorff_package(seed):
    grid = random_grid(seed)
    gaps = np.where(grid < 0, np.nan, grid.astype(float)).T
    for scale in ("nominal", "ordinal", "interval"):
        theirs = krippendorff.alpha(reliability_data=gaps, level_of_measurement=scale)
        assert krippendorff_alpha(patterns(from_grid(grid, 4)), scale).value == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_kappas_when_random_with_gaps_then_as_other_packages(seed):
    grid = random_grid(seed)
    ratings = from_grid(grid, 4)
    both = grid[(grid[:, 0] >= 0) & (grid[:, 1] >= 0), :2]
    table = pair_table(ratings, "a0", "a1")
    for weights, theirs in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
        mine = cohen_kappa(table, weights)
        expected = cohen_kappa_score(both[:, 0], both[:, 1], weights=theirs, labels=range(4))
        assert mine.value == pytest.approx(expected, abs=1e-12)
        reference = cohens_kappa(table, wt=theirs)
        assert mine.low == pytest.approx(max(-1, reference.kappa_low), abs=1e-9)
        assert mine.high == pytest.approx(min(1, reference.kappa_upp), abs=1e-9)


def test_fleiss_kappa_when_random_then_as_statsmodels():
    grid = np.random.default_rng(5).integers(0, 3, (40, 6))
    theirs = their_fleiss(aggregate_raters(grid)[0])
    assert fleiss_kappa(patterns(from_grid(grid, 3))).value == pytest.approx(theirs, abs=1e-12)


GRIDS = (
    st.integers(2, 12)
    .flatmap(
        lambda works: st.lists(st.lists(st.integers(-1, 2), min_size=3, max_size=3), min_size=works, max_size=works)
    )
    .map(np.array)
)


@settings(max_examples=40, deadline=None)
@given(GRIDS, st.randoms(use_true_random=False))
def test_alpha_when_works_and_assessors_change_places_then_same(grid, random):
    if (grid < 0).all():
        return
    works, assessors = list(range(len(grid))), [0, 1, 2]
    random.shuffle(works)
    random.shuffle(assessors)
    moved = grid[works][:, assessors]
    for scale in ("nominal", "ordinal", "interval"):
        assert krippendorff_alpha(patterns(from_grid(grid, 3)), scale) == krippendorff_alpha(
            patterns(from_grid(moved, 3)), scale
        )


TABLES = (
    st.integers(2, 4)
    .flatmap(lambda k: st.lists(st.lists(st.integers(0, 9), min_size=k, max_size=k), min_size=k, max_size=k))
    .map(np.array)
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_kappa_when_any_table_then_bounded_symmetric_and_deaf_to_reversal(table):
    for weights in ("none", "linear", "quadratic"):
        figure = cohen_kappa(table, weights)
        assert cohen_kappa(table.T, weights).exact == figure.exact
        assert cohen_kappa(table[::-1, ::-1], weights).exact == figure.exact
        if figure.exact is not None:
            assert -1 <= figure.exact <= 1
            assert figure.low is None or -1 <= figure.low <= figure.value <= figure.high <= 1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 20), min_size=2, max_size=5))
def test_kappa_when_agreement_is_perfect_then_one_without_a_width(diagonal):
    for weights in ("none", "linear", "quadratic"):
        figure = cohen_kappa(np.diag(diagonal), weights)
        assert figure.exact == 1
        assert figure.low is None


@settings(max_examples=30, deadline=None)
@given(GRIDS, st.permutations([0, 1, 2]))
def test_nominal_figures_when_levels_change_names_then_same(grid, names):
    if (grid < 0).all():
        return
    renamed = np.where(grid < 0, -1, np.array(names)[grid])
    one, other = from_grid(grid, 3), from_grid(renamed, 3)
    assert krippendorff_alpha(patterns(one), "nominal").exact == krippendorff_alpha(patterns(other), "nominal").exact
    assert fleiss_kappa(patterns(one)).exact == fleiss_kappa(patterns(other)).exact
    assert cohen_kappa(read_table(one)).exact == cohen_kappa(read_table(other)).exact


def test_alpha_when_scale_is_ordinal_then_deaf_to_the_direction_of_the_levels():
    grid = random_grid(3)
    turned = np.where(grid < 0, -1, 3 - grid)
    for scale in ("ordinal", "interval"):
        one, other = (krippendorff_alpha(patterns(from_grid(found, 4)), scale) for found in (grid, turned))
        assert one.exact == other.exact


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=2, max_size=20))
def test_alpha_when_agreement_is_perfect_then_one_or_undefined(levels):
    grid = np.repeat(np.array(levels)[:, None], 3, axis=1)
    for scale in ("nominal", "ordinal", "interval"):
        figure = krippendorff_alpha(patterns(from_grid(grid, 3)), scale)
        assert figure.exact == (1 if len(set(levels)) > 1 else None)


def test_read_table_when_a_third_read_settles_then_it_does_not_count():
    rows = [R("w", "a", "c", 0), R("w", "b", "c", 1), R("w", "z", "c", 1), R("v", "b", "c", 1)]
    table = read_table(collect(rows, {"c": 2}))
    assert table.tolist() == [[0, 1], [0, 0]]
