"""Who sees what of the measurements, and that the pages say it."""

import io
import zipfile

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from tests.integration.insights.season import NAMES, Season, play
from touchstone.catalogue import actions as catalogue
from touchstone.core.studies import bundle
from touchstone.core.studies.study import as_json, measure
from touchstone.insights.models import Measurement, ValidityNote
from touchstone.people.models import Membership
from touchstone.web.acting import SESSION_KEY


@pytest.fixture
def season(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Season:
    return play(cast, monkeypatch)


@pytest.fixture
def author(cast: Cast) -> Membership:
    return b.member(b.person("Quentin Isherwood", state="VT"), cast.issuer, "author")


def _client(membership: Membership) -> Client:
    client = Client()
    client.force_login(membership.person.person.account)
    session = client.session
    session[SESSION_KEY] = str(membership.id)
    session.save()
    return client


def _page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


DASHBOARD = "/author/reliability/season/1/"


def test_leaders_see_names_others_codes_and_outsiders_nothing(cast: Cast, season: Season, author: Membership):
    codes = list(Measurement.objects.get().assessors)
    led = _page(cast.client("leader"), DASHBOARD)
    assert all(name in led for name in NAMES.values())
    assert not [code for code in codes if code in led]  # a name and a code together would open the export
    for page in (_page(cast.client("staff"), DASHBOARD), _page(_client(author), DASHBOARD)):
        assert all(code in page for code in codes)
        assert not [name for name in NAMES.values() if name in page]
    for who in ("outside_staff", "earner", "assessor", "outside_leader"):
        assert cast.client(who).get(DASHBOARD).status_code == 404, who
        assert cast.client(who).get(f"{DASHBOARD}export.zip").status_code == 404, who
    _shows_every_chart(led, season)
    _leads_here_from_the_list(cast)
    _exports_what_was_measured(cast, season)


def _shows_every_chart(page: str, season: Season) -> None:
    for kind in ("heat", "caterpillar", "lines", "bars"):
        assert f'class="chart {kind}"' in page
    assert page.count('class="chart heat"') == len(season.version.document["rubric"]["criteria"])
    assert f"{NAMES['chidinma']}: " in page
    assert "more severe than before, since" in page
    assert "measured on" in page
    assert " style=" not in page


def _leads_here_from_the_list(cast: Cast) -> None:
    page = _page(cast.client("staff"), "/author/reliability/")
    assert f'href="{DASHBOARD}"' in page
    assert "1 assessor changed" in page


def _exports_what_was_measured(cast: Cast, season: Season) -> None:
    answer = cast.client("staff").get(f"{DASHBOARD}export.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="scores-season-1.zip"'
    assert as_json(measure(bundle.read(answer.content))) == Measurement.objects.get().figures
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    ids = [str(row.person_id) for row in season.assessors.values()]
    assert not [value for value in (*NAMES.values(), *ids) if value in everything]


def test_an_assessor_sees_her_own_record_and_nothing_of_the_others(cast: Cast, season: Season):
    page = _page(_client(season.assessors["chidinma"]), "/assess/record/")
    assert "You have become" in page
    assert "more severe" in page
    assert not [name for key, name in NAMES.items() if key != "chidinma" and name in page]
    assert not [code for code in Measurement.objects.get().assessors if code in page]
    assert "You have become" not in _page(_client(season.assessors["ruth"]), "/assess/record/")
    assert "Nothing was measured yet" in _page(cast.client("assessor"), "/assess/record/")


def test_everybody_reads_the_statement_once_it_is_established(cast: Cast, season: Season):
    path = "/micro-credentials/season/1/reliability/"
    page = _page(Client(), path)
    assert "at least 80 works" in page  # 84: exact counts are for the issuer
    assert "84 works" not in page
    assert "All work is read by two assessors" in page
    assert not [name for name in NAMES.values() if name in page]
    item = _page(Client(), "/micro-credentials/season/")
    assert "All work is read by two assessors" in item
    assert path in item
    row = Measurement.objects.get()
    row.figures["established"] = False
    row.save()
    page = _page(Client(), path).split("<main")[1]
    assert "Not yet established" in page
    assert "%" not in page


def test_a_version_nobody_scored_then_says_when_it_will_be_measured(cast: Cast):
    assert "Nothing was measured yet" in _page(cast.client("leader"), "/author/reliability/wait-time/1/")
    assert "Not yet established" in _page(Client(), "/micro-credentials/wait-time/1/reliability/")
    assert cast.client("leader").get("/author/reliability/wait-time/2/").status_code == 404
    assert "/account/login/" in Client().get("/author/reliability/wait-time/1/").headers["Location"]


def test_an_author_adds_to_the_validity_record_and_everybody_reads_it(cast: Cast, author: Membership):
    path, add = "/micro-credentials/wait-time/1/validity/", "/author/reliability/wait-time/1/validity"
    client = _client(author)
    assert "Add to the record" in _page(client, path)
    note = {"kind": "panel", "on_date": "2026-03-02", "text": "Seven teachers judged each level."}
    assert client.post(add, note).status_code == 302
    assert "Seven teachers judged each level." in _page(Client(), path)
    assert "Add to the record" not in _page(Client(), path)
    assert client.post(add, {**note, "text": " "}).status_code == 400
    future = client.post(add, {**note, "on_date": "2999-01-01", "text": "Kept."})
    assert future.status_code == 400
    assert "Kept." in future.content.decode()
    assert ValidityNote.objects.count() == 1
    assert cast.client("staff").post(add, note).status_code == 404


def test_changes_between_versions_are_told(cast: Cast):
    document = b.document("wait-time", cast.issuer.slug, scoring={"second_reads": "0.5"})
    document["rubric"]["criteria"][0]["title"] = "Another title"
    catalogue.publish_version(actor=b.SYSTEM, document=document, now=b.NOW)
    page = _page(Client(), "/micro-credentials/wait-time/2/validity/")
    assert "Other words for Another title." in page
    assert "Another way of reading" in page
    assert "50" in _page(Client(), "/micro-credentials/wait-time/")
