"""The places of the demonstration. All of them are invented, and none stands for one that exists."""

from dataclasses import dataclass

from touchstone.people.enums import OrganisationKind


@dataclass(frozen=True)
class Place:
    """An organisation. ``gps`` is latitude and longitude in degrees, ``colleague`` whoever comments on files there."""

    slug: str
    name: str
    kind: OrganisationKind
    state: str
    time_zone: str
    part_of: str = ""
    email_domain: str = ""
    gps: tuple[float, float] | None = None
    colleague: str = ""
    about: str = ""


CEDAR_BEND, LARKMOOR, EXCHANGE = "cedar-bend-schools", "larkmoor-university", "open-lesson-exchange"
HARBOR_POINT, SALTGRASS, PINEY_FORK = "harbor-point-schools", "saltgrass-schools", "piney-fork-schools"
ARROYO_CLARO, WREN_PRAIRIE = "arroyo-claro-schools", "wren-prairie-schools"
WEST, CENTRAL, EAST = "America/Los_Angeles", "America/Chicago", "America/New_York"
_SCHOOL, _DISTRICT = OrganisationKind.SCHOOL, OrganisationKind.DISTRICT


def _school(
    slug: str, name: str, district: str, state: str, zone: str, gps: tuple[float, float], colleague: str
) -> Place:
    return Place(slug, name, _SCHOOL, state, zone, district, gps=gps, colleague=colleague)


# Invented, each in the state and of the size, setting and need of one of the five of which this tells: Luke, C., and
# Young, V. M. (2020), Integrating Micro-credentials into Professional Learning: Lessons from Five Districts.
DISTRICTS = (
    Place(
        SALTGRASS,
        "Saltgrass County School District",
        _DISTRICT,
        "FL",
        EAST,
        email_domain="saltgrass.example.org",
        about="About 268,000 students in suburbs and towns along a warm coast. Two in three come from families with"
        " low incomes; 36 in 100 are Latinx, 40 in 100 Black.",
    ),
    Place(
        HARBOR_POINT,
        "Harbor Point School District",
        _DISTRICT,
        "WA",
        WEST,
        email_domain="harbor-point.example.org",
        about="About 23,400 students in a middle-sized city and its edges. 48 in 100 come from families with low"
        " incomes; 27 in 100 are Latinx, 3 in 100 Black.",
    ),
    Place(
        ARROYO_CLARO,
        "Arroyo Claro Unified School District",
        _DISTRICT,
        "CA",
        WEST,
        email_domain="arroyo-claro.example.org",
        about="About 23,000 students in a dense city among larger ones. 83 in 100 come from families with low incomes;"
        " 79 in 100 are Latinx, 18 in 100 Black.",
    ),
    Place(
        WREN_PRAIRIE,
        "Wren Prairie Community School District",
        _DISTRICT,
        "IA",
        CENTRAL,
        email_domain="wren-prairie.example.org",
        about="About 14,000 students in a small college city. 37 in 100 come from families with low incomes; 12 in 100"
        " are Latinx, 19 in 100 Black.",
    ),
    Place(
        PINEY_FORK,
        "Piney Fork County Schools",
        _DISTRICT,
        "AL",
        CENTRAL,
        email_domain="piney-fork.example.org",
        about="About 7,500 students in a wooded rural county with long bus rides. 71 in 100 come from families with low"
        " incomes; 2 in 100 are Latinx, 33 in 100 Black.",
    ),
)

PLACES = (
    *DISTRICTS,
    _school(
        "lantern-street-elementary",
        "Lantern Street Elementary School",
        HARBOR_POINT,
        "WA",
        WEST,
        (47.9105, -122.4312),
        "Marguerite Oyama",
    ),
    _school(
        "tidewater-middle",
        "Tidewater Middle School",
        HARBOR_POINT,
        "WA",
        WEST,
        (47.9321, -122.4077),
        "Desmond Faleafa",
    ),
    _school(
        "prairie-lark-elementary",
        "Prairie Lark Elementary School",
        SALTGRASS,
        "FL",
        EAST,
        (25.9412, -80.9120),
        "Consuelo Brandt",
    ),
    _school("saltgrass-high", "Saltgrass High School", SALTGRASS, "FL", EAST, (25.9590, -80.8884), "Harlan Voss"),
    _school(
        "palm-crossing-middle",
        "Palm Crossing Middle School",
        SALTGRASS,
        "FL",
        EAST,
        (25.9233, -80.9471),
        "Imelda Strickland",
    ),
    _school(
        "mirador-elementary",
        "Mirador Elementary School",
        ARROYO_CLARO,
        "CA",
        WEST,
        (34.3611, -118.9027),
        "Soledad Whitcombe",
    ),
    _school(
        "arroyo-claro-high",
        "Arroyo Claro High School",
        ARROYO_CLARO,
        "CA",
        WEST,
        (34.3478, -118.8815),
        "Terrence Ballesteros",
    ),
    _school(
        "river-bluff-elementary",
        "River Bluff Elementary School",
        WREN_PRAIRIE,
        "IA",
        CENTRAL,
        (41.5203, -91.7418),
        "Dorothea Kimball",
    ),
    _school(
        "wren-prairie-junior-high",
        "Wren Prairie Junior High School",
        WREN_PRAIRIE,
        "IA",
        CENTRAL,
        (41.5377, -91.7109),
        "Anselm Krause",
    ),
    _school(
        "piney-fork-elementary",
        "Piney Fork Elementary School",
        PINEY_FORK,
        "AL",
        CENTRAL,
        (33.4203, -85.9918),
        "Loretta Stidham",
    ),
    _school("cane-creek-high", "Cane Creek High School", PINEY_FORK, "AL", CENTRAL, (33.3894, -86.0241), "Royce Tatum"),
    Place("cedar-bend-river-school", "Cedar Bend River School", _SCHOOL, "CO", "America/Denver", CEDAR_BEND),
    Place(
        "hawthorn-state-office",
        "Hawthorn State Office of Educator Learning",
        OrganisationKind.STATE_AGENCY,
        "IA",
        CENTRAL,
        about="An invented office of an invented state agency, for the demonstration only.",
    ),
    Place("touchstone-desk", "Touchstone Demonstration Desk", OrganisationKind.PROVIDER, "DE", EAST),
)

PLACE_BY_SLUG = {place.slug: place for place in PLACES}
