"""Nobody meets what the table of core.sight keeps from her."""

import pytest

from tests.blindness.crawler import crawl
from tests.blindness.world import World, build

SAMPLE = {("earner", "herself"), ("assessor", "assessor"), ("staff", "award_staff")}


def test_a_sample_of_the_cast_meets_nothing_that_is_withheld(world: World):
    report = crawl(world, [face for face in world.faces if (face.who, face.role) in SAMPLE], try_others=False)
    assert not report.leaks, str(report)
    assert not report.broken, str(report)
    assert report.total("pages") > 100
    assert report.total("files") > 10
    assert report.total("mails") > 5


@pytest.mark.long
@pytest.mark.django_db
def test_everybody_everywhere_meets_nothing_that_is_withheld():
    report = crawl(build())
    assert not report.leaks, str(report)
    assert not report.broken, str(report)
