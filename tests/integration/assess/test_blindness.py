"""Nothing on the assessors' pages, in their addresses, headers and file names says who the earner is."""

import html
import re

from django.core.files.storage import default_storage

from tests.integration.assess.conftest import Held, form
from touchstone.assessment.enums import AssignmentState
from touchstone.kit import storage
from touchstone.portfolio.enums import ArtifactKind
from touchstone.portfolio.models import Artifact

LEVELS = {"overview": "passing", "recording": "basic", "reflection": "passing"}


def traces(held: Held) -> list[str]:
    """Everything that would lead from these pages to the earner."""
    cast, submission = held.cast, held.submission
    artifacts = Artifact.objects.filter(submission=submission)
    ids = [submission.id, submission.current_id, cast.earner.id, cast.earner.pseudonym_id, cast.earner.account_id]
    keys = [value for row in artifacts for value in (row.token, str(row.id), row.sha256, row.original)]
    names = [*cast.earner.name.split(), cast.earner.account.email, cast.school.name, cast.district.name, "rosa"]
    files = [row.name for row in artifacts if row.kind != ArtifactKind.TEXT]  # hers is called “Notes”, as a slot may be
    return [text for text in (*map(str, ids), submission.token, *keys, *names, *files) if text]


def everything(answer: object) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return html.unescape(headers + answer.content.decode()).casefold()


def test_no_page_of_an_assessor_holds_a_trace_of_the_earner(rich: Held):
    leaks = traces(rich)
    pages = {path: rich.client.get(path) for path in ("/assess/", rich.path, f"{rich.path}send")}
    data = form(pages[rich.path].context, LEVELS, "Say who spoke.")
    pages["saved"] = rich.client.post(f"{rich.path}scores", data, follow=True)
    pages["refused"] = rich.client.post(f"{rich.path}scores", {**data, "level-recording": "superb"})
    pages["sent"] = rich.client.post(f"{rich.path}send", follow=True)
    pages |= {str(place): rich.client.get(f"{rich.path}evidence/{place}") for place in range(1, 10)}
    rich.assignment.refresh_from_db()
    assert rich.assignment.state == AssignmentState.SCORED
    for path, answer in pages.items():
        assert answer.status_code in {200, 302, 404, 409}, path
        found = [trace for trace in leaks if trace.casefold() in everything(answer)]
        assert not found, f"{path} shows {found}"


def test_the_traces_are_there_to_be_found(rich: Held):
    """The scan above would be empty comfort if it looked for nothing."""
    page = rich.cast.client("earner").get("/account/profile/")
    assert {"rosa", "marchetti"} <= {trace.casefold() for trace in traces(rich) if trace.casefold() in everything(page)}
    assert len(traces(rich)) > 40


def test_an_offer_shows_no_evidence_before_it_is_accepted(offered: Held):
    page = offered.client.get(offered.path).content.decode()
    assert "What students said." not in page
    assert offered.client.get(f"{offered.path}evidence/1").status_code == 404


def test_evidence_leads_to_the_blind_copy_under_a_neutral_name(rich: Held):
    names = []
    for place in range(1, 10):
        answer = rich.client.get(f"{rich.path}evidence/{place}")
        if answer.status_code == 404:
            continue
        assert "no-store" in answer["Cache-Control"]
        key, name, _media_type, _inline = storage.read_link(answer["Location"].rpartition("/media/")[2])
        assert key.endswith("/blind")
        assert default_storage.size(key)
        names.append(name)
    assert names == [
        "Evidence 2.docx",
        "Evidence 3.pdf",
        "Evidence 4.jpg",
        "Evidence 5.jpg",
        "Evidence 6.mp3",
        "Evidence 7.mp4",
        "Evidence 8.txt",
    ]


def test_each_piece_is_shown_by_its_kind(rich: Held):
    page = rich.client.get(rich.path).content.decode()
    for tag, place in (("iframe", 3), ("img", 4), ("img", 5), ("audio", 6), ("video", 7)):
        assert re.search(f'<{tag} src="{rich.path}evidence/{place}"', page), tag
    assert "What students said." in page
    assert "Nine students spoke &lt;b&gt;twice&lt;/b&gt;." in page
    assert 'value="https://videos.example.org/watch/1"' in page
    assert 'href="https://videos' not in page
    assert "may show who made it" in page


def test_there_is_no_evidence_behind_the_last_place(rich: Held):
    for place in (0, 1, 9, 10, 9999999999):  # 1 and 9 are a text and a link
        assert rich.client.get(f"{rich.path}evidence/{place}").status_code == 404
