"""Identities in texts and file names: worked cases, hostile texts, and properties that hold for every text."""

import time
import tracemalloc
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.core.privacy.sentences import IDENTIFYING, INNOCENT, MARGARET, MARIA, WILL
from touchstone.core.privacy import (
    LIMITS,
    REASONS,
    Certainty,
    FindingsDoNotFit,
    Kind,
    KnownIdentities,
    KnownIdentitiesInvalid,
    find_identities,
    find_in_file_name,
    redact,
    utf16_offsets,
)
from touchstone.core.privacy.finding import _BY_WORD, WINDOW
from touchstone.core.privacy.words.nicknames import NICKNAMES

NOBODY = KnownIdentities()


def found(text: str, known: KnownIdentities = MARGARET, language: str = "en") -> list[tuple[str, str]]:
    return [(one.kind.value, one.matched or "") for one in find_identities(text, known, language=language)]


def in_file_name(name: str, known: KnownIdentities = MARGARET) -> list[str]:
    return [one.matched or "" for one in find_in_file_name(name, known)]


def test_find_when_feedback_is_signed_mr_lee_room_12_then_both_are_found() -> None:
    assert found("Good work! Mr Lee, Room 12", NOBODY) == [("adult", "Mr Lee"), ("room", "Room 12")]
    text = "Good work! Mr Lee, Room 12"
    assert redact(text, find_identities(text, NOBODY)).text == "Good work! [name], [room]"


@pytest.mark.parametrize(
    "guise",
    [
        "Rivera",
        "rivera",
        "RIVERA",
        "Ｒｉｖｅｒａ",
        "Riv\u0435ra",
        "Ri\u200bvera",
        "Ri\u00advera",
        "Rive\u0301ra",
        "Margaret\u00a0Rivera",
        "Margaret\nRivera",
        "Rivera, Margaret",
        "Margaret-Rivera",
        "margaret_rivera",
        "MargaretRivera",
        "mrivera",
        "riveramargaret",
        "M. Rivera",
        "Margaret G. Rivera",
        "M. G. R.",
        "Peggy",
        "Peggy Rivera",
        "Maggie O\u2019Donnell",
        "O'Donnell",
        "ODonnell",
        "Mrs. O'Donnell-Rivera",
        "R i v e r a",
        "𝐑𝐢𝐯𝐞𝐫𝐚",
    ],
)
def test_find_when_the_own_name_is_in_disguise_then_found_whole(guise: str) -> None:
    text = f"we saw {guise} there"
    inside = {k for one in find_identities(text, MARGARET) for k in range(one.start, one.end)}
    assert {k for k in range(7, 7 + len(guise)) if text[k].isalnum()} <= inside


def test_find_when_a_name_has_a_possessive_then_the_possessive_stays() -> None:
    assert found("In Rivera’s class") == [("name", "Rivera")]


@pytest.mark.parametrize("order", ["Hernández Pérez", "Pérez Hernández", "Hernández", "Pérez", "Hernandez-Perez"])
def test_find_when_there_are_two_surnames_then_either_order_and_each_alone(order: str) -> None:
    assert found(f"firmado por {order} ayer", MARIA) == [("name", order)]


def test_find_when_two_given_names_have_a_short_form_together_then_found() -> None:
    assert found("le dijimos Majo siempre", MARIA) == [("name", "Majo")]


@pytest.mark.parametrize(
    "innocent",
    [
        "Will you grant us time in May?",
        "Newton's second law came next.",
        "The state of Washington is wet.",
        "We hope the Jordan River is on the map.",
        "A rose, a mark, a bill: three nouns.",
        "Abraham Lincoln wrote it; we read it by lamp light.",
    ],
)
def test_find_when_ordinary_words_equal_known_names_then_nothing(innocent: str) -> None:
    assert found(innocent, WILL) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My mentor asked Will to wait.", "Will"),
        ("Signed: Mr. Grant", "Mr. Grant"),
        ("Then Grace said no.", "Grace"),
        ("I gave Jordan a ruler.", "Jordan"),
        ("It was Rose Newton.", "Rose Newton"),
    ],
)
def test_find_when_ordinary_words_stand_as_names_then_found(text: str, name: str) -> None:
    assert name in [matched for _, matched in found(text, WILL)]


def test_find_when_the_text_is_spanish_then_an_english_word_is_a_name_by_its_capital() -> None:
    assert found("Will mide la sombra.", WILL, "es") == [("name", "Will")]
    assert found("Will mide la sombra.", WILL, "en") == []


def test_find_when_a_known_e_mail_is_met_then_certain() -> None:
    (finding,) = find_identities("Ask MRivera@pvusd.org.", MARGARET)
    assert (finding.kind, finding.certainty, finding.reason) == (Kind.EMAIL, Certainty.KNOWN, "email_known")


def test_find_when_a_known_name_is_written_in_another_script_then_found_inside_a_sentence() -> None:
    assert found("我叫李明，教数学。", KnownIdentities(own_names=("李明",))) == [("name", "李明")]


def test_find_when_a_name_lies_across_a_window_then_found_once() -> None:
    for shift in range(-16, 3):
        text = "a " * (WINDOW // 2 - 20)
        text = text + "b" * (WINDOW + shift - len(text) - 1) + " Margaret Rivera spoke"
        assert found(text) == [("name", "Margaret Rivera")]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Rivera_Grade4_LessonPlan-final.docx", ["Rivera"]),
        ("MargaretRiveraReflection.pdf", ["MargaretRivera"]),
        ("mrivera-unit3.pptx", ["mrivera"]),
        ("2026-10-03_PeggyRivera.jpg", ["PeggyRivera"]),
        ("ODonnell.Exit.Tickets.xlsx", ["ODonnell"]),
        ("jayden_tran_sample2.png", ["jayden_tran"]),
        ("CedarHollow_schedule.pdf", ["CedarHollow"]),
        ("JSmith_lesson.docx", ["JSmith"]),
        ("Ashley_Johnson_Plan.docx", ["Ashley_Johnson"]),
        ("MsPatterson_video.mp4", ["MsPatterson"]),
    ],
)
def test_find_in_file_name_when_somebody_is_in_it_then_only_she_is_found(name: str, parts: list[str]) -> None:
    assert in_file_name(name) == parts


@pytest.mark.parametrize(
    "name",
    ["lesson_plan_final_v2.docx", "IMG_2041.HEIC", "ExitTickets-Fractions.xlsx", "Evidence 2.pdf", "unit3_graph.png"],
)
def test_find_in_file_name_when_nobody_is_in_it_then_nothing(name: str) -> None:
    assert in_file_name(name) == []


def test_find_in_file_name_when_the_ending_is_a_name_then_it_is_not_looked_at() -> None:
    assert in_file_name("plan.rivera.docx") == ["rivera"]
    assert in_file_name("plan.art", KnownIdentities(own_names=("Art Lopez",))) == []


def test_redact_when_findings_are_of_another_text_then_refused() -> None:
    findings = find_identities("I am Peggy Rivera.", MARGARET)
    with pytest.raises(FindingsDoNotFit):
        redact("I am somebody else.", findings)
    with pytest.raises(FindingsDoNotFit):
        redact("I am Peggy Rivera.", (*findings, *findings))


def test_redact_when_a_person_keeps_some_findings_out_then_those_stay() -> None:
    text = "Mr Lee, Room 12"
    assert redact(text, find_identities(text, NOBODY)[1:]).text == "Mr Lee, [room]"


def test_redact_when_the_language_is_spanish_then_spanish_words() -> None:
    text = "La Sra. Villarreal, salón 4"
    assert redact(text, find_identities(text, NOBODY), language="es").text == "La [nombre], [salón]"


def test_utf16_offsets_when_emoji_come_before_then_they_count_two() -> None:
    text = "🙂🙂 Rivera and 🙂 Rivera"
    units = text.encode("utf-16-le")
    for begin, end in utf16_offsets(text, find_identities(text, MARGARET)):
        assert units[2 * begin : 2 * end].decode("utf-16-le") == "Rivera"


@pytest.mark.parametrize("values", [["Ann"], ("a" * 201,), (1,), ("a",) * 20_001])
def test_known_when_not_a_list_of_names_then_refused(values: object) -> None:
    with pytest.raises(KnownIdentitiesInvalid):
        KnownIdentities(pupils=values)  # type: ignore[arg-type]


def test_known_and_findings_when_printed_then_nobody_is_named() -> None:
    (finding,) = find_identities("by Rivera", MARGARET)
    assert "Rivera" not in repr(finding) + repr(MARGARET)


def test_known_when_empty_strings_or_marks_only_then_harmless() -> None:
    odd = KnownIdentities(
        own_names=("", "   ", "-", "'"), schools=("",), towns=("School",), handles=("@", ""), emails=("",)
    )
    assert found("A quiet sentence - with nothing.", odd) == []


def test_reasons_and_limits_are_sentences() -> None:
    assert all(sentence.endswith(".") for sentence in (*REASONS.values(), *LIMITS))
    assert {one.reason for s in IDENTIFYING for one in find_identities(s.text, s.known)} <= REASONS.keys()


HOSTILE = (
    "a",
    "@",
    "a@",
    "1",
    "1 ",
    "A ",
    "Rivera de ",
    "May Grant ",
    "a.",
    "http",
    "at dot com ",
    "\n",
    "e\u0301",
    "aA",
)
MORE_HOSTILE = (
    "a\u200b",
    "ﬁ",
    "1 St St ",
    "High School ",
    "Mr. ",
    "Aa, TX ",
    "Tran Morales ",
    "id 1-",
    "five oh ",
    "( ",
    "Hope, ",
)


@pytest.mark.parametrize("unit", [*HOSTILE[:6], pytest.param("Mr. ")])
def test_find_when_the_text_is_hostile_then_time_stays_linear(unit: str) -> None:
    """Eight times the text may take no more than some thirty times as long, where a square law would take 64."""
    assert _seconds(unit, 160_000) < 30 * _seconds(unit, 20_000) + 0.5


@pytest.mark.long
@pytest.mark.parametrize("unit", [*HOSTILE, *MORE_HOSTILE])
def test_find_when_200_000_characters_are_hostile_then_seconds(unit: str) -> None:
    assert _seconds(unit, 200_000) < 20


def _seconds(unit: str, length: int) -> float:
    text = (unit * (length // len(unit) + 1))[:length]
    begin = time.process_time()
    find_identities(text, MARGARET)
    return time.process_time() - begin


def test_find_when_the_text_is_long_then_memory_does_not_grow_with_it() -> None:
    sentence = " ".join(one.text for one in INNOCENT[:60]) + " "
    short, long = _peak(sentence * 20), _peak(sentence * 120)
    assert long < 2 * short


@pytest.mark.long
def test_find_when_ten_megabytes_then_bounded_memory() -> None:
    sentence = " ".join(one.text for one in INNOCENT[:60]) + " "
    assert _peak((sentence * 4000)[:10_000_000]) < 40_000_000


def _peak(text: str) -> int:
    find_identities(text[:1000], MARGARET)
    tracemalloc.start()
    try:
        find_identities(text, MARGARET)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


WORDS = st.sampled_from(
    ["the", "a", "pupils", "water", "measured", "because", "graph", "three", "claim", "and", "el", "agua", "medimos"]
)
JOINTS = st.sampled_from([" ", " ", " ", ", ", ". ", "\n", "; ", " — ", " (", ") ", ' "'])
SURROUNDINGS = st.lists(st.tuples(WORDS, JOINTS), max_size=12).map(lambda parts: "".join(w + j for w, j in parts))
PLANTS = st.sampled_from(
    [
        "Margaret Rivera", "Margaret Grace Rivera", "Rivera", "O'Donnell", "RIVERA", "M. Rivera", "Rivera, Margaret",
        "Sofía Morales Cruz", "Okafor", "Jayden Tran", "Tran, Jayden", "Cedar Hollow Elementary School",
        "Cedar Hollow", "Pine Valley Unified School District", "Larkspur", "mrivera@pvusd.org", "@peggyteaches4",
    ]
)  # fmt: skip
GUISES = st.sampled_from(
    [
        lambda name: name,
        str.upper,
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: name.replace(" ", "\u00a0"),
        lambda name: name.replace("'", "\u2019"),
        lambda name: name[:3] + "\u200b" + name[3:],
    ]
)
ANY_TEXT = st.text(max_size=300) | st.lists(
    st.sampled_from([one.text for one in (*IDENTIFYING, *INNOCENT)]) | st.text(max_size=20), max_size=4
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(SURROUNDINGS, PLANTS, GUISES, SURROUNDINGS)
def test_find_when_a_known_identity_is_planted_anywhere_then_it_is_covered(before, plant, guise, after) -> None:
    planted = guise(plant)
    text = f"{before} {planted} {after}"
    inside = {k for one in find_identities(text, MARGARET) for k in range(one.start, one.end)}
    start = len(before) + 1
    assert all(k in inside for k in range(start, start + len(planted)) if text[k].isalnum())


@settings(max_examples=150, deadline=None)
@given(ANY_TEXT)
def test_find_when_any_text_then_offsets_are_right_and_apart(text: str) -> None:
    at = 0
    for one in find_identities(text, MARGARET):
        assert at <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.matched
        at = one.end


SOUP = st.lists(
    st.tuples(
        st.sampled_from(sorted(_BY_WORD))
        | st.sampled_from(["Rivera", "M", "12", "555", "@", "Xx", "com", "dot", "at", "is"]),
        st.sampled_from([" ", ". ", ", ", ": ", "\n", "'", "-", "@", ".", "#", ""]),
        st.sampled_from([str.title, str.upper, str.lower]),
    ),
    max_size=12,
).map(lambda parts: "".join(cased(word) + joint for word, joint, cased in parts))


@settings(max_examples=400, deadline=None)
@given(SOUP)
def test_find_when_marking_words_stand_in_any_order_then_offsets_are_right(text: str) -> None:
    for one in (*find_identities(text, MARGARET), *find_in_file_name(text, MARGARET)):
        assert text[one.start : one.end] == one.matched


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT)
def test_redact_when_any_text_then_both_offsets_are_right(text: str) -> None:
    redacted = redact(text, find_identities(text, MARGARET))
    for one in redacted.replacements:
        assert text[one.before.start : one.before.end] == one.finding.matched
        assert redacted.text[one.after.start : one.after.end].startswith("[")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([one.text for one in (*IDENTIFYING, *INNOCENT)]), max_size=4).map("\n\n".join))
def test_redact_when_done_again_then_nothing_changes(text: str) -> None:
    once = redact(text, find_identities(text, MARGARET)).text
    assert redact(once, find_identities(once, MARGARET)).text == once


@settings(max_examples=100, deadline=None)
@given(SURROUNDINGS)
def test_find_when_only_innocent_words_then_nothing(text: str) -> None:
    for known in (NOBODY, MARGARET, MARIA, WILL):
        assert find_identities(text, known) == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(name for name in NICKNAMES if len(name) < 12)), st.data())
def test_find_when_a_short_form_stands_before_the_surname_then_it_goes_too(name: str, data: st.DataObject) -> None:
    short = data.draw(st.sampled_from(NICKNAMES[name])).title()
    known = KnownIdentities(own_names=(f"{name.title()} Kowalczyk",))
    text = f"thanks to {short} Kowalczyk for this"
    assert "Kowalczyk" not in redact(text, find_identities(text, known)).text
    assert short not in redact(text, find_identities(text, known)).text
