"""Studies: the promise, the forecast, what is measured, and the export that gives it back."""

import datetime as dt
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from touchstone.core.studies import bundle
from touchstone.core.studies.forecast import NegativeCount, forecast
from touchstone.core.studies.promise import WorkRow, check
from touchstone.core.studies.study import ScoreRow, Study, StudyCriterion, as_json, measure, weekly_counts

DAY = dt.date(2026, 3, 2)


def _work(name: str, **facts: object) -> WorkRow:
    row = WorkRow(name, DAY, Fraction(1, 5), "", 1, disagreed=False, waived=False, decided=True)
    return replace(row, **facts)


def _study(works: int = 40, *, reader_c: int = 0) -> Study:
    """Three readers in turn, two a work; the third gives `reader_c` levels less in the second half."""
    rng = random.Random(3)
    criteria = (
        StudyCriterion("clear", "Clear", ("no", "yes"), "yes"),
        StudyCriterion("depth", "Depth", ("low", "middle", "high"), "middle"),
    )
    scores = []
    for number in range(works):
        true = rng.choice([0, 1, 2])
        for read, who in enumerate(("abc"[number % 3], "abc"[(number + 1) % 3]), start=1):
            less = reader_c if who == "c" and number >= works / 2 else 0
            depth = min(2, max(0, true - less + rng.choice([0, 0, 0, 0, -1, 1])))
            day = DAY + dt.timedelta(days=number)
            code = f"w{number:03}"
            clear = "yes" if true or rng.random() < 0.3 else "no"
            scores += [
                ScoreRow(code, who, "clear", clear, read, day),
                ScoreRow(code, who, "depth", ("low", "middle", "high")[depth], read, day),
            ]
    given = tuple(_work(f"w{number:03}", second="lot", readings=2, share=Fraction(1)) for number in range(works))
    as_of = DAY + dt.timedelta(days=works)
    return Study("A title", "3", as_of, criteria, tuple(scores), given, {"a": 2.5, "b": 4.0}, 1, replications=0)


# -- the promise -----------------------------------------------------------------------------------------------------


def test_every_drawn_work_read_twice_then_the_promise_is_kept():
    rows = [_work("1", second="lot", readings=2), _work("2"), _work("3"), _work("4"), _work("5")]
    found = check(rows)
    assert (found.owed, found.kept, found.broken, found.is_kept) == (1, 1, 0, True)
    assert found.promised == pytest.approx(1.0)
    assert found.drawn.exact == Fraction(1, 5)
    assert found.lot_is_fair


@pytest.mark.parametrize(
    ("facts", "broken", "waived"),
    [
        ({"second": "lot", "readings": 1}, 1, 0),
        ({"second": "near_cut", "readings": 1}, 1, 0),
        ({"second": "lot", "readings": 1, "waived": True}, 0, 1),
        ({"second": "lot", "readings": 1, "decided": False}, 0, 0),  # still on its way
        ({"second": "", "readings": 1}, 0, 0),
    ],
)
def test_a_second_reading_that_was_due_then_it_counts_as_broken_unless_waived(facts, broken, waived):
    found = check([_work("1", **facts)])
    assert (found.broken, found.waived) == (broken, waived)


def test_a_lot_that_never_draws_then_it_is_not_fair():
    assert check([_work(str(number), share=Fraction(1, 2)) for number in range(40)]).lot_is_fair is False


def test_nothing_given_out_then_nothing_is_defined():
    found = check([])
    assert (found.drawn.value, found.read_twice.value, found.lot_is_fair) == (None, None, None)


# -- the forecast ----------------------------------------------------------------------------------------------------


def test_a_steady_past_then_the_mean_goes_on_and_the_range_is_that_of_a_poisson_week():
    found = forecast([5] * 12, readings_a_work=1.2, offered=10, waiting=4)
    assert found.works == pytest.approx(60.5 / 12)
    assert (found.low, found.high) == (2, 8)  # quantiles .1 and .9 of a negative binomial (r = 60.5, p = 12/13)
    assert found.readings == pytest.approx(1.2 * 60.5 / 12)
    assert found.enough
    assert found.left_after[0] == pytest.approx(4 + 1.2 * 60.5 / 12 - 10)
    assert found.left_after[1] == 0


def test_too_small_a_pool_then_what_waits_grows_week_by_week():
    found = forecast([10] * 12, readings_a_work=2, offered=5, waiting=0)
    assert found.enough is False
    assert list(found.left_after) == sorted(found.left_after)
    assert found.left_after[3] == pytest.approx(4 * (2 * 120.5 / 12 - 5))


def test_the_range_holds_as_often_as_it_says():
    rng = random.Random(8)

    def week() -> int:
        return sum(rng.random() < 0.06 for _hour in range(100))

    inside = 0
    for _trial in range(400):
        found = forecast([week() for _ in range(12)], readings_a_work=1, offered=0, waiting=0)
        inside += found.low <= week() <= found.high
    assert 0.78 <= inside / 400 <= 0.95  # counts are whole, so the range holds at least as often


def test_no_past_then_no_forecast():
    found = forecast([], readings_a_work=1, offered=3, waiting=2)
    assert (found.works, found.enough, found.hours_needed) == (None, None, None)


def test_a_week_below_nothing_then_refused():
    with pytest.raises(NegativeCount):
        forecast([3, -1], readings_a_work=1, offered=1, waiting=0)


def test_weeks_are_counted_backwards_from_the_day():
    days = [DAY, DAY + dt.timedelta(days=6), DAY + dt.timedelta(days=13), DAY + dt.timedelta(days=14)]
    assert weekly_counts(days, DAY + dt.timedelta(days=14)) == [2, 1]
    assert weekly_counts([], DAY) == []


# -- measuring -------------------------------------------------------------------------------------------------------


def test_rulings_are_no_witnesses():
    study = _study()
    ruling = ScoreRow("w000", "c", "depth", "low", 3, DAY)
    assert measure(replace(study, scores=(*study.scores, ruling))).report == measure(study).report


def test_a_reader_who_changes_then_drift_shows_her_and_nobody_more_severe_besides():
    found = measure(_study(168, reader_c=2))
    assert found.report
    assert found.report.drift
    severe = {row.assessor for row in found.report.drift.shifts if row.noticeable and row.change > 0}
    assert severe == {"c"}


def test_own_parts_compare_each_with_the_others():
    own = measure(_study()).own
    assert set(own) == {"a", "b", "c"}
    assert sum(part.reads for part in own.values()) == 80
    assert all(0 < part.exact.value <= part.adjacent.value for part in own.values())


def test_thirty_works_read_twice_then_established():
    found = measure(_study(30))
    assert found.established
    assert found.report
    assert not replace(found, report=replace(found.report, works_read_twice=29)).established


def test_nothing_scored_then_only_promise_and_forecast():
    found = measure(replace(_study(), scores=()))
    assert found.report is None
    assert found.forecast.works is not None


# -- the export ------------------------------------------------------------------------------------------------------


def test_an_export_read_back_then_every_figure_is_the_same():
    study = _study()
    found = measure(study)
    content = bundle.write(study, found)
    again = bundle.read(content)
    assert again == study
    measured = measure(again)
    assert as_json(measured) == as_json(found)
    assert bundle.write(again, measured) == content


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 not a zip", b"text"])
def test_something_else_then_refused_in_a_sentence(broken: bytes):
    with pytest.raises(bundle.NotAnExport, match="not a whole export"):
        bundle.read(broken)


def test_an_export_cut_anywhere_then_refused():
    study = _study(4)
    content = bundle.write(study, measure(study))
    for size in range(0, len(content), max(1, len(content) // 40)):
        with pytest.raises(bundle.NotAnExport):
            bundle.read(content[:size])
