"""Badges earned elsewhere: brought as they are, checked as far as can be, and never taken for ours."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import builders as b
from tests.cast import Cast
from tests.integration.api.test_badges import badge, token
from tests.integration.kit.test_fetching import HERE, Names, answer, serving
from tests.unit.core.openbadges import samples
from tests.unit.core.openbadges.test_openbadges_bake import with_chunk
from tests.unit.core.openbadges.test_openbadges_older import ASSERTION, CLASS, ISSUER
from touchstone.core.openbadges import facts
from touchstone.core.openbadges.bake import bake_png
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import imports
from touchstone.credentials.actions import importing
from touchstone.credentials.actions.importing import Outcome
from touchstone.credentials.elsewhere import Elsewhere
from touchstone.credentials.enums import BadgeForm
from touchstone.credentials.models import Award, Badge, ImportedBadge
from touchstone.flows.rights import actions as rights
from touchstone.flows.rights.gathering import everything_about
from touchstone.kit import clock, fetching
from touchstone.kit.errors import NotFound, Refusal

MINE = "rosa.marchetti@maple.example.org"
PAGES: dict[str, Any] = {urlsplit(page["id"]).path: page for page in (ISSUER, CLASS, ASSERTION)}
PNG = with_chunk(b"tEXt", b"Comment\0a small picture")


def mine(text: str = "Pair talk", **changes: Any) -> bytes:
    return badge(text, recipient=facts.HashedEmail(MINE, "c2FsdA"), **changes)


def bring(cast: Cast, content: bytes, elsewhere: Elsewhere | None = None) -> importing.Import:
    return importing.import_badge(actor=b.actor(cast.earner), content=content, elsewhere=elsewhere, now=samples.NOW)


class Older:
    """The server of an issuer of older badges: its pages, and which of them are gone for good."""

    def __init__(self) -> None:
        self.pages, self.gone = dict(PAGES), set[str]()

    def reply(self, request: bytes) -> bytes:
        path = request.split()[1].decode()
        if path in self.gone:
            return answer(status="410 Gone")
        page = self.pages.get(path)
        return answer(json.dumps(page).encode()) if page else answer(status="404 Not Found")

    def ask(self, port: int) -> Any:
        def fetch(address: str, **limits: Any) -> fetching.Fetched:
            parts = urlsplit(address)
            there = f"http://{parts.hostname}:{port}{parts.path}"
            return fetching.fetch(there, resolve=Names([HERE]), trusted=[f"old.example:{port}"], **limits)

        return fetch


def test_import_when_genuine_and_hers_then_kept_as_it_came_and_labelled(cast: Cast):
    content = b"\n" + mine() + b"\n"
    done = bring(cast, content)
    assert done.outcome is Outcome.ADDED
    row = ImportedBadge.objects.get()
    assert bytes(row.content) == content
    assert (row.is_hers, row.summary, row.form, row.name) == (True, "valid", BadgeForm.JSON, "Pair talk")
    page = cast.client("earner").get(f"/awards/elsewhere/{row.token}/").content.decode()
    assert "Earned elsewhere" in page
    assert "its issuer is not known here" in page
    assert "address that you have shown to be yours" in page
    file = cast.client("earner").get(f"/awards/elsewhere/{row.token}/file")
    assert file.content == content
    assert "attachment" in file["Content-Disposition"]
    assert not Award.objects.exists()


def test_import_when_somebody_elses_then_labelled_as_not_shown_to_be_hers_until_it_is(cast: Cast):
    row = bring(cast, badge("Pair talk", recipient=facts.HashedEmail("rosa@home.example", "c2FsdA"))).row
    assert row
    assert not row.is_hers
    client = cast.client("earner")
    assert "Not shown to be yours" in client.get("/awards/elsewhere/").content.decode()
    b.address(cast.earner, "rosa@home.example")
    client.post(f"/awards/elsewhere/{row.token}/check")
    row.refresh_from_db()
    assert row.is_hers


@pytest.mark.parametrize("form", ["json", "token", "png", "svg"])
def test_import_in_every_form_then_the_very_bytes_come_back(cast: Cast, form: str):
    text = mine().decode()
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential><![CDATA[{text}]]></o:credential></svg>'
    made = {"json": text.encode(), "token": token().encode(), "png": bake_png(PNG, text), "svg": drawing.encode()}
    file = SimpleUploadedFile(f"badge.{form}", made[form])
    answered = cast.client("earner").post("/awards/elsewhere/", {"file": file}, follow=True)
    assert "was added" in answered.content.decode()
    row = ImportedBadge.objects.get()
    assert bytes(row.content) == made[form]
    assert imports.file_name(row).endswith({"token": ".jwt"}.get(form, f".{form}"))


def test_import_when_a_check_fails_then_each_file_is_told_why_and_the_good_ones_are_kept(cast: Cast):
    changed = json.loads(mine())
    changed["credentialSubject"]["achievement"]["name"] = "Everything"
    files = [
        SimpleUploadedFile("good.json", mine()),
        SimpleUploadedFile("changed.json", samples.as_bytes(changed)),
        SimpleUploadedFile("holiday.png", PNG),
    ]
    answered = cast.client("earner").post("/awards/elsewhere/", {"file": files})
    text = answered.content.decode()
    assert answered.status_code == 400
    assert "changed.json" in text
    assert "holiday.png" in text
    assert ImportedBadge.objects.count() == 1
    for nothing in ({}, {"text": "{", "link": ""}, {"link": "http://plain.example/1"}):
        assert cast.client("earner").post("/awards/elsewhere/", nothing).status_code == 400


def test_import_of_an_award_given_here_adds_nothing(cast: Cast):
    cast.earned()
    text = Badge.objects.get().text.encode()
    done = importing.import_badge(actor=b.actor(cast.earner), content=text, elsewhere=None, now=clock.now())
    assert (done.outcome, done.row) == (Outcome.OWN_AWARD, None)
    with pytest.raises(importing.IssuedHere):
        importing.import_badge(actor=b.actor(cast.colleague), content=text, elsewhere=None, now=clock.now())
    assert not ImportedBadge.objects.exists()


def test_import_refuses_by_name(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    who = b.actor(cast.staff.person.person, cast.staff)
    with pytest.raises(Refusal):
        importing.import_badge(actor=who, content=mine(), elsewhere=None, now=samples.NOW)
    with pytest.raises(importing.NotABadge):
        bring(cast, b"no badge")
    hidden = {**ASSERTION, "narrative": "\0"}
    with pytest.raises(importing.NotABadge):
        bring(cast, json.dumps(hidden).encode())
    with pytest.raises(NotFound):
        importing.check_import(actor=b.actor(cast.colleague), token="none", elsewhere=None, now=samples.NOW)
    monkeypatch.setattr(importing, "MOST_BADGES", 1)
    bring(cast, mine())
    with pytest.raises(importing.TooManyBadges):
        bring(cast, mine("Listening"))


def test_older_badge_by_its_address_is_checked_against_its_issuer_and_seen_withdrawn_when_gone(cast: Cast):
    issuer = Older()
    with serving(issuer.reply) as (port, _got):
        fetch = issuer.ask(port)
        content = importing.badge_from(ASSERTION["id"], fetch=fetch)
        row = bring(cast, content, Elsewhere(fetch)).row
        assert row
        assert (row.form, row.summary, row.is_hers) == (BadgeForm.OLDER, "not_fully_checked", False)
        assert (row.name, row.issuer_name, row.achievement_id) == ("Questions", "Old school", CLASS["id"])
        steps = {step.name: step.code for step in imports.report_of(row).steps}
        assert (steps["proof"], steps["issuer_key"], steps["contexts"]) == (
            "hosted_same",
            "hosted_by_issuer",
            "older_words",
        )
        assert imports.take_badges(b.actor(cast.earner), limit=9, offset=0).total == 0
        issuer.gone.add(urlsplit(ASSERTION["id"]).path)
        who = b.actor(cast.earner)
        again = importing.check_import(actor=who, token=row.token, elsewhere=Elsewhere(fetch), now=samples.NOW)
        assert again.summary == "revoked"
        issuer.gone.clear()
        issuer.pages[urlsplit(ASSERTION["id"]).path] = {"id": ASSERTION["id"], "revoked": True}
        again = importing.check_import(actor=who, token=row.token, elsewhere=Elsewhere(fetch), now=samples.NOW)
        assert again.summary == "revoked"
    assert "withdrawn" in cast.client("earner").get(f"/awards/elsewhere/{row.token}/").content.decode()


def test_badge_that_ran_out_since_it_was_checked_says_so(cast: Cast):
    row = bring(cast, mine(valid_until=samples.NOW.replace(month=12))).row
    assert row
    assert row.standing(samples.NOW) is Summary.VALID
    assert row.standing(samples.NOW.replace(year=2027)) is Summary.EXPIRED


def test_copy_and_erasure_include_what_came_from_elsewhere(cast: Cast):
    row = bring(cast, mine()).row
    assert row
    person = cast.earner.pseudonym_id
    [told] = everything_about(person, now=b.NOW)["badges_from_elsewhere"]
    assert told["file"] == f"elsewhere/{row.token}/badge-{row.token[:6]}.json"
    rights.erase_person(actor=b.actor(cast.earner), person=person, revoke_awards=False, now=b.NOW)
    assert not ImportedBadge.objects.exists()


def test_remove_takes_it_from_here_and_only_its_holder_may(cast: Cast):
    row = bring(cast, mine()).row
    assert row
    assert cast.client("colleague").post(f"/awards/elsewhere/{row.token}/remove").status_code == 404
    assert cast.client("earner").post(f"/awards/elsewhere/{row.token}/remove").status_code == 302
    assert not ImportedBadge.objects.exists()
