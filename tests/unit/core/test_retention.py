"""How long what is kept: a state's own rule first, days of February included, nothing without a rule."""

import datetime as dt

import pytest

from touchstone.core.retention import NoRule, Record, Rule, kept_until, rule_for

TODAY = dt.date(2026, 9, 7)


def test_rule_for_when_the_state_has_its_own_then_that_one():
    rule = rule_for(Record.ACTIVITY, "TX", on=TODAY)
    assert (rule.years, rule.jurisdiction) == (7, "TX")
    assert "232.21(c)" in rule.source
    assert rule_for(Record.ACTIVITY, "CO", on=TODAY).jurisdiction == ""


def test_rule_for_when_a_newer_one_is_not_in_force_yet_then_the_old_one():
    old = Rule(Record.ACTIVITY, 7, "", "old", dt.date(2020, 1, 1))
    new = Rule(Record.ACTIVITY, 3, "", "new", dt.date(2026, 9, 8))
    assert rule_for(Record.ACTIVITY, "", on=TODAY, rules=(old, new)) == old
    assert rule_for(Record.ACTIVITY, "", on=dt.date(2026, 9, 8), rules=(old, new)) == new


def test_rule_for_when_there_is_none_then_says_so():
    with pytest.raises(NoRule):
        rule_for(Record.CONSENT, "TX", on=TODAY, rules=())


@pytest.mark.parametrize(
    ("done_on", "until"),
    [
        (dt.date(2026, 9, 7), dt.date(2033, 9, 7)),
        (dt.date(2024, 2, 29), dt.date(2031, 3, 1)),
        (dt.date(2026, 12, 31), dt.date(2033, 12, 31)),
    ],
)
def test_kept_until_when_seven_years_pass_then_the_same_day_or_the_next(done_on: dt.date, until: dt.date):
    assert kept_until(Rule(Record.ACTIVITY, 7, "", "", TODAY), done_on) == until
