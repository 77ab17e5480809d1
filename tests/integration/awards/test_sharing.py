"""Passing an award on: certificate, code, picture, oEmbed, shown evidence, who looked, and the older form."""

import io
import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from django.test import Client
from PIL import Image

from tests import builders as b
from tests.cast import Cast
from touchstone.core.openbadges.bake import unbake_png
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions, queries
from touchstone.credentials.models import Award, Badge, DayViews, ShownArtifact
from touchstone.credentials.sharing import actions as sharing
from touchstone.credentials.verification import verify_here
from touchstone.people import actions as people
from touchstone.portfolio import actions as portfolio
from touchstone.portfolio import intake
from touchstone.portfolio.enums import AttestationKind
from touchstone.portfolio.models import Artifact, Submission

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.fixture
def award(cast: Cast) -> Award:
    """Of work with a text, a file and a link as its evidence."""
    draft = cast.draft()
    who = b.actor(cast.earner)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "n.txt"
        path.write_text("Nine students spoke to Rosa Marchetti.")
        intake.add_file(actor=who, token=draft.token, slot="recording", name="rosa-lesson.txt", path=path, now=b.NOW)
    link = {"url": "https://video.example.org/1", "name": "Film"}
    portfolio.add_link(actor=who, token=draft.token, slot="recording", now=b.NOW, **link)
    portfolio.submit_attempt(actor=who, token=draft.token, attested=list(AttestationKind), now=b.NOW)
    b.run_waiting_jobs()
    assignment = cast.assignment(Submission.objects.get(id=draft.id))
    b.score(assignment, cast.membership_of(assignment))
    return Award.objects.get()


def share(cast: Cast, award: Award, visibility: str = "link") -> None:
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility=visibility, now=b.NOW)


def revoke(cast: Cast, award: Award) -> None:
    who = b.actor(cast.staff.person.person, cast.staff)
    actions.revoke_award(actor=who, token=award.token, reason="error", note="", now=b.later(days=3))


def show(cast: Cast, award: Award, *pieces: Artifact, released: bool = True) -> list[ShownArtifact]:
    tokens = [piece.token for piece in pieces]
    facts = {"token": award.token, "pieces": tokens, "released": released, "now": b.NOW}
    return sharing.show_evidence(actor=b.actor(cast.earner), **facts)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


# -- certificate -------------------------------------------------------------------------------------------------------


def test_certificate_when_fetched_then_is_tagged_says_what_was_earned_and_holds_the_badge(
    cast: Cast, award: Award
) -> None:
    answer = cast.client("earner").get(f"/awards/{award.token}/certificate.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "private" in answer["Cache-Control"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert (pdf.Root.Lang, bool(pdf.Root.MarkInfo.Marked)) == ("en", True)
        with pdf.open_metadata() as told:
            assert told["dc:title"] == "Certificate: Wait time"
            assert (told["pdfuaid:part"], told["pdfaid:part"]) == ("1", "3")
        assert [float(edge) for edge in pdf.pages[0].MediaBox[2:]] == [612, 792]  # Colorado prints on Letter
        badge = pdf.attachments["badge.json"].get_file().read_bytes()
    assert verify_here(badge, now=b.NOW).summary is Summary.VALID
    assert badge.decode() == Badge.objects.get().text


def test_certificate_when_the_holder_lives_elsewhere_then_on_a4(cast: Cast, award: Award) -> None:
    profile = {"position": "teacher", "state": "", "language": "en", "time_zone": "Europe/Madrid", "now": b.NOW}
    people.change_profile(actor=b.actor(cast.earner), name="Rosa Marchetti", **profile)
    answer = cast.client("earner").get(f"/awards/{award.token}/certificate.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert [round(float(edge)) for edge in pdf.pages[0].MediaBox[2:]] == [595, 842]


def test_certificate_when_the_name_is_in_any_script_then_there_is_one(cast: Cast, award: Award) -> None:
    """Fonts that lack the letters cost the standards, not the certificate; nothing in a name is markup."""
    profile = {"position": "teacher", "state": "CO", "language": "en", "time_zone": "America/Denver", "now": b.NOW}
    for name in ("Ngô Thị Ái Vân", "Анна Жукова", "דנה לוי", "مريم الخطيب", "张伟 <b>#[x]$", "🎓 Rosa"):
        people.change_profile(actor=b.actor(cast.earner), name=name, **profile)
        answer = cast.client("earner").get(f"/awards/{award.token}/certificate.pdf")
        assert answer.status_code == 200, name
        with pikepdf.open(io.BytesIO(answer.content)) as pdf:
            assert len(pdf.pages) == 1
            assert "badge.json" in pdf.attachments


def test_certificate_when_revoked_or_not_signed_then_a_sentence_says_why_not(cast: Cast, award: Award) -> None:
    client, path = cast.client("earner"), f"/awards/{award.token}/certificate.pdf"
    revoke(cast, award)
    assert "there is no certificate of it" in text(client.get(path), 410)
    Award.objects.update(revoked_at=None, suspended_at=b.NOW)
    assert "until that is settled" in text(client.get(path), 409)
    Award.objects.update(suspended_at=None)
    Badge.objects.all().delete()
    assert "being signed" in text(client.get(path), 503)


def test_files_when_private_or_shared_then_seen_as_the_award_is(cast: Cast, award: Award) -> None:
    everybody = {"earner", "staff", "anonymous", "outsider"}
    for visibility, seen_by in (("private", {"earner", "staff"}), ("link", everybody)):
        share(cast, award, visibility)
        for who in sorted(everybody):
            for path in ("certificate.pdf", "card.png", "qr.svg"):
                expected = 200 if who in seen_by else 404
                assert cast.client(who).get(f"/awards/{award.token}/{path}").status_code == expected, (who, path)


# -- code, profile, picture, oEmbed ------------------------------------------------------------------------------------


def test_page_when_shared_then_holder_finds_code_profile_link_and_snippet(cast: Cast, award: Award) -> None:
    client = cast.client("earner")
    assert "linkedin.com" not in text(client.get(f"/awards/{award.token}"))
    share(cast, award)
    page = client.get(f"/awards/{award.token}")
    hers = page.context["hers"]
    fields = {name: values[0] for name, values in parse_qs(urlsplit(hers["linkedin"]).query).items()}
    assert fields == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Wait time",
        "organizationName": "Exchange",
        "issueYear": "2026",
        "issueMonth": "9",
        "certUrl": f"http://localhost:8000/awards/{award.token}",
        "certId": award.token,
    }
    assert f'<a href="http://localhost:8000/awards/{award.token}"><img src="' in hers["snippet"]
    assert f'src="/awards/{award.token}/qr.svg"' in text(page)
    assert 'value="&lt;a href=&quot;http' in text(page)
    code = client.get(f"/awards/{award.token}/qr.svg")
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg")


def test_card_when_shared_then_a_picture_of_the_right_size_that_may_be_kept(cast: Cast, award: Award) -> None:
    path = f"/awards/{award.token}/card.png"
    private = cast.client("earner").get(path)
    assert "private" in private["Cache-Control"]
    share(cast, award)
    shared = Client().get(path)
    assert Image.open(io.BytesIO(shared.content)).size == (1200, 630)
    assert "public" in shared["Cache-Control"]
    assert shared["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert shared.content != private.content  # her name is on it only while she shares the award
    page = text(Client().get(f"/awards/{award.token}"))
    for part in (f'content="http://localhost:8000{path}"', 'content="1200"', "summary_large_image", "json+oembed"):
        assert part in page, part


def test_oembed_when_asked_then_answers_for_shared_awards_alone(cast: Cast, award: Award) -> None:
    address = f"http://localhost:8000/awards/{award.token}"
    assert Client().get("/oembed", {"url": address}).status_code == 404
    share(cast, award)
    answer = Client().get("/oembed", {"url": address, "format": "json"})
    said = answer.json()
    assert (said["version"], said["type"], said["title"]) == ("1.0", "rich", "Wait time")
    assert said["html"].startswith(f'<a href="{address}">')
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert Client().get("/oembed", {"url": address, "format": "xml"}).status_code == 501
    for other in ("", "https://evil.example/awards/1", f"{address}/share", "http://localhost:8000/nowhere", "http://["):
        assert Client().get("/oembed", {"url": other}).status_code == 404, other


# -- evidence ----------------------------------------------------------------------------------------------------------


def test_evidence_when_nothing_is_chosen_then_others_see_none(cast: Cast, award: Award) -> None:
    share(cast, award)
    assert "Evidence its holder shows" not in text(Client().get(f"/awards/{award.token}"))
    assert queries.shown_evidence(award) == ()


def test_evidence_when_chosen_then_others_open_cleaned_copies_and_the_badge_may_name_them(
    cast: Cast, award: Award
) -> None:
    pieces = list(Artifact.objects.order_by("added_at", "id"))
    client = cast.client("earner")
    form = {"pieces": [piece.token for piece in pieces], "released": "on"}
    assert client.post(f"/awards/{award.token}/evidence", form).status_code == 302
    assert queries.shown_evidence(Award.objects.get()) == ()  # private still
    share(cast, award)
    page = text(Client().get(f"/awards/{award.token}"))
    assert "Evidence its holder shows" in page
    assert "What students said." in page
    assert "https://video.example.org/1" in page
    for hidden in (
        "rosa-lesson",
        *(piece.token for piece in pieces),
        *(piece.blind for piece in pieces if piece.blind),
    ):
        assert hidden not in page, hidden
    file = ShownArtifact.objects.get(artifact__kind="file")
    answer = Client().get(f"/awards/{award.token}/evidence/{file.token}")
    assert urlsplit(answer.url).path.startswith("/media/")
    copy = Client().get(urlsplit(answer.url).path, headers={"host": "127.0.0.1:8000"})
    if copy.status_code == 200:
        assert b"Marchetti" not in b"".join(copy.streaming_content)
    facts = queries.shown_evidence(Award.objects.get())
    assert {fact.name for fact in facts} == {"Recording or notes"}
    assert {fact.genre for fact in facts} == {"text", "link"}
    for fact in facts:
        assert Client().get(urlsplit(str(fact.id)).path).status_code == 302
    b.run_waiting_jobs()
    assert {str(fact.id) for fact in facts} <= {row.get("id") for row in _badge(award)["evidence"]}
    share(cast, award, "private")
    b.run_waiting_jobs()
    assert not {str(fact.id) for fact in facts} & {row.get("id") for row in _badge(award).get("evidence", [])}


def _badge(award: Award) -> dict[str, Any]:
    return Badge.objects.get(award=award).document


def test_evidence_when_the_release_is_not_confirmed_then_asks_and_keeps_the_choice(cast: Cast, award: Award) -> None:
    piece = Artifact.objects.order_by("added_at", "id")[0]
    answer = cast.client("earner").post(f"/awards/{award.token}/evidence", {"pieces": [piece.token]})
    assert "everybody who can be recognised in it" in text(answer, 400)
    assert answer.context["hers"]["show"]["pieces"].value() == [piece.token]
    assert not ShownArtifact.objects.exists()
    show(cast, award, piece)
    assert [row.artifact_id for row in show(cast, award, piece, released=False)] == [piece.id]  # nothing was added
    assert show(cast, award, released=False) == []


def test_evidence_when_a_release_is_withdrawn_then_gone_for_everybody(cast: Cast, award: Award) -> None:
    pieces = list(Artifact.objects.order_by("added_at", "id"))
    share(cast, award)
    [shown, *_rest] = show(cast, award, *pieces)
    path = f"/awards/{award.token}/evidence/{shown.token}"
    assert Client().get(path).status_code == 302
    who, submission = b.actor(cast.earner), Submission.objects.get()
    for piece in pieces:
        portfolio.withdraw_release(actor=who, token=submission.token, artifact=piece.token, now=b.later(days=1))
    assert Client().get(path).status_code == 404
    assert "Evidence its holder shows" not in text(Client().get(f"/awards/{award.token}"))
    assert queries.shown_evidence(Award.objects.get()) == ()
    with pytest.raises(sharing.UnknownPiece):
        show(cast, award, pieces[0])


def test_evidence_when_private_again_or_revoked_then_gone_for_others(cast: Cast, award: Award) -> None:
    share(cast, award)
    [shown] = show(cast, award, Artifact.objects.filter(kind="file")[0])
    path = f"/awards/{award.token}/evidence/{shown.token}"
    share(cast, award, "private")
    for who, status in (("anonymous", 404), ("staff", 404), ("earner", 302)):
        assert cast.client(who).get(path).status_code == status, who
    assert "Evidence its holder shows" not in text(cast.client("staff").get(f"/awards/{award.token}"))
    share(cast, award)
    revoke(cast, award)
    assert Client().get(path).status_code == 404


def test_evidence_when_not_hers_then_there_is_nothing(cast: Cast, award: Award) -> None:
    share(cast, award)
    for who in ("colleague", "staff"):
        assert cast.client(who).post(f"/awards/{award.token}/evidence", {}).status_code == 404
    other = b.draft(cast.colleague, cast.item)
    foreign = Artifact.objects.get(submission=other)
    with pytest.raises(sharing.UnknownPiece):
        show(cast, award, foreign)


def test_preview_when_asked_then_is_exactly_what_others_get(cast: Cast, award: Award) -> None:
    show(cast, award, *Artifact.objects.all())
    client, path = cast.client("earner"), f"/awards/{award.token}"

    def shown(answer: Any) -> str:
        main = text(answer).partition("<main")[2].partition("</main>")[0]
        return main.partition("<header")[2]  # below the line that says it is a preview

    private = shown(client.get(f"{path}?preview"))
    share(cast, award)
    others = shown(Client().get(path))
    assert "Evidence its holder shows" in others
    assert private == shown(client.get(f"{path}?preview")) == others
    assert shown(cast.client("colleague").get(f"{path}?preview")) == others


# -- who looked --------------------------------------------------------------------------------------------------------


def test_views_when_others_open_the_page_then_counted_by_day_and_shown_to_the_holder_alone(
    cast: Cast, award: Award
) -> None:
    path = f"/awards/{award.token}"
    look = {"headers": {"User-Agent": BROWSER}}
    cast.client("staff").get(path, **look)  # private: looking after it is their work
    share(cast, award)
    Client().get(path, **look)
    Client().get(path, **look)
    cast.client("colleague").get(path, **look)
    for agent in (
        "",
        "curl/8",
        "Googlebot/2.1 (+http://www.google.com/bot.html) Chrome/140.0",
        f"{BROWSER} HeadlessChrome",
    ):
        Client().get(path, headers={"User-Agent": agent})
    Client().get(path, headers={"User-Agent": BROWSER, "Sec-Purpose": "prefetch"})
    Client().head(path, **look)
    Client().get(path, headers={"User-Agent": BROWSER, "Accept": "application/json"})
    cast.client("earner").get(path, **look)
    assert [row.count for row in DayViews.objects.all()] == [3]
    assert "Others opened this page 3 times" in text(cast.client("earner").get(path))
    assert "opened this page" not in text(Client().get(path))
    assert {field.name for field in DayViews._meta.get_fields()} == {"id", "of", "day", "count"}


# -- the older form ----------------------------------------------------------------------------------------------------


def test_older_form_when_published_then_stands_with_all_its_parts_until_it_is_withdrawn(
    cast: Cast, award: Award
) -> None:
    client, place = cast.client("earner"), f"/awards/{award.token}/ob2"
    parts = ("assertion.json", "class.json", "issuer.json", "badge.png")
    assert "Share it by link first" in text(client.post(place), 409)
    share(cast, award)
    assert {Client().get(f"{place}/{part}").status_code for part in parts} == {404}
    assert "hash of your e-mail address" in text(client.get(f"/awards/{award.token}"))
    assert client.post(place).status_code == 302
    answers = {part: Client().get(f"{place}/{part}") for part in parts}
    assert {answer.status_code for answer in answers.values()} == {200}
    assertion = answers["assertion.json"].json()
    assert assertion["id"] == f"http://localhost:8000{place}/assertion.json"
    assert json.loads(unbake_png(answers["badge.png"].content)) == assertion
    assert answers["class.json"].json()["name"] == "Wait time"
    assert answers["issuer.json"].json()["url"] == "https://exchange.example.org/"
    assert "rosa" not in json.dumps(assertion).lower()
    share(cast, award, "private")
    assert Client().get(f"{place}/assertion.json").status_code == 404
    share(cast, award)
    assert client.post(place, {"withdraw": "1"}).status_code == 302
    assert Client().get(f"{place}/assertion.json").status_code == 404
    assert cast.client("colleague").post(place).status_code == 404


def test_older_form_when_the_award_is_revoked_then_its_address_says_so(cast: Cast, award: Award) -> None:
    share(cast, award)
    sharing.publish_hosted(actor=b.actor(cast.earner), token=award.token, now=b.NOW)
    revoke(cast, award)
    answer = Client().get(f"/awards/{award.token}/ob2/assertion.json")
    assert answer.status_code == 410
    assert answer.json()["revoked"] is True
    assert answer.json()["revocationReason"] == "Issued in error"
    assert Client().get(f"/awards/{award.token}/ob2/badge.png").status_code == 404
    with pytest.raises(sharing.AwardRevoked):
        sharing.publish_hosted(actor=b.actor(cast.earner), token=award.token, now=b.NOW)


def test_older_form_when_the_badge_names_nobody_then_refused(cast: Cast, award: Award) -> None:
    share(cast, award)
    badge = Badge.objects.get()
    document = badge.document
    del document["credentialSubject"]["identifier"]
    Badge.objects.update(text=json.dumps(document))
    with pytest.raises(sharing.BadgeNamesNobody):
        sharing.publish_hosted(actor=b.actor(cast.earner), token=award.token, now=b.NOW)
