"""Plans in words: everything has a sentence, counts name nobody, scoring leaders get names."""

import string

from tests.unit.core.assignment.people import assessor, at, work
from touchstone.core.assignment.model import Bar, Rules, Tie
from touchstone.core.assignment.plan import make_plan
from touchstone.core.assignment.words import (
    QUALIFIED,
    REASONS,
    SHORT,
    WHY_NOT,
    WHY_NOT_NAMED,
    named_lines,
    refusal_sentence,
    sentences,
)


def test_refusal_when_nobody_is_left_then_every_reason_is_counted_and_nobody_named() -> None:
    pool = [assessor(f"near {n}", circles=at(Bar.DISTRICT, "d")) for n in range(3)]
    pool += [assessor("coach"), assessor("aunt"), assessor("busy", load=5), assessor("before")]
    pool += [assessor("other", items=frozenset({"feedback"}))]
    ties = [Tie("earner of w1", "coach", Bar.COACH), Tie("earner of w1", "aunt", Bar.KIN)]
    plan = make_plan([work(circles=at(Bar.DISTRICT, "d"), earlier=frozenset({"before"}))], pool, ties=ties)
    assert refusal_sentence(plan.left[0]) == (
        "One reader is missing. 7 are qualified: 2 have a declared tie, 3 work in the same district, "
        "1 read an earlier attempt, 1 is at capacity. Raise a capacity, or wait until a reader has finished."
    )
    assert named_lines(plan.bars("w1"), {who.key: who.key.title() for who in pool}) == [
        "Coach: Coach.",
        "Family: Aunt.",
        "Same district: Near 0, Near 1, Near 2.",
        "Read an earlier attempt: Before.",
        "At capacity: Busy.",
    ]


def test_refusal_when_nobody_is_qualified_then_says_so_and_what_to_do() -> None:
    (refusal,) = make_plan([work(reads=2)], []).left
    assert refusal_sentence(refusal) == (
        "2 readers are missing. Nobody is qualified for this item. "
        "Qualify somebody for this item, or ask an allied issuer."
    )


def test_refusal_when_one_reader_was_found_then_the_sentence_says_so() -> None:
    (refusal,) = make_plan([work(reads=2)], [assessor("a1"), assessor("a2", confirmed=False)]).left
    assert refusal_sentence(refusal) == (
        "One reader is missing. 2 are qualified: 1 is not confirmed yet, 1 is asked now. "
        "Confirm identity and employers of those who wait for it."
    )


def test_refusal_when_places_went_to_other_work_then_says_so() -> None:
    (refusal,) = make_plan([work("w1"), work("w2")], [assessor(capacity=1)]).left
    assert "1 is qualified: 1 was needed for other work." in refusal_sentence(refusal)


def test_sentences_when_every_rule_was_set_aside_then_each_is_said() -> None:
    one = work(tier=2, due_in_days=-3, earlier=frozenset({"a1"}), circles=at(Bar.DISTRICT, "d"))
    who = assessor(allied=True, circles=at(Bar.DISTRICT, "d"))
    rules = Rules(local_pool=frozenset({"asking"}), earlier_may_return=True)
    (given,) = make_plan([one], [who], rules=rules).given
    said = sentences(given.reasons)
    assert said[:3] == [
        "The only person who may read it.",
        "Holds 1 of 5 with the work now given out.",
        "Has less experience than asked for (tier 0, asked 2): nobody fitting was free.",
    ]
    assert len(said) == 7


def test_sentences_when_translated_then_the_template_is_what_is_looked_up() -> None:
    spanish = {"Holds {held} of {capacity} with the work now given out.": "Tiene {held} de {capacity}."}
    (given,) = make_plan([work()], [assessor(load=2)]).given
    assert "Tiene 3 de 5." in sentences(given.reasons, lambda text: spanish.get(text, text))


def test_templates_when_listed_then_every_bar_has_words_and_every_field_is_known() -> None:
    assert set(WHY_NOT_NAMED) == set(Bar)
    grouped = {Bar.SUPERVISOR, Bar.COACH, Bar.KIN, Bar.CO_AUTHOR, Bar.COHORT, Bar.PEER_REVIEWER, Bar.KNOWS, Bar.SELF}
    assert set(WHY_NOT) == set(Bar) - grouped - {Bar.UNQUALIFIED} | {"personal", "given", "taken"}
    forms = [form for pair in [*WHY_NOT.values(), QUALIFIED, SHORT] for form in pair]
    for text in [*REASONS.values(), *forms]:
        fields = {field for _text, field, _spec, _conversion in string.Formatter().parse(text) if field}
        assert fields <= {"n", "open", "held", "capacity", "tier", "asked", "days", "parts"}
