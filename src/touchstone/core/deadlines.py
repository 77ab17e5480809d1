"""Calendar days and business-day clocks. The time is always passed in."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ONE_DAY = timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
LONGEST_TURNAROUND = 365
JUNETEENTH_SINCE = 2021
FIRST_YEAR = 1986


class DeadlineError(ValueError):
    """A day that cannot be worked out. The message is a plain sentence."""


class TurnaroundOutOfRange(DeadlineError):
    """The promise is not a whole number of business days from 1 to LONGEST_TURNAROUND."""


class NaiveMoment(DeadlineError):
    """The moment carries no time zone, so nobody knows which day it was."""


class UnknownTimeZone(DeadlineError):
    """The name is not a time zone of the IANA database."""


class YearOutOfRange(DeadlineError):
    """The present list of federal holidays does not describe that year."""


def is_business_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday, and not one of `holidays`."""
    return day.weekday() < SATURDAY and day not in holidays


def due_date(received: date, business_days: int, holidays: Collection[date]) -> date:
    """The last day of a promise of so many business days.

    The clock starts on the next business day after `received`, which is day 1. All days are plain
    dates on one calendar, that of the organisation that promises.
    Raises TurnaroundOutOfRange.
    """
    if not 1 <= business_days <= LONGEST_TURNAROUND:
        raise TurnaroundOutOfRange(f"A turnaround is 1 to {LONGEST_TURNAROUND} business days.")
    day = received
    for _ in range(business_days):
        day += ONE_DAY
        while not is_business_day(day, holidays):
            day += ONE_DAY
    return day


def local_date(moment: datetime, time_zone: str) -> date:
    """The calendar day of a moment in an IANA time zone such as “Pacific/Guam”.

    Raises NaiveMoment, UnknownTimeZone.
    """
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise NaiveMoment("This moment has no time zone; give it one first.")
    return moment.astimezone(zone(time_zone)).date()


def zone(time_zone: str) -> ZoneInfo:
    """The IANA time zone of this name. Raises UnknownTimeZone."""
    try:
        return ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as missing:
        raise UnknownTimeZone(f"“{time_zone}” is not a time zone, like “America/Denver”.") from missing


def holidays_from(day: date) -> set[date]:
    """The federal holidays of a day's year and the next: all that a promise made that day can meet."""
    return {*federal_holidays(day.year), *federal_holidays(day.year + 1)}


def federal_holidays(year: int) -> dict[date, str]:
    """The days in a calendar year on which United States federal offices rest, with their names.

    5 U.S.C. 6103(a) names the days. One that falls on a Saturday is kept on the Friday before
    (6103(b)(1)), one that falls on a Sunday on the Monday after (Executive Order 11582, section 3).
    A New Year's Day on a Saturday is therefore kept in the year before. Inauguration Day (6103(c))
    is a holiday in and around the capital only and is left out.
    Years 1986 (first Martin Luther King day) to 9998; raises YearOutOfRange.
    """
    if not FIRST_YEAR <= year < date.max.year:
        raise YearOutOfRange(f"Federal holidays are known from {FIRST_YEAR} to {date.max.year - 1}.")
    named = _named_days(year) | {date(year + 1, 1, 1): "New Year’s Day"}
    observed = {_observed(day): name for day, name in named.items()}
    return {day: name for day, name in sorted(observed.items()) if day.year == year}


def _named_days(year: int) -> dict[date, str]:
    days = {
        date(year, 1, 1): "New Year’s Day",
        _nth(year, 1, MONDAY, 3): "Birthday of Martin Luther King, Jr.",
        _nth(year, 2, MONDAY, 3): "Washington’s Birthday",
        _nth(year, 6, MONDAY, 1) - timedelta(days=7): "Memorial Day",
        date(year, 7, 4): "Independence Day",
        _nth(year, 9, MONDAY, 1): "Labor Day",
        _nth(year, 10, MONDAY, 2): "Columbus Day",
        date(year, 11, 11): "Veterans Day",
        _nth(year, 11, THURSDAY, 4): "Thanksgiving Day",
        date(year, 12, 25): "Christmas Day",
    }
    if year >= JUNETEENTH_SINCE:
        days[date(year, 6, 19)] = "Juneteenth National Independence Day"
    return days


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _observed(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - ONE_DAY
    if day.weekday() == SUNDAY:
        return day + ONE_DAY
    return day
