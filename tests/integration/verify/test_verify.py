"""Verification as anyone may use it."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from tests.unit.core.openbadges.test_openbadges_older import ASSERTION
from touchstone.core.openbadges.keys import KeyPair, did_key, verification_method
from touchstone.core.openbadges.proof import add_proof
from touchstone.credentials import actions
from touchstone.credentials.models import Award, Badge
from touchstone.kit.drain import run_waiting_jobs


@pytest.fixture
def award(cast: Cast) -> Award:
    cast.earned()
    return Award.objects.get()


@pytest.fixture
def anyone(cast: Cast) -> Client:
    return cast.client("anonymous")


def document() -> dict[str, Any]:
    return dict(Badge.objects.get().document)


def check(client: Client, status: int = 200, **fields: Any) -> str:
    answer = client.post("/verify/", fields)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def file(content: bytes | str, name: str = "badge.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def test_page_when_opened_then_offers_three_ways(anyone: Client) -> None:
    page = anyone.get("/verify/").content.decode()
    for name in ("file", "text", "link", "email"):
        assert f'name="{name}"' in page


def test_verify_when_pasted_then_every_step_is_named(award: Award, anyone: Client) -> None:
    page = check(anyone, text=json.dumps(document()))
    assert "This badge is genuine" in page
    assert page.count("Passed") == 9
    for part in ("Wait time", "Exchange", "The signature", "The issuer’s key", "Not withdrawn", "The dates"):
        assert part in page, part


@pytest.mark.parametrize("ending", ["json", "png", "svg"])
def test_verify_when_a_downloaded_file_comes_back_then_genuine(
    cast: Cast, award: Award, anyone: Client, ending: str
) -> None:
    content = cast.client("earner").get(f"/awards/{award.token}/badge.{ending}").content
    assert "This badge is genuine" in check(anyone, file=file(content, f"badge.{ending}"))


def test_verify_when_one_word_was_changed_then_says_do_not_rely(award: Award, anyone: Client) -> None:
    changed = document()
    changed["credentialSubject"]["achievement"]["name"] = "Another skill"
    page = check(anyone, text=json.dumps(changed))
    assert "Do not rely on this badge" in page
    assert "changed after it was signed" in page


def test_verify_when_revoked_then_says_withdrawn(cast: Cast, award: Award, anyone: Client) -> None:
    text = json.dumps(document())
    who = b.actor(cast.staff.person.person, cast.staff)
    actions.revoke_award(actor=who, token=award.token, reason="error", note="Private note.", now=b.NOW)
    run_waiting_jobs()
    page = check(anyone, text=text)
    assert "This badge was withdrawn" in page
    assert "Private note" not in page


def test_verify_when_an_email_is_given_then_checks_the_holder(cast: Cast, award: Award, anyone: Client) -> None:
    text = json.dumps(document())
    assert "issued to the person you asked about" in check(anyone, text=text, email="rosa.marchetti@maple.example.org")
    page = check(anyone, text=text, email="somebody@else.example.org")
    assert "issued to somebody else" in page
    assert "Do not rely on this badge" in page


@pytest.mark.parametrize(
    "shape", ["http://localhost:8000/awards/{}", "/awards/{}", "/awards/{}/badge.png", " /awards/{} "]
)
def test_verify_when_the_address_of_a_shared_award_then_checks_its_badge(
    cast: Cast, award: Award, anyone: Client, shape: str
) -> None:
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility="link", now=b.NOW)
    assert "This badge is genuine" in check(anyone, link=shape.format(award.token))
    assert "This badge is genuine" in anyone.get("/verify/", {"link": shape.format(award.token)}).content.decode()


def test_verify_when_the_address_is_of_a_private_award_then_tells_as_if_absent(
    cast: Cast, award: Award, anyone: Client
) -> None:
    private = check(anyone, 400, link=f"/awards/{award.token}")
    absent = check(anyone, 400, link=f"/awards/{'0' * 26}")
    assert "No award that you may see is at this address" in private
    assert "No award that you may see is at this address" in absent
    assert anyone.get("/verify/", {"link": f"/awards/{award.token}"}).status_code == 400
    assert "This badge is genuine" in check(cast.client("earner"), link=f"/awards/{award.token}")


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.example.org/awards/" + "0" * 26,
        "https://localhost:8000@evil.example.org/awards/" + "0" * 26,
        "http://[::1",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "hello",
        "/explore/",
    ],
)
def test_verify_when_the_address_is_elsewhere_then_nothing_is_fetched(anyone: Client, award: Award, link: str) -> None:
    assert "other sites are not looked up" in check(anyone, 400, link=link)


def test_verify_when_nothing_is_given_then_asks_for_it(anyone: Client) -> None:
    assert "Nothing came with the form" in check(anyone, 400)
    assert "This file is empty" in check(anyone, 400, file=file(b""))


def test_verify_when_two_are_given_then_asks_for_one(anyone: Client) -> None:
    assert "in one way at a time" in check(anyone, 400, text="{}", file=file("{}"))


def test_verify_when_several_files_are_given_then_each_is_checked(award: Award, anyone: Client) -> None:
    changed = json.dumps(document()).replace("Wait time", "Wait tine")
    token = Badge.objects.get().token
    files = [file(json.dumps(document()), "mine.json"), file(token, "mine.jwt"), file(changed, "theirs.json")]
    page = check(anyone, file=files)
    assert "3 badges checked" in page
    for name in ("mine.json", "mine.jwt", "theirs.json"):
        assert name in page
    assert page.count("This badge is genuine") == 2
    assert page.count("Do not rely on this badge") == 1
    assert "more than 20 files" in check(anyone, 400, file=[file("{}") for _number in range(21)])


def test_verify_when_a_token_is_pasted_then_genuine(award: Award, anyone: Client) -> None:
    assert "This badge is genuine" in check(anyone, text=Badge.objects.get().token)


def test_verify_when_of_the_older_form_then_says_what_could_be_checked(anyone: Client) -> None:
    page = check(anyone, text=json.dumps(ASSERTION))
    assert "Open Badges 2.0" in page
    assert "could not be fully checked" in page


def test_verify_when_the_file_is_huge_then_refused_and_not_kept(anyone: Client) -> None:
    assert "larger than 2 MB" in check(anyone, 400, file=file(b" " * (2 * 1024 * 1024 + 1)))
    assert "larger than 2 MB" in check(anyone, 400, text="x" * (2 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    "content",
    [b"hello", b"{", b"[]", b"null", b'{"@context": 1}', b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\xffIHDR",
     b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
     b"<!DOCTYPE a [<!ENTITY x 'y'>]><svg>&x;</svg>", b"\xff\xfe\x00", b"eyJhbGciOiJFZERTQSJ9.e30.x", b"[" * 50_000,
     b'{"a":1,"a":2}', b"\x00" * 100],
)  # fmt: skip
def test_verify_when_the_content_is_broken_or_hostile_then_answers_with_steps(anyone: Client, content: bytes) -> None:
    page = check(anyone, file=file(content))
    assert "This badge is genuine" not in page
    assert "Failed" in page


def test_verify_when_the_badge_holds_markup_then_shows_it_as_text(award: Award, anyone: Client) -> None:
    changed = document()
    changed["credentialSubject"]["achievement"]["name"] = "<script>alert(1)</script>"
    changed["issuer"]["name"] = {"en": ["a", "b"]}
    page = check(anyone, text=json.dumps(changed))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_verify_when_from_another_site_then_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/verify/", {"text": "{}"}).status_code == 403


def test_verify_when_the_token_is_right_then_checked(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/verify/")
    fields = {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value, "file": file(b"x" * 3_000_000)}
    answer = strict.post("/verify/", fields)
    assert answer.status_code == 400
    assert "larger than 2 MB" in answer.content.decode()


def test_verify_when_a_stranger_signed_in_an_issuers_name_then_not_called_genuine(award: Award, anyone: Client) -> None:
    pair = KeyPair.generate()
    forged = document()
    del forged["proof"], forged["credentialStatus"]
    forged["issuer"]["id"] = did_key(pair.multikey)
    method = verification_method(did_key(pair.multikey), pair.multikey)
    forged = add_proof(forged, sign=pair.sign, verification_method=method, created=b.NOW)
    page = check(anyone, text=json.dumps(forged))
    assert "its issuer is not known here" in page
    assert "This badge is genuine" not in page
