"""The people and places of the demonstration. All of them are invented, and none stands for one that exists."""

from dataclasses import dataclass

from touchstone.people.enums import OrganisationKind, Position, Role, TieKind

PASSWORD = "demonstration only"  # noqa: S105 - printed on the demonstration's own page, and used nowhere else


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


@dataclass(frozen=True)
class Member:
    """One of the cast. ``roles`` pairs a role with an organisation, ``scores`` names items she is qualified for.

    ``is_minor``: 16 years old, with a guardian who agreed.
    """

    key: str
    name: str
    position: Position
    state: str
    time_zone: str
    email: str
    about: str
    works_at: str = ""
    roles: tuple[tuple[Role, str], ...] = ()
    scores: tuple[str, ...] = ()
    is_minor: bool = False


CEDAR_BEND, LARKMOOR, EXCHANGE = "cedar-bend-schools", "larkmoor-university", "open-lesson-exchange"
HARBOR_POINT, SALTGRASS, PINEY_FORK = "harbor-point-schools", "saltgrass-schools", "piney-fork-schools"
_WEST, _CENTRAL, _EAST = "America/Los_Angeles", "America/Chicago", "America/New_York"
_SCHOOL, _DISTRICT = OrganisationKind.SCHOOL, OrganisationKind.DISTRICT

PLACES = (
    Place(HARBOR_POINT, "Harbor Point School District", _DISTRICT, "WA", _WEST, "", "harbor-point.example.org"),
    Place(
        "lantern-street-elementary",
        "Lantern Street Elementary School",
        _SCHOOL,
        "WA",
        _WEST,
        HARBOR_POINT,
        gps=(47.9105, -122.4312),
        colleague="Marguerite Oyama",
    ),
    Place(
        "tidewater-middle",
        "Tidewater Middle School",
        _SCHOOL,
        "WA",
        _WEST,
        HARBOR_POINT,
        gps=(47.9321, -122.4077),
        colleague="Desmond Faleafa",
    ),
    Place(SALTGRASS, "Saltgrass Unified School District", _DISTRICT, "TX", _CENTRAL, "", "saltgrass.example.org"),
    Place(
        "prairie-lark-elementary",
        "Prairie Lark Elementary School",
        _SCHOOL,
        "TX",
        _CENTRAL,
        SALTGRASS,
        gps=(28.4412, -97.7120),
        colleague="Consuelo Brandt",
    ),
    Place(
        "saltgrass-high",
        "Saltgrass High School",
        _SCHOOL,
        "TX",
        _CENTRAL,
        SALTGRASS,
        gps=(28.4590, -97.6884),
        colleague="Harlan Voss",
    ),
    Place(PINEY_FORK, "Piney Fork County Schools", _DISTRICT, "KY", _EAST, "", "piney-fork.example.org"),
    Place(
        "piney-fork-elementary",
        "Piney Fork Elementary School",
        _SCHOOL,
        "KY",
        _EAST,
        PINEY_FORK,
        gps=(37.2203, -83.1918),
        colleague="Loretta Stidham",
    ),
    Place("cedar-bend-river-school", "Cedar Bend River School", _SCHOOL, "CO", "America/Denver", CEDAR_BEND),
    Place("touchstone-desk", "Touchstone Demonstration Desk", OrganisationKind.PROVIDER, "DE", _EAST),
)

CAST = (
    Member(
        "marisol",
        "Marisol Etcheverría Ruiz",
        Position.TEACHER,
        "WA",
        _WEST,
        "marisol@harbor-point.example.org",
        "Teaches fifth grade. Holds one award, listed for all to see, and has a second piece of work ready to send.",
        "lantern-street-elementary",
    ),
    Member(
        "leilani",
        "Leilani Kahananui-Ortiz",
        Position.TEACHER,
        "WA",
        _WEST,
        "leilani@harbor-point.example.org",
        "Teaches fourth grade and leads her district's cohort. Completed a whole stack; shares it by link.",
        "lantern-street-elementary",
        roles=((Role.FACILITATOR, HARBOR_POINT),),
    ),
    Member(
        "wulandari",
        "Wulandari",
        Position.TEACHER,
        "WA",
        _WEST,
        "wulandari@harbor-point.example.org",
        "Teaches middle-school mathematics. Just heard “not yet”, with comments she can use.",
        "tidewater-middle",
    ),
    Member(
        "kieu-anh",
        "Nguyễn Thị Kiều Anh",
        Position.NOVICE,
        "TX",
        _CENTRAL,
        "kieu.anh@saltgrass.example.org",
        "In her first year, with a draft half done.",
        "prairie-lark-elementary",
    ),
    Member(
        "nizhoni",
        "Nizhoni Tsosie",
        Position.PARAPROFESSIONAL,
        "TX",
        _CENTRAL,
        "nizhoni@saltgrass.example.org",
        "Works with small groups as a paraprofessional. Her work is being scored right now.",
        "prairie-lark-elementary",
    ),
    Member(
        "oisin",
        "Oisín O’Dwyer",
        Position.TEACHER,
        "TX",
        _CENTRAL,
        "oisin@saltgrass.example.org",
        "Teaches high-school science. One piece is offered to an assessor, another waits for release by award staff.",
        "saltgrass-high",
    ),
    Member(
        "noor",
        "Noor al-Khatib",
        Position.TEACHER,
        "TX",
        _CENTRAL,
        "noor@saltgrass.example.org",
        "Teaches high-school English. Sent a second attempt after a first “not yet”.",
        "saltgrass-high",
    ),
    Member(
        "abubakar",
        "Abubakar Sadiq Lawal",
        Position.COACH,
        "KY",
        _EAST,
        "abubakar@piney-fork.example.org",
        "An instructional coach who tries it himself first. His second attempt is in draft.",
        "piney-fork-elementary",
    ),
    Member(
        "thandiwe",
        "Thandiwe Mokoena",
        Position.PRINCIPAL,
        "KY",
        _EAST,
        "thandiwe@piney-fork.example.org",
        "A principal who still teaches one class. Withdrew her work before it was scored.",
        "piney-fork-elementary",
    ),
    Member(
        "priyanka",
        "Priyanka Venkataraman",
        Position.MENTOR,
        "KY",
        _EAST,
        "priyanka@piney-fork.example.org",
        "A mentor of novices: earned an award, keeps it private, and now scores the same item for others.",
        "piney-fork-elementary",
        roles=((Role.ASSESSOR, EXCHANGE),),
        scores=("wait-time", "design-challenge"),
    ),
    Member(
        "josue",
        "Josué Baptiste",
        Position.CANDIDATE,
        "LA",
        _CENTRAL,
        "josue@candidates.example.org",
        "Preparing to teach, no employer yet. His award was revoked, and whoever has the link can see that.",
    ),
    Member(
        "keahi",
        "Keahi Nakoa-Lindgren",
        Position.STUDENT,
        "WA",
        _WEST,
        "keahi@students.example.org",
        "Is sixteen, in high school, and wants to teach. A parent agreed by a link and may take it back.",
        is_minor=True,
    ),
    Member(
        "ruth",
        "Ruth Ann Littlefield",
        Position.TEACHER,
        "CO",
        "America/Denver",
        "ruth@cedar-bend.example.org",
        "Scores for two issuers.",
        "cedar-bend-river-school",
        roles=((Role.ASSESSOR, CEDAR_BEND), (Role.ASSESSOR, EXCHANGE)),
        scores=("hinge-questions", "exit-tickets", "sensor-data", "wait-time", "design-challenge"),
    ),
    Member(
        "amadou",
        "Amadou Diallo-Perrin",
        Position.COACH,
        "CO",
        "America/Denver",
        "amadou@cedar-bend.example.org",
        "Scores for the district where he coaches. Family of one earner, whose work he is never offered.",
        "cedar-bend-river-school",
        roles=((Role.ASSESSOR, CEDAR_BEND),),
        scores=("hinge-questions", "exit-tickets", "sensor-data"),
    ),
    Member(
        "hana",
        "Hana Sokolová",
        Position.TEACHER,
        "WA",
        _WEST,
        "hana@harbor-point.example.org",
        "Scores for another district, and never for anyone of her own school or district.",
        "tidewater-middle",
        roles=((Role.ASSESSOR, CEDAR_BEND),),
        scores=("hinge-questions", "exit-tickets", "sensor-data"),
    ),
    Member(
        "tomasz",
        "Tomasz Wiśniewski",
        Position.MENTOR,
        "VT",
        _EAST,
        "tomasz@assessors.example.org",
        "Retired from teaching, scores for two issuers. Once coached an earner, and so never sees that work.",
        roles=((Role.ASSESSOR, EXCHANGE), (Role.ASSESSOR, LARKMOOR)),
        scores=("wait-time", "design-challenge", "computational-thinking-science-unit", "limits-of-models"),
    ),
    Member(
        "chidinma",
        "Chidinma Eze",
        Position.TEACHER,
        "TX",
        _CENTRAL,
        "chidinma@saltgrass.example.org",
        "Scores for everybody but her own colleagues. Has become more severe lately; her record tells her.",
        "prairie-lark-elementary",
        roles=((Role.ASSESSOR, EXCHANGE),),
        scores=("wait-time", "design-challenge"),
    ),
    Member(
        "elizabeth",
        "Elizabeth Blackdeer",
        Position.OTHER,
        "NC",
        _EAST,
        "elizabeth@larkmoor.example.org",
        "Science educator at the university: scores, and leads the scoring.",
        LARKMOOR,
        roles=((Role.ASSESSOR, LARKMOOR), (Role.SCORING_LEADER, LARKMOOR)),
        scores=("computational-thinking-science-unit", "limits-of-models"),
    ),
    Member(
        "yusuf",
        "Yusuf Demirtaş",
        Position.OTHER,
        "NC",
        _EAST,
        "yusuf@larkmoor.example.org",
        "Teaches science methods at the university, and scores.",
        LARKMOOR,
        roles=((Role.ASSESSOR, LARKMOOR),),
        scores=("computational-thinking-science-unit", "limits-of-models"),
    ),
    Member(
        "ifeoma",
        "Ifeoma Castellanos-Wright",
        Position.COACH,
        "CO",
        "America/Denver",
        "ifeoma@cedar-bend.example.org",
        "Leads the scoring for two issuers: hears of it when nobody may score a piece of work.",
        "cedar-bend-river-school",
        roles=((Role.SCORING_LEADER, CEDAR_BEND), (Role.SCORING_LEADER, EXCHANGE)),
    ),
    Member(
        "mireille",
        "Mireille Fontaine-Baird",
        Position.ADMINISTRATOR,
        "NC",
        _EAST,
        "mireille@larkmoor.example.org",
        "Award staff of all three issuers: releases decisions, and revokes awards when she must.",
        LARKMOOR,
        roles=((Role.AWARD_STAFF, LARKMOOR), (Role.AWARD_STAFF, CEDAR_BEND), (Role.AWARD_STAFF, EXCHANGE)),
    ),
    Member(
        "wendell",
        "Wendell Pike",
        Position.OTHER,
        "DE",
        _EAST,
        "wendell@open-lesson.example.org",
        "Writes micro-credentials.",
        roles=((Role.AUTHOR, EXCHANGE),),
    ),
    Member(
        "rosalind",
        "Rosalind Achterberg",
        Position.ADMINISTRATOR,
        "WA",
        _WEST,
        "rosalind@harbor-point.example.org",
        "Administers a district: says who belongs to it and its schools, invites people, and answers requests.",
        HARBOR_POINT,
        roles=((Role.ADMINISTRATOR, HARBOR_POINT),),
    ),
    Member(
        "ana-lucia",
        "Ana Lúcia Ferreira",
        Position.OTHER,
        "NC",
        _EAST,
        "ana.lucia@larkmoor.example.org",
        "Studies what teachers learn.",
        LARKMOOR,
        roles=((Role.RESEARCHER, LARKMOOR),),
    ),
    Member(
        "bertrand",
        "Bertrand Quill",
        Position.OTHER,
        "DE",
        _EAST,
        "bertrand@desk.example.org",
        "Keeps the platform running.",
        roles=((Role.PLATFORM_STAFF, "touchstone-desk"),),
    ),
)

TIES = (("tomasz", "abubakar", TieKind.COACH), ("amadou", "noor", TieKind.KIN))

BY_KEY = {member.key: member for member in CAST}
PLACE_BY_SLUG = {place.slug: place for place in PLACES}
