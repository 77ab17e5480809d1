"""Charts as SVG, drawn on the server and coloured by the tokens (static/css/charts.css).

A page puts each beside its table: a chart is named by its title for those who do not see it, and holds no number that
the table does not hold. All are 360 units wide, so that words stay readable on a phone.
"""

from touchstone.web.charts.bars import Bar, bars
from touchstone.web.charts.heat import heat_map
from touchstone.web.charts.lines import Line, lines
from touchstone.web.charts.whiskers import Whisker, caterpillar

__all__ = ["Bar", "Line", "Whisker", "bars", "caterpillar", "heat_map", "lines"]
