"""The many-facet Rasch model: its own mathematics, recovery of what was simulated, refusals, real ratings."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, optimize

from tests.unit.core.reliability import real_data
from touchstone.core.reliability.rasch import calibration as module
from touchstone.core.reliability.rasch import design
from touchstone.core.reliability.rasch.calibration import calibrate
from touchstone.core.reliability.rasch.derivatives import Slopes, add_block
from touchstone.core.reliability.rasch.fit import fit_of, mean_squares, separation
from touchstone.core.reliability.rasch.levels import drop_unused_levels
from touchstone.core.reliability.rasch.model import Parameters, lay_out, posterior
from touchstone.core.reliability.ratings import Rating, Ratings, collect, from_codes
from touchstone.core.reliability.simulate import random_design, redraw

STEPS = np.array([[-1.5, 0.0, 1.5], [-1.0, 0.2, 1.1], [-1.4, -0.3, 1.4]])
TRUE = Parameters(np.linspace(-1, 1, 8), STEPS, 0.3, 1.2)


def drawn(seed: int = 1, works: int = 150, reads: int = 2, at: Parameters = TRUE) -> Ratings:
    return random_design(np.random.default_rng(seed), works=works, at=at, reads=reads)


def slopes_at(ratings: Ratings, at: Parameters) -> Slopes:
    totals = Slopes.none(at)
    for block in lay_out(ratings, 200):
        add_block(totals, block, at, posterior(block, at))
    totals.finish()
    return totals


def test_slopes_when_compared_with_small_steps_then_slope_and_curvature_agree():
    ratings = drawn(works=40, reads=3)
    away = module._moved(TRUE, np.linspace(-0.2, 0.2, 8 + 9 + 2))
    totals, small = slopes_at(ratings, away), 1e-4
    block = lay_out(ratings, 10_000)[0]
    for place in range(19):
        change = np.zeros(19)
        change[place] = small
        up, down = module._moved(away, change), module._moved(away, -change)
        heights = [posterior(block, near).log_likelihood.sum() for near in (up, down)]
        climb = (heights[0] - heights[1]) / (2 * small)
        assert totals.slope[place] == pytest.approx(climb, abs=2e-3)
        bend = (slopes_at(ratings, down).slope - slopes_at(ratings, up).slope) / (2 * small)
        assert totals.information[place] == pytest.approx(bend, abs=5e-3)


def test_likelihood_when_compared_with_plain_integration_then_equal():
    ratings = collect([Rating("w", f"a{n}", "c", level) for n, level in enumerate((0, 2, 1))], {"c": 3})
    at = Parameters(np.array([-0.5, 0.0, 0.5]), np.array([[-0.7, 0.7]]), 0.4, 1.5)

    def joint(work: float) -> float:
        chance = np.exp(-0.5 * ((work - 0.4) / 1.5) ** 2) / (1.5 * np.sqrt(2 * np.pi))
        for severity, level in zip(at.severity, (0, 2, 1), strict=True):
            logits = np.array([0, work - severity + 0.7, 2 * (work - severity)])
            chance *= np.exp(logits[level]) / np.exp(logits).sum()
        return float(chance)

    plain, _ = integrate.quad(joint, -12, 12)
    assert posterior(lay_out(ratings, 10)[0], at).log_likelihood[0] == pytest.approx(np.log(plain), abs=1e-6)


def test_calibrate_when_compared_with_a_plain_optimiser_then_the_same_estimates():
    ratings = drawn(3, works=40, at=replace(TRUE, severity=np.linspace(-1, 1, 4), steps=STEPS[:2]))
    found = calibrate(ratings)
    grid = np.linspace(-7, 7, 85)

    def misfit(free: np.ndarray) -> float:
        severity = np.append(free[:3], -free[:3].sum())
        steps = free[3:9].reshape(2, 3)
        cumulative = np.concatenate([np.zeros((2, 1)), steps.cumsum(axis=1)], axis=1)
        logits = (grid - severity[ratings.assessor, None])[:, :, None] * np.arange(4)
        logits = logits - cumulative[ratings.criterion][:, None, :]
        log_chance = logits - np.logaddexp.reduce(logits, axis=2, keepdims=True)
        given = np.take_along_axis(log_chance, ratings.level[:, None, None], axis=2)[:, :, 0]
        total = np.zeros((40, len(grid)))
        np.add.at(total, ratings.work, given)
        prior = np.exp(-0.5 * (grid / np.exp(free[9])) ** 2) / np.exp(free[9])
        return -float(np.log((np.exp(total) * prior).sum(axis=1)).sum())

    plain = optimize.minimize(misfit, np.append(np.zeros(9), 0.0), method="BFGS", options={"gtol": 1e-3}).x
    assert [measure.value for measure in found.assessors[:3]] == pytest.approx(plain[:3], abs=2e-3)
    assert found.parameters.steps - found.parameters.mean == pytest.approx(plain[3:9].reshape(2, 3), abs=2e-3)
    assert np.log(found.parameters.sd) == pytest.approx(plain[9], abs=2e-3)


# Law School Admission Test, section 6 (Bock and Lieberman 1970): how many of 1,000 gave each pattern of answers,
# from 00000 to 11111; the five items take the part of the assessors.
LSAT_6 = [
    3,
    6,
    2,
    11,
    1,
    1,
    3,
    4,
    1,
    8,
    0,
    16,
    0,
    3,
    2,
    15,
    10,
    29,
    14,
    81,
    3,
    28,
    15,
    80,
    16,
    56,
    21,
    173,
    11,
    61,
    28,
    298,
]


def test_calibrate_when_lsat_section_6_then_published_estimates():
    """Marginal maximum likelihood, as in Thissen 1982 and Rizopoulos 2006 (J. Stat. Softw. 17(5))."""
    answers = (np.repeat(np.arange(32), LSAT_6)[:, None] >> np.arange(4, -1, -1)) & 1
    work, item = np.indices(answers.shape)
    ratings = from_codes(
        work=work.ravel(),
        assessor=item.ravel(),
        criterion=np.zeros(answers.size, dtype=int),
        level=answers.ravel(),
        works=[str(person) for person in range(1000)],
        assessors=[f"item {number}" for number in range(1, 6)],
        levels={"right": 2},
    )
    found = calibrate(ratings)
    assert found.log_likelihood == pytest.approx(-2466.938, abs=1e-3)
    assert found.parameters.sd == pytest.approx(0.7551, abs=1e-4)
    difficulty = (found.parameters.severity - found.parameters.mean) / found.parameters.sd
    assert difficulty == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=2e-4)


def recovery(replications: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Errors (replications, J), whether the intervals hold the truth, and the largest standard error."""
    misses, held = [], []
    for number in range(replications):
        found = calibrate(drawn(1000 + number))
        estimate = np.array([measure.value for measure in found.assessors])
        misses.append(estimate - TRUE.severity)
        held.append([one.low <= true <= one.high for one, true in zip(found.assessors, TRUE.severity, strict=True)])
    return np.array(misses), np.array(held), np.array([measure.error for measure in found.assessors])


def test_calibrate_when_ratings_are_simulated_then_truth_is_found():
    misses, held, errors = recovery(25)
    assert np.abs(misses.mean(axis=0)).max() < 4 * errors.max() / 5
    assert held.mean() > 0.88
    assert np.sqrt((misses**2).mean()) < 1.3 * errors.mean()


@pytest.mark.long
def test_calibrate_when_simulated_400_times_then_unbiased_and_intervals_hold_95_percent():
    misses, held, errors = recovery(400)
    assert np.abs(misses.mean(axis=0)).max() < 3.5 * errors.max() / np.sqrt(400)
    assert 0.93 <= held.mean() <= 0.97
    assert np.sqrt((misses**2).mean()) == pytest.approx(errors.mean(), rel=0.1)


@pytest.mark.long
def test_calibrate_when_one_work_in_five_is_read_twice_then_intervals_hold_95_percent():
    held, misses = [], []
    for number in range(200):
        ratings, rng = drawn(3000 + number, works=250), np.random.default_rng(number)
        starts = np.flatnonzero(np.append(True, np.diff(ratings.work) != 0))
        first = ratings.assessor == ratings.assessor[starts][ratings.work]
        sparse = ratings.only(first | (rng.random(250) < 0.2)[ratings.work])
        try:
            found = calibrate(sparse)
        except design.Disconnected:
            continue
        held.append([one.low <= true <= one.high for one, true in zip(found.assessors, TRUE.severity, strict=True)])
        misses.append(found.parameters.severity - TRUE.severity)
    assert len(held) > 190
    assert 0.93 <= np.mean(held) <= 0.97
    assert np.abs(np.mean(misses, axis=0)).max() < 0.06


def test_calibrate_when_works_and_assessors_are_renamed_then_the_same_measures():
    rows = drawn(works=60)
    turned = collect(
        [
            Rating(f"{99 - work}", f"{chr(90 - assessor)}", rows.criteria[criterion], int(level))
            for work, assessor, criterion, level in zip(
                rows.work, rows.assessor, rows.criterion, rows.level, strict=True
            )
        ],
        dict(zip(rows.criteria, rows.level_counts, strict=True)),
    )
    one = [measure.value for measure in calibrate(rows).assessors]
    other = [measure.value for measure in calibrate(turned).assessors]
    assert one == pytest.approx(other[::-1], abs=1e-4)


def test_calibrate_when_some_works_have_only_extreme_levels_then_they_are_measured():
    found = calibrate(drawn(5, works=200, at=replace(TRUE, sd=3.0)))
    assert np.isfinite(found.work_values).all()
    assert (found.work_errors > 0).all()


def test_calibrate_when_an_assessor_gives_only_the_highest_level_then_set_aside_by_name():
    ratings = drawn()
    top = ratings.assessor == 3
    lavish = replace(ratings, level=np.where(top, 3, ratings.level))
    found = calibrate(lavish)
    assert found.set_aside == (ratings.assessors[3],)
    assert found.severity(ratings.assessors[3]) is None


def two_islands() -> Ratings:
    one, other = drawn(1, works=40), drawn(2, works=30)
    rows = [
        Rating(f"{name}{work}", f"{name}{assessor}", found.criteria[criterion], int(level))
        for name, found in (("x", one), ("y", other))
        for work, assessor, criterion, level in zip(
            found.work, found.assessor, found.criterion, found.level, strict=True
        )
    ]
    return collect(rows, dict(zip(one.criteria, one.level_counts, strict=True)))


def test_calibrate_when_groups_share_no_work_then_refused_with_the_groups():
    with pytest.raises(design.Disconnected, match="2 groups that share no work: x0, x1") as refused:
        calibrate(two_islands())
    assert [len(group) for group in refused.value.groups] == [8, 8]


def test_calibrate_when_works_were_handed_out_at_random_then_groups_are_compared():
    found = calibrate(two_islands(), works_handed_out_at_random=True)
    assert len(found.assessors) == 16


def test_calibrate_when_one_assessor_or_nobody_varies_then_refused():
    ratings = drawn()
    with pytest.raises(design.OneAssessor):
        calibrate(ratings.only(ratings.assessor == 0))
    with pytest.raises(design.OneAssessor):
        calibrate(replace(ratings, level=np.zeros(len(ratings), dtype=np.int64)))


def test_calibrate_when_assessors_keep_to_their_own_criterion_then_refused():
    ratings = drawn(reads=8)
    with pytest.raises(design.Confounded):
        calibrate(ratings.only((ratings.assessor < 4) == (ratings.criterion == 0)))


def test_calibrate_when_only_single_reads_cross_assessors_and_criteria_then_refused():
    rng = np.random.default_rng(1)
    rows = [Rating(f"w{n}", name, criterion, int(rng.integers(0, 2))) for n in range(40) for name, criterion in
            (("Ann", "goal"), ("Zoe", "plan"))]  # fmt: skip
    rows += [Rating(f"v{n}", "Ann", "plan", int(rng.integers(0, 2))) for n in range(40)]
    with pytest.raises(design.Confounded):
        calibrate(collect(rows, {"goal": 2, "plan": 2}))


def test_calibrate_when_a_level_was_never_given_then_refused_until_dropped():
    ratings = drawn()
    gap = replace(ratings, level=np.where((ratings.level == 1) & (ratings.criterion == 1), 2, ratings.level))
    with pytest.raises(design.LevelNeverUsed, match=r"level 1 .* “criterion 1”"):
        calibrate(gap)
    dropped, changed = drop_unused_levels(gap)
    assert changed == ("criterion 1",)
    assert dropped.level_counts == (4, 3, 4)
    assert np.isfinite(calibrate(dropped).log_likelihood)


def test_calibrate_when_works_do_not_differ_then_refused():
    levels = {"low": (0, 1), "high": (1, 0)}
    rows = [
        Rating(f"w{work}", f"a{assessor}", criterion, pair[(work + assessor) % 2])
        for work in range(20)
        for assessor in range(2)
        for criterion, pair in levels.items()
    ]
    with pytest.raises(design.WorksAlike):
        calibrate(collect(rows, {"low": 2, "high": 2}))


def test_rating_scale_when_criteria_share_their_steps_then_likelihood_never_above_partial_credit():
    ratings = drawn(works=80)
    scale, own = calibrate(ratings, "rating scale"), calibrate(ratings)
    assert scale.log_likelihood < own.log_likelihood
    steps = scale.parameters.steps - scale.parameters.steps.mean(axis=1, keepdims=True)
    assert steps[0] == pytest.approx(steps[1])


def test_mean_squares_when_ratings_follow_the_model_then_near_one():
    rng = np.random.default_rng(4)
    ratings = drawn(works=400, reads=3)
    squares = np.mean([mean_squares(redraw(rng, ratings, TRUE), TRUE).stacked() for _ in range(20)], axis=0)
    assert squares == pytest.approx(np.ones(len(squares)), abs=0.05)


def test_fit_when_one_assessor_guesses_then_noisy_and_the_others_mostly_not():
    ratings = drawn(works=300)
    guesses = np.random.default_rng(2).integers(0, 4, len(ratings))
    found = calibrate(replace(ratings, level=np.where(ratings.assessor == 2, guesses, ratings.level)))
    assessors, _ = fit_of(found, 40)
    assert assessors[2].noisy
    assert assessors[2].infit > 1.3
    assert sum(fit.noisy for fit in assessors) <= 3


def test_separation_when_severities_are_equal_then_low_and_when_they_differ_then_high():
    alike = calibrate(drawn(6, at=replace(TRUE, severity=np.zeros(8))))
    apart = calibrate(drawn(6))
    assert (separation(alike)["reliability.assessors"].value or 0) < 0.6
    assert (separation(apart)["reliability.assessors"].value or 0) > 0.9
    assert 0 < (separation(apart)["reliability.works"].value or 0) < 1


def test_separation_when_measured_then_true_variance_over_observed():
    found = calibrate(drawn(6))
    values = np.array([measure.value for measure in found.assessors])
    errors = np.array([measure.error for measure in found.assessors])
    true = 1 - (errors**2).mean() / values.var(ddof=1)
    assert separation(found)["reliability.assessors"].value == pytest.approx(true)
    assert separation(found)["separation.assessors"].value == pytest.approx(np.sqrt(true / (1 - true)))


@pytest.mark.parametrize(("read", "steps"), [("writing", "partial credit"), ("ten_raters", "rating scale")])
def test_calibrate_when_real_ratings_then_settles_and_works_stand_with_their_levels(read, steps):
    found = calibrate(getattr(real_data, read)(), steps)
    assert abs(sum(measure.value for measure in found.assessors)) < 1e-8
    assert found.set_aside == ()
    ratings = found.ratings
    means = np.bincount(ratings.work, ratings.level) / np.bincount(ratings.work)
    assert np.corrcoef(means, found.work_values)[0, 1] > 0.9


@pytest.mark.long
def test_calibrate_when_nine_raters_and_6877_scripts_then_settles():
    found = calibrate(real_data.nine_raters())
    severities = {measure.name: measure.value for measure in found.assessors}
    assert max(severities, key=severities.__getitem__) == "114.0"
    assert min(severities, key=severities.__getitem__) == "119.0"
