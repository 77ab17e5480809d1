"""Counters: windows, what is kept, and that nobody passes a limit by hurrying."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from tests import builders as b
from tests.concurrency.harness import at_once
from touchstone.kit import rates
from touchstone.kit.jobs import remove_closed_rates
from touchstone.kit.rates import Rate

FIVE = Rate(uses=5, seconds=60)


def rows() -> list[tuple[bytes, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, uses FROM rate")
        return [(bytes(key), uses) for key, uses in cursor.fetchall()]


def used(times: int, who: str = "rosa", what: str = "search") -> rates.Standing:
    for _use in range(times):
        standing = rates.use(what, who, FIVE, now=b.NOW)
    return standing


@pytest.mark.django_db
def test_a_window_takes_what_the_rate_says_and_no_more():
    assert not used(5).exceeds(FIVE)
    assert used(1).exceeds(FIVE)


@pytest.mark.django_db
def test_a_window_closes_by_itself_and_is_not_prolonged_by_more_tries():
    used(9)
    before = b.NOW + timedelta(seconds=59)
    standing = rates.use("search", "rosa", FIVE, now=before)
    assert standing.exceeds(FIVE)
    assert standing.seconds_left(before) == 1
    assert rates.use("search", "rosa", FIVE, now=b.NOW + timedelta(seconds=60)).uses == 1


@pytest.mark.django_db
def test_people_and_purposes_are_counted_apart():
    used(6)
    assert used(1, who="ines").uses == 1
    assert used(1, what="verify").uses == 1


@pytest.mark.django_db
def test_looking_does_not_count_and_a_use_may_be_given_back_or_all_forgotten():
    used(5)
    assert rates.look("search", "rosa", now=b.NOW).uses == 5
    rates.give_back("search", "rosa", now=b.NOW)
    assert rates.look("search", "rosa", now=b.NOW).uses == 4
    rates.forget("search", "rosa")
    assert rates.look("search", "rosa", now=b.NOW).uses == 0
    rates.give_back("search", "rosa", now=b.NOW)
    assert rates.use("search", "rosa", FIVE, now=b.NOW).uses == 1


@pytest.mark.django_db
def test_who_was_counted_cannot_be_read_from_the_table():
    used(1, who="address 203.0.113.9")
    used(1, who="rosa.marchetti@example.org")
    for key, _uses in rows():
        assert len(key) == 16
        assert b"203" not in key
        assert b"rosa" not in key


@pytest.mark.django_db
def test_a_key_without_the_secret_cannot_be_made_again(settings):
    used(1)
    settings.SECRET_KEY = "another secret of another installation"
    used(1)
    assert len(rows()) == 2


@pytest.mark.django_db
def test_closed_windows_are_removed_by_the_job_and_open_ones_stay():
    rates.use("search", "rosa", Rate(5, 1), now=b.NOW)
    rates.use("search", "ines", Rate(5, 3600 * 24 * 365 * 100), now=b.NOW)
    remove_closed_rates(timestamp=0)
    assert [uses for _key, uses in rows()] == [1]


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_are_counted_one_after_the_other():
    outcomes = at_once(30, lambda: rates.use("search", "hurry", FIVE, now=b.NOW))
    assert not outcomes.errors
    assert sum(not row.exceeds(FIVE) for row in outcomes.results) == FIVE.uses
    assert sorted(row.uses for row in outcomes.results) == list(range(1, 31))
    rates.forget("search", "hurry")


@pytest.mark.django_db
def test_names_in_the_cache_hold_no_addresses():
    cache.set("allauth:rl:login:ip:203.0.113.9:rosa@example.org", "1")
    assert cache.get("allauth:rl:login:ip:203.0.113.9:rosa@example.org") == "1"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache WHERE cache_key LIKE '%203.0%' OR cache_key LIKE '%rosa%'")
        assert cursor.fetchone()[0] == 0
