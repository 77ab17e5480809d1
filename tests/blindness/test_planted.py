"""The crawler finds a leak of each kind, planted by the test in what the site answers."""

import base64
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse

from tests import builders as b
from tests.blindness import evidence
from tests.blindness.crawler import AS_IN_PRODUCTION, Crawl
from tests.blindness.planting import planted
from tests.blindness.report import Leak, Report
from tests.blindness.world import World
from touchstone.assessment import rules
from touchstone.kit import mail
from touchstone.people.models import Person
from touchstone.portfolio.models import Artifact

HOME = {"assessor": "/assess/", "award_staff": "/author/decisions/", "herself": "/earn/", "nobody": "/explore/"}
pytestmark = pytest.mark.django_db


def _earner(world: World) -> Person:
    return world.cast.earner


def _artifact(world: World, ending: str = "docx") -> Artifact:
    return Artifact.objects.get(submission=world.works[0].submission, name__endswith=ending)


def _packed(text: str) -> str:
    return base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")


# What leaks, by what it is called in the report, and how it stands in the page. Everything here is of the earner.
IN_PAGE: dict[str, tuple[str, Callable[[World], str]]] = {
    "a name": ("name", lambda world: f"<p>{_earner(world).name}</p>"),
    "a name in capitals": ("name", lambda world: _earner(world).name.upper()),
    "a family name alone": ("name", lambda world: "<b>Marchetti</b>"),
    "an initial and a family name": ("name", lambda world: "<p>R. Marchetti</p>"),
    "a name in entities": ("name", lambda world: "".join(f"&#{ord(sign)};" for sign in "Marchetti")),
    "a name in an attribute": ("name", lambda world: '<img alt="by Marchetti">'),
    "a name in a comment": ("name", lambda world: "<!-- Marchetti -->"),
    "a sort key": ("name", lambda world: f'<li data-sort="{_earner(world).sort_name}">'),
    "a place in a list by sort key": (
        "name",
        lambda world: f'<a href="?after={_packed(json.dumps(["rosa marchetti", 7]))}">More</a>',
    ),
    "an e-mail address in a link": ("e-mail", lambda world: '<a href="mailto:rosa.marchetti%40maple.example.org">'),
    "a handle": ("handle", lambda world: "<script>var u='\\u0072marchetti'</script>"),
    "a school": ("school", lambda world: "<p>Maple&nbsp;School</p>".replace("&nbsp;", " ")),
    "a district's slug": ("school", lambda world: '<a href="/districts/maple-district">'),
    "a nickname": ("nickname", lambda world: f"<p>{evidence.NICKNAME} says</p>"),
    "a file name": ("file name", lambda world: _artifact(world).name),
    "a pseudonym's id": ("pseudonym id", lambda world: f'<a href="/people/{_earner(world).pseudonym_id}">'),
    "an id without dashes": ("pseudonym id", lambda world: f'<i id="p{_earner(world).pseudonym_id.hex}">'),
    "an id in base64": (
        "pseudonym id",
        lambda world: base64.urlsafe_b64encode(_earner(world).pseudonym_id.bytes).decode(),
    ),
    "an account's id": ("account id", lambda world: str(_earner(world).account_id).upper()),
    "a submission's token": ("submission token", lambda world: world.works[0].submission.token),
    "a submission's id": ("submission id", lambda world: str(world.works[0].submission.id)),
    "an attempt's id": ("attempt id", lambda world: str(world.works[0].submission.current_id)),
    "a piece's token": ("artifact token", lambda world: _artifact(world).token),
    "the hash of an original": ("hash of an original", lambda world: _artifact(world).sha256),
    "that hash in base64": (
        "hash of an original",
        lambda world: "sha256-" + base64.b64encode(bytes.fromhex(_artifact(world).sha256)).decode(),
    ),
    "a storage key": ("storage key", lambda world: _artifact(world).original),
    "an award's token": ("award token", lambda world: world.works[1].awards[0].token),
}


def _leaks(world: World, who: str, role: str, plant: Any, path: str = "", most: int = 1) -> set[Leak]:
    """What the crawler reports of one face's answers while something is planted."""
    report = Report()
    with AS_IN_PRODUCTION, planted(plant):
        Crawl(world.face(who, role=role), world, report).walk([path or HOME[role]], most=most)
    return report.leaks


def _into_page(text: str) -> Any:
    def plant(request: HttpRequest, answer: Any) -> Any:
        if "text/html" in answer.headers.get("Content-Type", ""):
            answer.content = answer.content.replace(b"</main>", text.encode() + b"</main>")
        return answer

    return plant


@pytest.mark.parametrize("what", IN_PAGE)
def test_what_stands_in_a_page_is_found(world: World, what: str):
    kind, text = IN_PAGE[what]
    assert kind in {leak.kind for leak in _leaks(world, "assessor", "assessor", _into_page(text(world)))}


HEADERS = {
    "an e-mail address": ("e-mail", "X-Served-For", lambda world: str(_earner(world).account)),
    "a hash as ETag": ("hash of an original", "ETag", lambda world: f'W/"{_artifact(world).sha256}"'),
    "a name as file name": (
        "name",
        "Content-Disposition",
        lambda world: f"inline; filename*=utf-8''{quote(_earner(world).name)}.docx",
    ),
    "a token in a redirect": ("submission token", "Location", lambda world: f"/x/{world.works[0].submission.token}"),
    "an id in a link header": ("pseudonym id", "Link", lambda world: f"<https://x/{_earner(world).pseudonym_id}>"),
}


@pytest.mark.parametrize("what", HEADERS)
def test_what_stands_in_a_header_is_found(world: World, what: str):
    kind, header, value = HEADERS[what]

    def plant(request: HttpRequest, answer: Any) -> Any:
        answer.headers[header] = value(world)
        return answer

    leaks = _leaks(world, "assessor", "assessor", plant)
    assert (kind, f"header {header}") in {(leak.kind, leak.place) for leak in leaks}


def test_what_stands_in_a_cookie_is_found(world: World):
    def plant(request: HttpRequest, answer: Any) -> Any:
        answer.set_cookie("last", base64.b64encode(b"seen by rosa.marchetti@maple.example.org").decode())
        return answer

    assert "cookie last" in {leak.place for leak in _leaks(world, "assessor", "assessor", plant)}


def test_what_stands_in_json_is_found(world: World):
    def plant(request: HttpRequest, answer: Any) -> Any:
        return HttpResponse('{"by": "\\u0072marchetti"}', content_type="application/json")

    assert "handle" in {leak.kind for leak in _leaks(world, "assessor", "assessor", plant)}


@pytest.mark.parametrize(("number", "make"), list(enumerate(evidence.ALL)), ids=[name for name, _make in evidence.ALL])
def test_what_stands_in_the_metadata_of_a_file_is_found(world: World, tmp_path: Path, number: int, make: Any):
    name, writer = make
    path = writer(tmp_path / name, evidence.maker_of(_earner(world)))

    def plant(request: HttpRequest, answer: Any) -> Any:
        return HttpResponse(path.read_bytes(), content_type="application/octet-stream")

    leaks = _leaks(world, "assessor", "assessor", plant)
    assert {"name", "school"} & {leak.kind for leak in leaks}, leaks
    assert all(leak.place.startswith("file") for leak in leaks)


def test_an_original_instead_of_its_copy_is_found(world: World):
    with default_storage.open(_artifact(world, "jpg").original) as file:
        original = file.read()

    def plant(request: HttpRequest, answer: Any) -> Any:
        return HttpResponse(original, content_type="image/jpeg")

    assert "file itself" in {leak.place for leak in _leaks(world, "assessor", "assessor", plant)}


def test_a_name_in_a_mail_is_found(world: World):
    mail.post(
        kind="work_offered",
        to=str(world.cast.assessor.person.person.account),
        subject="Work of Rosa Marchetti",
        text="Please look.",
        now=b.NOW,
    )
    report = Report()
    with AS_IN_PRODUCTION:
        Crawl(world.face("assessor"), world, report).read_mail(most=0)
    assert {(leak.kind, leak.place) for leak in report.leaks} == {("name", "subject")}


def test_an_assessor_who_shows_on_the_earners_pages_is_found(world: World):
    scorer = Person.objects.get(pseudonym=world.works[1].assignments[0].assessor)
    for text in (scorer.name, str(scorer.account), world.works[1].assignments[0].code):
        assert _leaks(world, "earner", "herself", _into_page(text)), text


def test_a_comment_shown_before_its_time_is_found(world: World):
    unsent = next(iter(world.works[0].said.values()))
    for who, role in (("earner", "herself"), ("staff", "award_staff"), ("anonymous", "nobody")):
        assert {"words of a comment"} == {leak.kind for leak in _leaks(world, who, role, _into_page(unsent))}


def test_both_sides_of_a_work_on_one_page_of_award_staff_are_found(world: World):
    assert not _leaks(world, "staff", "award_staff", _into_page("Rosa Marchetti"))  # holders they see by name
    assert _leaks(world, "staff", "award_staff", _into_page("Devon Achterberg"))


def test_work_that_opens_to_whoever_asks_is_found(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules, "MINE", type(rules.MINE)(lambda actor, rows: rows))
    assignment = world.works[0].assignments[-1]
    assessors = [face for face in world.faces if face.role == "assessor"]
    other = next(face for face in assessors if face.person and face.person.pseudonym_id != assignment.assessor_id)
    report = Report()
    with AS_IN_PRODUCTION:
        Crawl(other, world, report).try_addresses([f"/assess/{assignment.token}/"])
    assert {"words of the work"} <= {leak.kind for leak in report.leaks}
    assert "assignment token" not in {leak.kind for leak in report.leaks}  # she was told the address herself


def test_a_leak_says_who_met_what_where(world: World):
    (leak,) = _leaks(world, "anonymous", "nobody", _into_page("<p>Marchetti</p>"))
    assert re.fullmatch(
        "anonymous as nobody at /explore/, in the page: name of Rosa Marchetti \\(Marchetti\\)", str(leak)
    )
