"""The catalogue as anyone may read it."""

from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from tests import builders as b
from tests.cast import Cast
from touchstone.catalogue import actions as catalogue
from touchstone.core.content import Topic
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award


@pytest.fixture
def anyone(cast: Cast) -> Client:
    return cast.client("anonymous")


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def queries_for(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(path)
    return len(seen)


def test_storefront_when_signed_out_then_shows_doors_items_and_issuers(anyone: Client) -> None:
    page = text(anyone, "/")
    assert "Wait time" in page
    assert 'href="/verify/"' in page
    assert 'href="/issuers/exchange/"' in page
    assert "Your next step" not in page


def test_storefront_when_work_is_begun_then_leads_to_it(cast: Cast) -> None:
    cast.draft()
    assert "Your next step" in text(cast.client("earner"), "/")
    assert "Your next step" not in text(cast.client("colleague"), "/")


def test_explore_when_searched_then_finds_by_words_of_the_document(anyone: Client) -> None:
    page = text(anyone, "/explore/?q=three+seconds+pause")
    assert "0 micro-credentials for" in page
    page = text(anyone, "/explore/?q=waits+seconds")
    assert "2 micro-credentials for “waits seconds”" in page


def test_explore_when_filtered_by_issuer_then_shows_only_its_own(anyone: Client) -> None:
    page = text(anyone, "/explore/?issuer=other-issuer")
    assert "1 micro-credential<" in page
    assert "/micro-credentials/elsewhere/" in page
    assert "/micro-credentials/wait-time/" not in page


def test_explore_when_filtered_by_topic_then_offers_and_keeps_it(cast: Cast, anyone: Client) -> None:
    catalogue.set_topics(actor=b.SYSTEM, topics=[Topic("questioning", "Questioning", (), {})], now=b.NOW)
    b.version("sketches", of=cast.issuer, title="Sketches", topics=["drawing"])
    page = text(anyone, "/explore/?topic=questioning")
    assert '<option value="questioning" selected>Questioning' in page
    assert "Sketches" not in page


def test_explore_when_nothing_matches_then_shows_the_way_on(anyone: Client) -> None:
    page = text(anyone, "/explore/?q=zebra")
    assert "Nothing here matches" in page
    assert 'href="/explore/"' in page


@pytest.mark.parametrize(
    "query", ["q=%00", "topic=nowhere", "grain=huge", "q=" + "x" * 300, "q='%20OR%20(", "after=zzz"]
)
def test_explore_when_the_question_is_odd_then_still_answers(anyone: Client, query: str) -> None:
    assert "micro-credential" in text(anyone, f"/explore/?{query}")


def test_explore_when_more_than_fifty_then_pages_and_keeps_the_filter(cast: Cast, anyone: Client) -> None:
    for number in range(51):
        b.version(f"item-{number:02}", of=cast.issuer, title=f"Item {number:02}")
    page = text(anyone, "/explore/?issuer=exchange")
    assert "52 micro-credentials" in page
    assert "/micro-credentials/wait-time/" not in page
    after = page.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "issuer=exchange" in after
    assert "/micro-credentials/wait-time/" in text(anyone, f"/explore/{after}")


def test_explore_when_a_stack_holds_a_match_then_shows_the_stack(cast: Cast, anyone: Client) -> None:
    cast.stack()
    assert "/stacks/questioning/" in text(anyone, "/explore/?issuer=exchange")
    assert "/stacks/questioning/" not in text(anyone, "/explore/?issuer=other-issuer")


@pytest.mark.parametrize("path", ["/", "/explore/", "/issuers/exchange/"])
def test_lists_when_longer_then_take_no_more_queries(cast: Cast, anyone: Client, path: str) -> None:
    few = queries_for(anyone, path)
    for number in range(20):
        b.version(f"item-{number:02}", of=cast.issuer, title=f"Item {number:02}")
    assert queries_for(anyone, path) == few


def test_item_when_read_then_holds_the_whole_anatomy(cast: Cast, anyone: Client) -> None:
    cast.stack()
    page = text(anyone, "/micro-credentials/wait-time/")
    for part in (
        "The educator waits at least three seconds",
        "Ask, wait, listen, wait again.",
        "Count three seconds in silence.",
        "Students think before they speak",
        '<a href="https://example.org/rowe">Rowe, M. B. (1974).</a>',
        "Longer waits bring longer answers.",
        "Timer card",
        "Which lesson was it?",
        "3 to 100 words",
        "Recording or notes",
        "1 to 3 pieces, each a document, a picture, a sound recording, a video, a text you type here or a link",
        "collect a signed release",
        "The work shows the whole method.",
        "<strong>Recording:</strong> Proficient",
        "About 5 hours",
        "Teachers who use wait time themselves.",
        "within 5 business days",
        'href="/issuers/exchange/"',
        '<a href="https://example.org/intasc">8(f) Engages all learners',
        'href="/stacks/questioning/"',
        "decided by your district and your state",
        "<dd>English</dd>",
    ):
        assert part in page, part


def test_item_when_a_lower_level_is_enough_then_says_or_better(cast: Cast, anyone: Client) -> None:
    rule = {"schema": 1, "all_of": [{"criterion": "recording", "at_least": "basic"}]}
    b.version("easy", of=cast.issuer, passing_rule=rule)
    page = text(anyone, "/micro-credentials/easy/")
    assert "<strong>Recording:</strong> Basic <span" in page
    assert "or better" in page


def test_item_when_signed_out_then_start_leads_through_sign_in(anyone: Client) -> None:
    page = text(anyone, "/micro-credentials/wait-time/")
    assert 'href="/account/login/?next=/micro-credentials/wait-time/"' in page
    assert 'action="/earn/start/wait-time"' not in page


def test_item_when_signed_in_then_start_is_a_post(cast: Cast) -> None:
    assert 'action="/earn/start/wait-time" method="post"' in text(
        cast.client("earner"), "/micro-credentials/wait-time/"
    )


def test_item_when_begun_then_leads_to_the_work(cast: Cast) -> None:
    submission = cast.draft()
    page = text(cast.client("earner"), "/micro-credentials/wait-time/")
    assert f'href="/earn/{submission.token}/"' in page
    assert "/earn/start/" not in page


def test_item_when_acting_in_a_role_then_says_how_to_start(cast: Cast) -> None:
    page = text(cast.client("assessor"), "/micro-credentials/wait-time/")
    assert "/earn/start/" not in page
    assert "choose “Educator” in the header" in page


def test_item_when_the_text_holds_markup_then_shows_it_as_text(cast: Cast, anyone: Client) -> None:
    b.version("markup", of=cast.issuer, competency="<script>alert(1)</script>", summary='"><b>bold')
    page = text(anyone, "/micro-credentials/markup/")
    assert "<script>alert" not in page
    assert "<b>bold" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/micro-credentials/none/",
        "/stacks/none/",
        "/issuers/none/",
        "/issuers/maple-school/",
        "/micro-credentials/none/mark.png",
        "/stacks/none/mark.png",
    ],
)
def test_page_when_there_is_no_such_thing_then_not_found(anyone: Client, path: str) -> None:
    text(anyone, path, 404)


def test_stack_when_one_is_held_then_marks_it(cast: Cast) -> None:
    cast.stack()
    cast.earned()
    assert "Earned" in text(cast.client("earner"), "/stacks/questioning/")
    assert "Earned" not in text(cast.client("anonymous"), "/stacks/questioning/").partition("<main")[2]


def test_issuer_when_invented_then_says_so(cast: Cast, anyone: Client) -> None:
    assert "invented for demonstration" not in text(anyone, "/issuers/exchange/")
    cast.issuer.is_invented = True
    cast.issuer.save()
    assert "invented for demonstration" in text(anyone, "/issuers/exchange/")


def test_issuer_when_an_award_is_listed_then_shows_it_and_no_other(cast: Cast, anyone: Client) -> None:
    cast.earned()
    award = Award.objects.get()
    assert "Rosa Marchetti" not in text(anyone, "/issuers/exchange/")
    credentials.share_award(actor=b.actor(cast.earner), token=award.token, visibility="link", now=b.NOW)
    assert "Rosa Marchetti" not in text(anyone, "/issuers/exchange/")
    credentials.share_award(actor=b.actor(cast.earner), token=award.token, visibility="listed", now=b.NOW)
    page = text(anyone, "/issuers/exchange/")
    assert "Rosa Marchetti" in page
    assert f"/awards/{award.token}" in page


def test_mark_when_asked_then_is_a_public_square_picture(cast: Cast, anyone: Client) -> None:
    cast.stack()
    for path in ("/micro-credentials/wait-time/mark.png", "/stacks/questioning/mark.png"):
        answer = anyone.get(path)
        assert answer["Content-Type"] == "image/png"
        assert "public" in answer["Cache-Control"]
        assert Image.open(BytesIO(answer.content)).size == (512, 512)


def test_search_when_words_stand_in_a_title_then_that_comes_first(cast: Cast):
    b.version("about-waiting", of=cast.issuer, title="A first look", rationale="Wait time, and why wait time is short.")
    page = cast.client("anonymous").get("/explore/?q=wait+time").content.decode()
    assert 0 < page.index('/micro-credentials/wait-time/"') < page.index('/micro-credentials/about-waiting/"')
