"""Who sees whom: the table is whole, says what the house says, and fetches no name it withholds."""

from pathlib import Path

import pytest

from touchstone.core.sight import PERSONS, TABLE, Condition, Side, Sight, Viewer, label, opposed, see
from touchstone.core.sight_guide import as_markdown

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guides" / "who-sees-whom.md"


def _never() -> str:
    raise AssertionError("a name was fetched that may not be shown")


def test_every_viewer_has_a_cell_for_every_side_with_a_reason():
    assert TABLE.keys() == {(viewer, side) for viewer in Viewer for side in Side}
    assert all(entry.why for entry in TABLE.values())


def test_persons_are_seen_as_persons_and_things_as_things():
    for (_viewer, side), entry in TABLE.items():
        things = {Sight.WHOLE, Sight.COPY}
        persons = {Sight.NAME, Sight.CODE, Sight.NUMBER}
        assert entry.sight not in (things if side in PERSONS else persons)


@pytest.mark.parametrize(
    ("viewer", "side", "sight"),
    [  # section 5 of the house, row by row
        (Viewer.EARNER, Side.ASSESSOR, Sight.NUMBER),
        (Viewer.ASSESSOR, Side.EARNER, Sight.CODE),
        (Viewer.ASSESSOR, Side.WORK, Sight.COPY),
        (Viewer.SCORING_LEADER, Side.ASSESSOR, Sight.NAME),
        (Viewer.SCORING_LEADER, Side.EARNER, Sight.CODE),
        (Viewer.AWARD_STAFF, Side.HOLDER, Sight.NAME),
        (Viewer.AWARD_STAFF, Side.ASSESSOR, Sight.CODE),
        (Viewer.DISTRICT, Side.OUTCOME, Sight.NOTHING),
        (Viewer.DISTRICT, Side.ASSESSOR, Sight.NOTHING),
        (Viewer.DISTRICT, Side.DRAFT, Sight.NOTHING),
        (Viewer.PLATFORM_STAFF, Side.EARNER, Sight.NOTHING),
        (Viewer.ANYONE, Side.HOLDER, Sight.NOTHING),
    ],
)
def test_without_any_condition_met_the_house_is_obeyed(viewer: Viewer, side: Side, sight: Sight):
    assert see(viewer, side) is sight


@pytest.mark.parametrize(
    ("viewer", "side", "met"),
    [
        (Viewer.DISTRICT, Side.EARNER, Condition.INITIATIVE),
        (Viewer.PLATFORM_STAFF, Side.ASSESSOR, Condition.GLASS),
        (Viewer.ANYONE, Side.HOLDER, Condition.PUBLISHED),
    ],
)
def test_a_condition_opens_its_own_cells_and_no_others(viewer: Viewer, side: Side, met: Condition):
    assert see(viewer, side, met) is Sight.NAME
    assert see(viewer, side, *(set(Condition) - {met})) is Sight.NOTHING


def test_no_condition_ever_shows_an_earner_to_her_assessor_or_the_reverse():
    assert see(Viewer.ASSESSOR, Side.EARNER, *Condition) is Sight.CODE
    assert see(Viewer.ASSESSOR, Side.HOLDER, *Condition) is Sight.NOTHING
    assert see(Viewer.EARNER, Side.ASSESSOR, *Condition) is Sight.NUMBER


def test_a_name_is_fetched_only_where_the_table_shows_names():
    for viewer in Viewer:
        for side in PERSONS:
            if see(viewer, side) is not Sight.NAME:
                assert "Rosa" not in label(viewer, side, name=_never, code="AB12-CD34", number=1).text
    assert label(Viewer.AWARD_STAFF, Side.HOLDER, name=lambda: "Rosa").text == "Rosa"


def test_a_label_says_number_or_code_and_refuses_to_make_one_up():
    assert label(Viewer.EARNER, Side.ASSESSOR, number=2).text == "2"
    assert label(Viewer.SCORING_LEADER, Side.EARNER, code="AB12-CD34").text == "AB12-CD34"
    for viewer, side in (
        (Viewer.EARNER, Side.ASSESSOR),
        (Viewer.ASSESSOR, Side.EARNER),
        (Viewer.AWARD_STAFF, Side.HOLDER),
    ):
        with pytest.raises(ValueError, match="not given"):
            label(viewer, side)


def test_scoring_leader_and_award_staff_are_the_only_pair_nobody_may_be_at_once():
    assert opposed() == {frozenset({Viewer.SCORING_LEADER, Viewer.AWARD_STAFF})}


def test_the_guide_is_the_table():
    assert GUIDE.read_text(encoding="utf-8") == as_markdown()
