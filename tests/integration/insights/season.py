"""A season of scored work for tests, by assessors of the cast's issuer."""

import json
from dataclasses import dataclass

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue import actions as catalogue
from touchstone.catalogue.models import Version
from touchstone.demo.actions import load_season
from touchstone.demo.history import ITEM, SEVERITY
from touchstone.demo.load import CONTENT
from touchstone.insights import gathering
from touchstone.insights.actions import measure_version
from touchstone.people.models import Membership

NAMES = {"priyanka": "Orla Fennick", "ruth": "Ugo Brandvold", "tomasz": "Vesna Hallorann", "chidinma": "Zeynep Quarrie"}


@dataclass
class Season:
    version: Version
    assessors: dict[str, Membership]


def play(cast: Cast, monkeypatch) -> Season:
    """84 works read twice by four assessors, of whom one became more severe; measured without bootstrap fits."""
    monkeypatch.setattr(gathering, "REPLICATIONS", 0)
    document = json.loads((CONTENT / "items" / f"{ITEM}.json").read_text(encoding="utf-8"))
    document |= {"slug": "season", "issuer": cast.issuer.slug, "title": "A season"}
    version = catalogue.publish_version(actor=b.SYSTEM, document=document, now=b.NOW)
    found = {key: b.assessor(cast.issuer, version, name=NAMES[key]) for key in SEVERITY}
    load_season(version=version, assessors={key: row.person_id for key, row in found.items()}, now=b.NOW)
    measure_version(version=version, now=b.NOW)
    return Season(version, found)
