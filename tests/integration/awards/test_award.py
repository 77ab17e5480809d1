"""An award as its holder, award staff, everybody else and machines see it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.cast import Cast
from touchstone.core.openbadges.bake import unbake_png, unbake_svg
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.models import Award, Badge, StatusList
from touchstone.credentials.verification import verify_here
from touchstone.kit.drain import run_waiting_jobs
from touchstone.portfolio.models import Submission

MACHINE = "application/vc+ld+json"


@pytest.fixture
def award(cast: Cast) -> Award:
    cast.earned()
    return Award.objects.get()


def share(cast: Cast, award: Award, visibility: str) -> None:
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility=visibility, now=b.NOW)


def revoke(cast: Cast, award: Award) -> None:
    who = b.actor(cast.staff.person.person, cast.staff)
    actions.revoke_award(actor=who, token=award.token, reason="integrity", note="Copied plan.", now=b.later(days=3))
    run_waiting_jobs()


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_list_when_signed_out_then_leads_to_sign_in(cast: Cast) -> None:
    assert cast.client("anonymous").get("/awards/").url.startswith("/account/login/")


def test_list_when_some_are_held_then_shows_only_own(cast: Cast, award: Award) -> None:
    page = text(cast.client("earner"), "/awards/")
    assert f"/awards/{award.token}" in page
    assert "Private" in page
    assert award.token not in text(cast.client("colleague"), "/awards/")
    assert "Nothing earned yet" in text(cast.client("colleague"), "/awards/")
    assert "Choose “Educator”" in text(cast.client("staff"), "/awards/")


def test_list_when_longer_then_takes_no_more_queries(cast: Cast, award: Award) -> None:
    def count() -> int:
        cast.client("earner").get("/awards/")
        with CaptureQueriesContext(connection) as seen:
            cast.client("earner").get("/awards/")
        return len(seen)

    few = count()
    for number in range(4):
        item = b.version(f"item-{number}", of=cast.issuer, title=f"Item {number}")
        submission = b.draft(cast.earner, item)
        attempt = Submission.objects.select_related("current").get(id=submission.id).current
        assert attempt
        actions.award_version(actor=b.SYSTEM, attempt=attempt, levels=b.PASSING, now=b.NOW)
    assert count() == few


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [("private", {"earner", "staff"}), ("link", None), ("listed", None)],
)
@pytest.mark.parametrize("path", ["", "/badge.json", "/badge.png", "/badge.svg"])
def test_award_when_shared_so_then_seen_by(
    cast: Cast, award: Award, visibility: str, seen_by: set[str] | None, path: str
) -> None:
    share(cast, award, visibility)
    for who in ("anonymous", "earner", "colleague", "staff", "assessor", "outside_staff"):
        expected = 200 if seen_by is None or who in seen_by else 404
        assert cast.client(who).get(f"/awards/{award.token}{path}").status_code == expected, who


def test_page_when_shared_then_shows_holder_competency_and_levels(cast: Cast, award: Award) -> None:
    share(cast, award, "link")
    page = text(cast.client("anonymous"), f"/awards/{award.token}")
    for part in (
        "Wait time",
        "Rosa Marchetti",
        'href="/issuers/exchange/"',
        "The educator waits at least three seconds",
        "<strong>Proficient</strong><br>The work shows the whole method.",
        "This badge is genuine",
        "The badge is exactly as it was signed.",
        f'<meta property="og:image" content="http://localhost:8000/awards/{award.token}/card.png">',
        '<meta property="og:title" content="Wait time">',
        "noindex",
    ):
        assert part in page, part
    for part in ("Sharing", "Revoke", "Copied plan"):
        assert part not in page.partition("<main")[2], part


def test_page_when_signed_late_then_says_so_kindly(cast: Cast) -> None:
    submission = cast.draft()
    assert submission.current
    award = actions.award_version(actor=b.SYSTEM, attempt=submission.current, levels=b.PASSING, now=b.NOW)
    client = cast.client("earner")
    assert "The badge is being signed" in text(client, f"/awards/{award.token}")
    assert "The badge is being signed" in text(client, f"/awards/{award.token}/badge.png", 503)
    answer = client.get(f"/awards/{award.token}", headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert "being signed" in answer.json()["error"]


def test_page_when_of_a_stack_then_links_to_it(cast: Cast) -> None:
    stack = cast.stack()
    cast.earned()
    award = Award.objects.get(stack_version=stack)
    page = text(cast.client("earner"), f"/awards/{award.token}")
    assert 'href="/stacks/questioning/"' in page
    assert "Ask so that everyone thinks." in page


@pytest.mark.parametrize("accept", [MACHINE, "application/ld+json", "application/json", f"text/html;q=0.5, {MACHINE}"])
def test_award_when_a_machine_asks_then_gives_the_signed_badge(cast: Cast, award: Award, accept: str) -> None:
    share(cast, award, "link")
    answer = cast.client("anonymous").get(f"/awards/{award.token}", headers={"Accept": accept})
    assert answer["Content-Type"] == accept.rpartition(" ")[2]
    assert "Accept" in answer["Vary"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == Badge.objects.get().document


@pytest.mark.parametrize(
    "accept", ["", "*/*", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "image/png"]
)
def test_award_when_a_browser_asks_then_gives_the_page(cast: Cast, award: Award, accept: str) -> None:
    answer = cast.client("earner").get(f"/awards/{award.token}", headers={"Accept": accept} if accept else {})
    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]


def test_files_when_downloaded_then_hold_a_badge_that_verifies(cast: Cast, award: Award) -> None:
    document = Badge.objects.get().document
    client = cast.client("earner")
    files = {ending: client.get(f"/awards/{award.token}/badge.{ending}") for ending in ("json", "png", "svg")}
    assert files["json"]["Content-Type"] == MACHINE
    assert json.loads(unbake_png(files["png"].content)) == document
    assert json.loads(unbake_svg(files["svg"].content)) == document
    for answer in files.values():
        assert "attachment" in answer["Content-Disposition"]
        assert verify_here(answer.content, now=b.NOW).summary is Summary.VALID


def test_share_when_chosen_then_changes_who_sees_it(cast: Cast, award: Award) -> None:
    client = cast.client("earner")
    answer = client.post(f"/awards/{award.token}/share", {"visibility": "link"}, follow=True)
    assert answer.redirect_chain == [(f"/awards/{award.token}", 302)]
    page = " ".join(answer.content.decode().split())
    assert "Who may see it: By link." in page
    assert f'value="http://localhost:8000/awards/{award.token}"' in page
    assert cast.client("anonymous").get(f"/awards/{award.token}").status_code == 200
    client.post(f"/awards/{award.token}/share", {"visibility": "private"})
    assert cast.client("anonymous").get(f"/awards/{award.token}").status_code == 404


def test_share_when_the_choice_is_unknown_then_asks_again(cast: Cast, award: Award) -> None:
    answer = cast.client("earner").post(f"/awards/{award.token}/share", {"visibility": "everyone"})
    assert answer.status_code == 400
    assert "Sharing" in answer.content.decode()
    assert Award.objects.get().visibility == "private"


@pytest.mark.parametrize("who", ["colleague", "staff", "assessor"])
def test_share_when_not_the_holder_then_there_is_nothing(cast: Cast, award: Award, who: str) -> None:
    share(cast, award, "link")
    answer = cast.client(who).post(f"/awards/{award.token}/share", {"visibility": "private"})
    assert answer.status_code == 404
    assert Award.objects.get().visibility == "link"


def test_preview_when_asked_by_the_holder_then_hides_her_part(cast: Cast, award: Award) -> None:
    client = cast.client("earner")
    assert "Sharing" in text(client, f"/awards/{award.token}")
    page = text(client, f"/awards/{award.token}?preview")
    assert 'id="sharing"' not in page
    assert "Others see nothing" in page


def test_revoke_when_by_award_staff_then_page_and_badge_say_so_but_not_the_note(cast: Cast, award: Award) -> None:
    share(cast, award, "link")
    document = json.dumps(Badge.objects.get().document).encode()
    staff = cast.client("staff")
    assert "Revoke for good" in text(staff, f"/awards/{award.token}")
    answer = staff.post(f"/awards/{award.token}/revoke", {"reason": "integrity", "note": "Copied plan."})
    assert answer.status_code == 302
    for path in (f"/awards/{award.token}",):
        page = text(cast.client("anonymous"), path)
        assert "Reason: Integrity finding." in page
        assert "genuine" not in page
        assert "Copied plan" not in page
    run_waiting_jobs()
    page = text(cast.client("anonymous"), f"/awards/{award.token}")
    assert "The issuer has withdrawn this badge." in page
    assert verify_here(document, now=b.NOW).summary is not Summary.VALID
    assert "Revoke for good" not in text(staff, f"/awards/{award.token}")
    assert "Revoked" in text(cast.client("earner"), "/awards/")


def test_revoke_when_no_reason_is_given_then_asks_and_keeps_the_note(cast: Cast, award: Award) -> None:
    answer = cast.client("staff").post(f"/awards/{award.token}/revoke", {"reason": "", "note": "Copied plan."})
    assert answer.status_code == 400
    assert "Copied plan." in answer.content.decode()
    assert Award.objects.get().revoked_at is None


@pytest.mark.parametrize(
    ("who", "private", "by_link"),
    [("earner", 403, 403), ("colleague", 404, 403), ("outside_staff", 404, 403), ("leader", 404, 403)],
)
def test_revoke_when_not_award_staff_of_the_issuer_then_refused(
    cast: Cast, award: Award, who: str, private: int, by_link: int
) -> None:
    for visibility, status in (("private", private), ("link", by_link)):
        share(cast, award, visibility)
        answer = cast.client(who).post(f"/awards/{award.token}/revoke", {"reason": "error", "note": ""})
        assert answer.status_code == status
    assert Award.objects.get().revoked_at is None


@pytest.mark.parametrize("verb", ["share", "revoke"])
def test_change_when_read_or_signed_out_then_nothing_happens(cast: Cast, award: Award, verb: str) -> None:
    assert cast.client("earner").get(f"/awards/{award.token}/{verb}").status_code == 405
    answer = cast.client("anonymous").post(f"/awards/{award.token}/{verb}", {"visibility": "link"})
    assert answer.url.startswith("/account/login/")


@pytest.mark.parametrize("verb", ["share", "revoke"])
def test_change_when_from_another_site_then_refused(cast: Cast, award: Award, verb: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.earner.account)
    assert strict.post(f"/awards/{award.token}/{verb}", {"visibility": "link"}).status_code == 403


def test_issuer_document_when_fetched_then_lists_its_keys_for_any_site(cast: Cast, award: Award) -> None:
    answer = cast.client("anonymous").get(f"/issuers/{cast.issuer.token}/did.json")
    assert answer["Content-Type"] == "application/did+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert Badge.objects.get().key.public in answer.content.decode()
    for path in (f"/issuers/{cast.school.token}/did.json", "/issuers/exchange/did.json", "/issuers/none/did.json"):
        text(cast.client("anonymous"), path, 404)


def test_issuer_document_when_the_origin_is_https_then_is_the_one_badges_name(cast: Cast, settings: Any) -> None:
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    cast.earned()
    document = Badge.objects.get().document
    answer = cast.client("anonymous").get(f"/issuers/{cast.issuer.token}/did.json")
    assert answer.json()["id"] == document["issuer"]["id"] == f"did:web:badges.example.org:issuers:{cast.issuer.token}"
    assert document["proof"]["verificationMethod"] in answer.json()["assertionMethod"]
    assert document["id"] == f"https://badges.example.org/awards/{Award.objects.get().token}"
    assert "This badge is genuine" in text(cast.client("earner"), f"/awards/{Award.objects.get().token}")


def test_status_list_when_fetched_then_is_fresh_and_known_again(cast: Cast, award: Award) -> None:
    path = f"/status/{StatusList.objects.get().token}"
    anyone = cast.client("anonymous")
    first = anyone.get(path)
    assert first["Content-Type"] == MACHINE
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in first["Cache-Control"]
    assert first.json() == json.loads(StatusList.objects.get().text)
    assert anyone.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    revoke(cast, award)
    assert anyone.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert anyone.get("/status/none").status_code == 404
