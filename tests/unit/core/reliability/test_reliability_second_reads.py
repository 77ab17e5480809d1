"""The table of second reads in the guide is what the simulation gives, on the real ratings."""

import numpy as np
import pytest

from bench import second_reads
from tests.unit.core.reliability import real_data
from touchstone.core.reliability.consistency import Cut


def test_guide_when_the_simulation_is_run_again_then_its_table_is_current():
    found = []
    for scenario in second_reads.SCENARIOS:
        judged = second_reads.judge(scenario.read(), Cut(scenario.needed))
        found.append((scenario.title, int(judged.work.max()) + 1, second_reads.policies(judged)))
    assert second_reads.table(found) in second_reads.GUIDE.read_text(encoding="utf-8")
    plot = second_reads.PLOT.read_text(encoding="utf-8")
    assert all(scenario.title in plot for scenario in second_reads.SCENARIOS)


def test_judged_when_nobody_or_everybody_is_read_twice_then_the_ends_of_the_curve():
    judged = second_reads.judge(real_data.writing(), Cut({"k1": 1}))
    assert judged.weight.sum() == pytest.approx(1)
    assert not np.isnan(judged.stands).any()
    reads = [policy.reads for policy in second_reads.policies(judged)]
    assert reads[0] == 1
    assert max(reads) == reads[-1] <= 3


@pytest.mark.parametrize(
    ("earned", "used", "said", "wrong"),
    [([1, 1, 1, 0], (3,), False, 1.0), ([1, 1, 0, 0], (0,), True, 1.0), ([1, 1, 0], (0,), True, 0.5)],
)
def test_wrong_when_the_others_decide_then_majority_and_a_tie_is_half(earned, used, said, wrong):
    assert second_reads._wrong(np.array(earned, dtype=bool), used, said) == wrong
