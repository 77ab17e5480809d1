"""Names in any script, and the key they sort and match by."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchstone.people.names import LONGEST, clean_name, is_same_name, name_key


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rosa   Núñez ", "Rosa Núñez"),
        ("Rosa\nNúñez", "Rosa Núñez"),
        ("Ro\u200bsa\x00", "Rosa"),
        ("María José García López", "María José García López"),
        ("Wulandari", "Wulandari"),
        ("Siobhán O’Neill-d’Arcy", "Siobhán O’Neill-d’Arcy"),
        ("山田 太郎", "山田 太郎"),
        ("علی\u200cرضا", "علی\u200cرضا"),  # Persian writes this name with a joiner
        ("Ro\u200csa", "Rosa"),
        ("राम", "राम"),
        ("क्\u200dष", "क्\u200dष"),  # and Hindi after a virama
        ("a \u200c b", "a b"),
        ("\u202eevil", "evil"),
        ("\u200b\u00a0 ", ""),
        ("!!!", ""),
        ("x" * 500, "x" * LONGEST),
    ],
)
def test_clean_name_when_typed_then_only_what_can_be_read_stays(typed: str, kept: str):
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rosa Núñez", "ROSA NUNEZ"),
        ("O’Neill", "o'neill"),
        ("García-López", "García López"),
        ("De La Cruz", "Delacruz"),
        ("Nguyễn Thị", "nguyen thi"),
    ],
)
def test_same_name_when_only_case_marks_or_spacing_differ_then_yes(one: str, other: str):
    assert is_same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("Rosa Núñez", "Rosa Muñoz"), ("राम", "रमा"), ("Rosa", "Rosa María"), ("山田", "山口")]
)
def test_same_name_when_letters_differ_then_no(one: str, other: str):
    assert not is_same_name(one, other)


@given(st.text(max_size=200))
def test_clean_name_when_anything_is_typed_then_it_is_stable_visible_and_short(typed: str):
    name = clean_name(typed)
    assert len(name) <= LONGEST
    assert name == " ".join(name.split())
    assert clean_name(name) == name
    assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Co"} for sign in name)


@given(st.text(max_size=200))
def test_name_key_when_case_or_marks_change_then_it_stays(typed: str):
    assert name_key(unicodedata.normalize("NFD", typed)) == name_key(unicodedata.normalize("NFC", typed))
    assert len(name_key(typed)) <= LONGEST
