"""Charts: whole SVG, every value where it belongs, names escaped, and axes in round numbers."""

import xml.etree.ElementTree as ElementTree

import pytest

from touchstone.web.charts import Bar, Line, Whisker, bars, caterpillar, heat_map, lines
from touchstone.web.charts.frame import said, ticks
from touchstone.web.charts.heat import SHADES, shade

BAD = '<script>&"'


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize(
    "svg",
    [
        heat_map([[3, 1], [0, 5]], [BAD, "Two"], BAD, axis="Second"),
        caterpillar([Whisker(BAD, 0.2, -0.1, 0.5), Whisker("B", 1, 0.5, 1.5, marked=True)], BAD, left="l", right="r"),
        lines([Line(BAD, [0.1, None, 1.2], marked=True), Line("B", [None, None, None])], ["a", "b", "c"], BAD),
        bars([Bar(BAD, 0.0, "0 %"), Bar("B", 1.0, "100 %", 0.5, 1.2)], BAD, limit=2.0, limit_said="all"),
    ],
    ids=["heat", "caterpillar", "lines", "bars"],
)
def test_any_chart_then_it_is_whole_named_and_without_style_or_script(svg: str) -> None:
    root = _parsed(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == BAD
    assert {"script", "style"}.isdisjoint(node.tag for node in root.iter())
    assert not [node for node in root.iter() if "style" in node.attrib]
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    for node in root.iter("rect"):
        assert 0 <= float(node.attrib["x"]) <= width - float(node.attrib["width"])
        assert 0 <= float(node.attrib["y"]) <= height - float(node.attrib["height"])


def test_intervals_lie_left_to_right_and_a_marked_one_has_another_shape() -> None:
    rows = [Whisker("A", -1, -2, 0.5), Whisker("B", 1, 0.5, 1.5, marked=True)]
    root = _parsed(caterpillar(rows, "t", left="l", right="r"))
    low, high = [node for node in root.iter("line") if "whisker" in node.attrib["class"]]
    assert float(low.attrib["x1"]) < float(low.attrib["x2"]) == pytest.approx(float(high.attrib["x1"]))
    assert len(list(root.iter("circle"))) == len(list(root.iter("polygon"))) == 1


def test_a_period_without_a_value_then_the_line_leaves_it_out() -> None:
    root = _parsed(lines([Line("A", [0.5, None, 1.0])], ["a", "b", "c"], "t"))
    assert len(root.find("polyline").attrib["points"].split()) == 2


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-2.3, 0.1), (0, 0), (-0.004, 0.003), (3, 900)])
def test_ticks_span_the_values_in_few_round_steps(low: float, high: float) -> None:
    marks = ticks(low, high)
    assert marks[0] <= low + 1e-9
    assert marks[-1] >= high - 1e-9
    assert 2 <= len(marks) <= 7


def test_numbers_on_an_axis_are_short() -> None:
    assert [said(value) for value in (0.0, -0.5, 2.0, 1.25)] == ["0", "−0.5", "2", "1.25"]


def test_shades_rise_with_the_count_and_nothing_is_white() -> None:
    assert [shade(count, 10) for count in (0, 1, 2, 3, 10)] == [0, 1, 1, 2, SHADES]
