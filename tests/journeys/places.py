"""Every page of every role, by who may see it: for the looks that take all of them."""

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.stack import Stack
from touchstone.demo.cast import EXCHANGE, HARBOR_POINT, LARKMOOR
from touchstone.people.enums import Role


@dataclass(frozen=True)
class Place:
    """A page and the way to it: ``address`` signs somebody in first, or is the page itself."""

    name: str
    address: str
    status: int = 200


OPEN = {
    "home": "/",
    "explore": "/explore/",
    "explore-found": "/explore/?q=wait",
    "explore-nothing": "/explore/?q=zzyzx",
    "verify": "/verify/",
    "holders": "/holders/",
    "holders-nobody": "/holders/?name=zzyzx",
    "login": "/account/login/",
    "signup": "/account/signup/",
    "password-reset": "/account/password/reset/",
    "demo": "/demo/",
    "demo-mail": "/demo/mail/",
    "demo-tour": "/demo/tour/",
    "styleguide": "/styleguide/",
}
ORGANISATION = {
    "": "place",
    "members/": "members",
    "people/": "people",
    "invitations/": "invitations",
    "invitations/one/": "invite",
    "invitations/link/": "link",
    "invitations/list/": "list",
    "requests/": "requests",
    "domains/": "domains",
}
OPEN_SAMPLES = (
    "join",
    "guardian",
    "micro_credential",
    "stack",
    "issuer",
    "award",
    "award_stack",
    "award_listed",
    "award_revoked",
)


def every_place(stack: Stack) -> list[Place]:
    """All pages, as the demonstration stands now."""
    samples = {key: urlsplit(address).path for key, address in stack.demo()["samples"].items()}
    ways = _ways(stack)
    return [
        *(Place(f"open-{name}", path) for name, path in OPEN.items()),
        Place("open-not-here", "/micro-credentials/no-such-thing/", 404),
        *(Place(f"open-{key}", samples[key]) for key in OPEN_SAMPLES if key in samples),
        *(Place(f"own-{key}", ways[path]) for key, path in samples.items() if path in ways),
        *_further(samples, ways),
        *_homes(),
        *_organisations(),
    ]


def stops_of_tour(stack: Stack) -> list[Place]:
    """Each with the bar that goes along; it stays on every page opened afterwards."""
    links = re.findall(r'<h2><a href="(/demo/tour/([a-z]+))">', stack.get("/demo/tour/")[1].decode())
    return [Place(f"tour-{key}", path) for path, key in links]


def _ways(stack: Stack) -> dict[str, str]:
    """Path -> the address that signs in whoever may see it, as the demonstration's page links it."""
    text = stack.get("/demo/")[1].decode()
    links = [html.unescape(link) for link in re.findall(r'href="(/demo/sign-in/[^"]+)"', text)]
    return {wanted[0]: link for link in links if (wanted := parse_qs(urlsplit(link).query).get("next"))}


def _further(samples: dict[str, str], ways: dict[str, str]) -> list[Place]:
    """Pages that hang on a sample's: the review before sending, taking it back, the preview."""
    ends = {
        "review-missing": ("submission_draft", "submit"),
        "review-again": ("submission_again", "submit"),
        "withdraw": ("submission_submitted", "withdraw"),
        "preview": ("award", "?preview"),
        "scores-to-send": ("assignment_accepted", "send"),
    }
    found = {name: (samples.get(key, ""), end) for name, (key, end) in ends.items()}
    further = [
        Place(f"own-{name}", _to(ways[path], f"{path}{end}")) for name, (path, end) in found.items() if path in ways
    ]
    staff = _sign_in("mireille", Role.AWARD_STAFF, EXCHANGE, samples["award"]) if "award" in samples else ""
    return [*further, *([Place("staff-award", staff)] if staff else [])]


def _homes() -> list[Place]:
    """Where the roles begin, and their pages that are no sample; some of them empty."""
    return [
        Place("earner-home", _sign_in("marisol", path="/earn/")),
        Place("earner-home-empty", _sign_in("rosalind", "earner", path="/earn/")),
        Place("earner-awards", _sign_in("leilani", "earner", path="/awards/")),
        Place("earner-transcript", _sign_in("leilani", "earner", path="/awards/transcript")),
        Place("earner-collection-new", _sign_in("leilani", "earner", path="/collections/new")),
        Place("earner-awards-empty", _sign_in("rosalind", "earner", path="/awards/")),
        Place("earner-elsewhere", _sign_in("leilani", "earner", path="/awards/elsewhere/")),
        Place("earner-acts-otherwise", _sign_in("leilani", Role.FACILITATOR, path="/earn/")),
        Place("earner-item", _sign_in("rosalind", "earner", path="/micro-credentials/exit-tickets/")),
        Place("account-profile", _sign_in("leilani", "earner", path="/account/profile/")),
        Place("account-email", _sign_in("leilani", "earner", path="/account/email/")),
        Place("account-password", _sign_in("leilani", "earner", path="/account/password/change/")),
        Place("account-apps", _sign_in("leilani", "earner", path="/account/apps/")),
        Place("account-data", _sign_in("leilani", "earner", path="/account/data/")),
        Place("account-erase", _sign_in("leilani", "earner", path="/account/data/erase/")),
        Place("account-second-step", _sign_in("leilani", "earner", path="/account/2fa/")),
        Place("account-conflicts", _sign_in("leilani", "earner", path="/account/conflicts/")),
        Place("leader-home", _sign_in("ifeoma", Role.SCORING_LEADER, EXCHANGE, "/lead/")),
        Place("leader-assessors", _sign_in("ifeoma", Role.SCORING_LEADER, EXCHANGE, "/lead/assessors/")),
        Place("leader-allies", _sign_in("ifeoma", Role.SCORING_LEADER, EXCHANGE, "/lead/allies/")),
        Place("assessor-availability", _sign_in("ruth", Role.ASSESSOR, EXCHANGE, "/assess/availability/")),
        Place("assessor-home", _sign_in("ruth", Role.ASSESSOR, EXCHANGE, "/assess/")),
        Place("assessor-home-other", _sign_in("yusuf", Role.ASSESSOR, LARKMOOR, "/assess/")),
        Place("staff-decisions", _sign_in("mireille", Role.AWARD_STAFF, LARKMOOR, "/author/decisions/")),
        Place("staff-decisions-empty", _sign_in("mireille", Role.AWARD_STAFF, EXCHANGE, "/author/decisions/")),
        *_measures(),
        Place("staff-issued", _sign_in("mireille", Role.AWARD_STAFF, EXCHANGE, "/author/awards/")),
    ]


def _organisations() -> list[Place]:
    """What an administrator of a district looks after; its school's pages are empty."""
    paths = {f"org-{name}": f"/organisations/{HARBOR_POINT}/{end}" for end, name in ORGANISATION.items()}
    school = "/organisations/tidewater-middle"
    empty = {f"org-empty-{name}": f"{school}/{end}" for end, name in ORGANISATION.items() if name != "people"}
    found = {"org-all": "/organisations/", **paths, **empty}
    return [
        *(Place(name, _sign_in("rosalind", Role.ADMINISTRATOR, HARBOR_POINT, path)) for name, path in found.items()),
        Place("account-work", _sign_in("marisol", path="/account/work/")),
        Place("account-work-roles", _sign_in("ruth", "earner", path="/account/work/")),
        Place("account-work-asked", _sign_in("josue", "earner", path="/account/work/")),
        Place("account-find", _sign_in("marisol", path="/account/work/find/?q=school")),
        Place("account-find-nothing", _sign_in("marisol", path="/account/work/find/?q=zzyzx")),
        Place("account-add-work", _sign_in("marisol", path="/account/work/add/saltgrass-high/")),
        Place("account-acting", _sign_in("leilani", Role.FACILITATOR, path="/account/acting/")),
        Place("account-second-step-none", _sign_in("leilani", "earner", path="/account/second-step/")),
        Place("minor-profile", _sign_in("keahi", path="/account/profile/")),
    ]


def _measures() -> list[Place]:
    """What a season of scoring says, to each who may read it; and an item nobody scored."""
    season, empty = (f"/author/reliability/{slug}/1/" for slug in ("design-challenge", "debugging-investigations"))
    validity = "/micro-credentials/design-challenge/1/validity/"
    return [
        Place("measures", _sign_in("ifeoma", Role.SCORING_LEADER, EXCHANGE, "/author/reliability/")),
        Place("measure-leader", _sign_in("ifeoma", Role.SCORING_LEADER, EXCHANGE, season)),
        Place("measure-staff", _sign_in("mireille", Role.AWARD_STAFF, EXCHANGE, season)),
        Place("measure-nothing", _sign_in("wendell", Role.AUTHOR, EXCHANGE, empty)),
        Place("own-record", _sign_in("chidinma", Role.ASSESSOR, EXCHANGE, "/assess/record/")),
        Place("statement", "/micro-credentials/design-challenge/1/reliability/"),
        Place("statement-not-yet", "/micro-credentials/wait-time/1/reliability/"),
        Place("validity", _sign_in("wendell", Role.AUTHOR, EXCHANGE, validity)),
    ]


def _sign_in(key: str, role: str = "", place: str = "", path: str = "") -> str:
    query = {name: value for name, value in (("as", role), ("in", place), ("next", path)) if value}
    return f"/demo/sign-in/{key}?{urlencode(query)}"


def _to(way: str, path: str) -> str:
    """The same way in, to another page."""
    parts = urlsplit(way)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | {"next": path}
    return f"{parts.path}?{urlencode(query)}"
