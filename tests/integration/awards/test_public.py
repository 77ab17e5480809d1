"""The quick way for machines: the same answers, one query, and never more than the views would show."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders as b
from tests.cast import Cast
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.models import Award, Badge, StatusList
from touchstone.credentials.verification import verify_here

JSON, JWT = "application/vc+ld+json", "application/vc+jwt"


@pytest.fixture
def award(cast: Cast) -> Award:
    cast.earned()
    return Award.objects.get()


def shared(cast: Cast, award: Award, visibility: str = "link") -> None:
    actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility=visibility, now=b.NOW)


@pytest.mark.parametrize(("accept", "column"), [(JSON, "text"), ("application/json", "text"), (JWT, "token")])
def test_award_when_shared_then_one_query_gives_the_signed_text(
    cast: Cast, award: Award, accept: str, column: str
) -> None:
    shared(cast, award)
    with CaptureQueriesContext(connection) as seen:
        answer = Client().get(f"/awards/{award.token}", headers={"Accept": accept})
    assert len(seen) == 1
    assert answer.content.decode() == getattr(Badge.objects.get(), column)
    assert answer["Content-Type"] == accept
    assert answer["Cache-Control"] == "public, no-cache"
    assert {"Accept", "Cookie"} <= set(answer["Vary"].split(", "))
    assert verify_here(answer.content, now=b.NOW).summary is Summary.VALID


def test_award_when_known_already_then_304_until_it_is_signed_anew(cast: Cast, award: Award) -> None:
    shared(cast, award)
    path = f"/awards/{award.token}/badge.json"
    etag = Client().get(path)["ETag"]
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304
    badge = Badge.objects.get()
    badge.text += " "
    badge.save()
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("path", ["", "/badge.json", "/badge.jwt"])
def test_award_when_private_again_then_gone_at_once(cast: Cast, award: Award, path: str) -> None:
    address, ask = f"/awards/{award.token}{path}", {"Accept": JSON}
    assert Client().get(address, headers=ask).status_code == 404
    shared(cast, award)
    assert Client().get(address, headers=ask).status_code == 200
    assert cast.client("earner").get(address, headers=ask).content == Client().get(address, headers=ask).content
    shared(cast, award, "private")
    assert Client().get(address, headers=ask).status_code == 404
    assert cast.client("outsider").get(address, headers=ask).status_code == 404
    mine = cast.client("earner").get(address, headers=ask)
    assert mine.status_code == 200
    assert "private" in mine["Cache-Control"]


def test_award_when_not_yet_signed_then_says_so(cast: Cast, award: Award) -> None:
    shared(cast, award)
    Badge.objects.all().delete()
    assert Client().get(f"/awards/{award.token}/badge.json").status_code == 503


def test_award_when_it_has_no_token_then_says_how_to_have_it(cast: Cast, award: Award) -> None:
    shared(cast, award)
    Badge.objects.update(token="")
    assert Client().get(f"/awards/{award.token}/badge.jwt").status_code == 404
    page = Client().get(f"/awards/{award.token}")
    assert "badge.jwt" not in page.content.decode()
    assert "badge.json" in page.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_award_when_asked_to_change_it_then_the_views_refuse(cast: Cast, award: Award, method: str) -> None:
    shared(cast, award)
    assert getattr(Client(), method)(f"/awards/{award.token}/badge.json").status_code in (403, 405)


def test_award_when_asked_on_another_host_then_refused(cast: Cast, award: Award) -> None:
    shared(cast, award)
    assert Client().get(f"/awards/{award.token}/badge.json", headers={"host": "evil.example"}).status_code == 400


def test_status_list_when_asked_for_then_one_query_in_both_forms(award: Award) -> None:
    row = StatusList.objects.get()
    for ending, kind, text in (("", JSON, row.text), (".jwt", JWT, row.token_text)):
        with CaptureQueriesContext(connection) as seen:
            answer = Client().get(f"/status/{row.token}{ending}")
        assert len(seen) == 1
        assert (answer["Content-Type"], answer.content.decode()) == (kind, text)
        assert (
            Client().get(f"/status/{row.token}{ending}", headers={"If-None-Match": answer["ETag"]}).status_code == 304
        )
    assert json.loads(row.text)["credentialSubject"]["statusPurpose"] == "revocation"
    assert Client().get("/status/" + "0" * 26).status_code == 404


def test_token_when_its_award_is_revoked_then_the_list_of_tokens_says_so(cast: Cast, award: Award) -> None:
    token = Badge.objects.get().token
    assert verify_here(token.encode(), now=b.later(days=9)).summary is Summary.VALID
    who = b.actor(cast.staff.person.person, cast.staff)
    actions.revoke_award(actor=who, token=award.token, reason="error", note="", now=b.later(days=3))
    b.run_waiting_jobs()
    assert verify_here(token.encode(), now=b.later(days=9)).summary is Summary.REVOKED
