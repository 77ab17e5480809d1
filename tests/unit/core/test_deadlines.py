"""Business-day clocks: worked cases T1 and T2, published holidays, days in far time zones."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.core.deadlines import (
    LONGEST_TURNAROUND,
    NaiveMoment,
    TurnaroundOutOfRange,
    UnknownTimeZone,
    YearOutOfRange,
    due_date,
    federal_holidays,
    is_business_day,
    local_date,
)


def test_due_date_when_received_on_a_friday_then_the_next_friday_for_five_days() -> None:
    assert due_date(date(2021, 8, 6), 5, holidays=()) == date(2021, 8, 13)


def test_due_date_when_two_holidays_fall_inside_then_they_do_not_count() -> None:
    given_holidays = {date(2026, 6, 19), date(2026, 7, 3)}
    assert due_date(date(2026, 6, 15), 14, given_holidays) == date(2026, 7, 7)
    assert due_date(date(2026, 6, 15), 14, federal_holidays(2026)) == date(2026, 7, 7)


@pytest.mark.parametrize("received", [date(2026, 6, 12), date(2026, 6, 13), date(2026, 6, 14)])
def test_due_date_when_received_on_friday_or_the_weekend_then_monday_is_day_one(received: date) -> None:
    assert due_date(received, 1, holidays=()) == date(2026, 6, 15)


@pytest.mark.parametrize("days", [0, -1, LONGEST_TURNAROUND + 1])
def test_due_date_when_the_promise_is_out_of_range_then_refused(days: int) -> None:
    with pytest.raises(TurnaroundOutOfRange):
        due_date(date(2026, 6, 12), days, holidays=())


@given(
    received=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    days=st.integers(1, 60),
    holidays=st.frozensets(st.dates(date(2000, 1, 1), date(2100, 6, 1)), max_size=9),
)
def test_due_date_when_counted_back_then_exactly_the_promised_days_passed(
    received: date, days: int, holidays: frozenset[date]
) -> None:
    due = due_date(received, days, holidays)
    between = [received + timedelta(n) for n in range(1, (due - received).days + 1)]
    assert sum(is_business_day(day, holidays) for day in between) == days
    assert is_business_day(due, holidays)


# As the Office of Personnel Management lists them for these years.
HOLIDAYS_2026 = "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"
HOLIDAYS_2021 = "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"


@pytest.mark.parametrize(("year", "days"), [(2026, HOLIDAYS_2026), (2021, HOLIDAYS_2021)])
def test_federal_holidays_when_asked_for_a_year_then_the_days_offices_rest(year: int, days: str) -> None:
    assert [day.isoformat()[5:] for day in federal_holidays(year)] == days.split()


def test_federal_holidays_when_new_year_falls_on_a_saturday_then_kept_the_year_before() -> None:
    assert date(2022, 1, 1) not in federal_holidays(2022)
    assert federal_holidays(2021)[date(2021, 12, 31)] == "New Year’s Day"


def test_federal_holidays_when_before_2021_then_no_juneteenth() -> None:
    assert all("Juneteenth" not in name for name in federal_holidays(2020).values())
    with pytest.raises(YearOutOfRange):
        federal_holidays(1985)


@given(year=st.integers(1986, 9998))
def test_federal_holidays_when_any_year_then_all_on_working_weekdays(year: int) -> None:
    days = federal_holidays(year)
    assert all(day.weekday() < 5 and day.year == year for day in days)
    assert 9 <= len(days) <= 12


def test_local_date_when_the_zone_is_far_then_the_day_differs() -> None:
    moment = datetime(2027, 6, 30, 12, 0, tzinfo=UTC)
    assert local_date(moment, "Pacific/Honolulu") == date(2027, 6, 30)
    assert local_date(moment + timedelta(hours=3), "Pacific/Guam") == date(2027, 7, 1)
    assert local_date(datetime(2027, 7, 1, 9, 59, tzinfo=UTC), "Pacific/Honolulu") == date(2027, 6, 30)


def test_local_date_when_the_moment_or_zone_is_unusable_then_a_named_error() -> None:
    with pytest.raises(NaiveMoment):
        local_date(datetime(2027, 6, 30, 12, 0), "Pacific/Guam")
    for bad in ("Pacific/Nowhere", "", "../etc/passwd", "Pacific"):
        with pytest.raises(UnknownTimeZone):
            local_date(datetime(2027, 6, 30, tzinfo=UTC), bad)
