"""Pages of keys, endorsements and standing: what award staff and administrators do there."""

from typing import Any

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.credentials import actions as credentials
from touchstone.credentials.models import Award, Badge, Endorsement, SigningKey, SigningRun


@pytest.fixture
def award(cast: Cast) -> Award:
    cast.earned()
    row = Award.objects.get()
    return credentials.share_award(actor=b.actor(cast.earner), token=row.token, visibility="link", now=b.NOW)


def post(client: Client, path: str, **facts: str) -> Any:
    return client.post(path, facts, follow=True)


def test_keys_when_replaced_and_given_up_then_the_page_tells_their_history_and_the_runs(
    cast: Cast, settings: Any
) -> None:
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    cast.earned()
    client = cast.client("staff")
    old = SigningKey.objects.get(issuer=cast.issuer)
    page = post(client, "/author/keys/rotate").content.decode()
    assert "Old badges stay good" in page
    assert "what it signed stays good" in page
    path = f"/author/keys/{old.public}/give-up"
    assert "The one badge it signed is signed again" in client.get(path).content.decode()
    assert client.post(path).status_code == 400  # not sure yet: nothing happened
    assert SigningKey.objects.get(id=old.id).compromised_at is None
    page = post(client, path, sure="on").content.decode()
    assert "Given up: counts no more" in page
    assert "0 of 1 signed" in page
    b.run_waiting_jobs()
    assert "1 of 1 signed" in client.get("/author/keys/").content.decode()
    assert Badge.objects.get().key != old
    assert client.get(path).status_code == 404
    assert "1 badges are being signed" in post(client, "/author/keys/sign").content.decode()
    assert SigningRun.objects.filter(kind="again").count() == 1


def test_keys_when_the_key_is_the_issuer_then_the_page_says_why_nothing_can_be_done(cast: Cast, award: Award) -> None:
    client = cast.client("staff")
    page = client.get("/author/keys/").content.decode()
    assert "neither replaced nor given up" in page
    assert client.post("/author/keys/rotate").status_code == 409
    path = f"/author/keys/{SigningKey.objects.get().public}/give-up"
    assert client.post(path, {"sure": "on"}).status_code == 409


@pytest.mark.parametrize("of", ["/micro-credentials/wait-time/", "/issuers/exchange/", "award"])
def test_endorsing_when_the_page_is_named_then_shown_there_and_withdrawn_again(
    cast: Cast, award: Award, of: str
) -> None:
    path = f"/awards/{award.token}" if of == "award" else of
    client = cast.client("administrator")
    assert f"/author/endorsements/give?of={path}" in client.get(path).content.decode()
    assert "/author/endorsements/give" not in cast.client("colleague").get(path).content.decode()
    assert path in client.get(f"/author/endorsements/give?of={path}").content.decode()
    page = post(client, "/author/endorsements/give", address=f"http://localhost:8000{path}", comment="We count it.")
    assert "We count it." in page.content.decode()
    assert "Maple District" in Client().get(path).content.decode()
    row = Endorsement.objects.get()
    assert "Nothing endorsed yet" in post(client, f"/author/endorsements/{row.token}/withdraw").content.decode()
    assert "We count it." not in Client().get(path).content.decode()


def test_endorsing_when_something_is_wrong_then_a_sentence_and_nothing_is_lost(cast: Cast, award: Award) -> None:
    client = cast.client("administrator")
    wrong = (
        ("/somewhere/else/", "no micro-credential, issuer or award"),
        ("/awards/00000000000000000000000000", "no micro-credential, issuer or award"),
        ("/issuers/maple-school/", "no micro-credential, issuer or award"),
    )
    for address, sentence in wrong:
        answer = client.post("/author/endorsements/give", {"address": address, "comment": "Kept words."})
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
        assert "Kept words." in answer.content.decode()
    answer = cast.client("staff").post("/author/endorsements/give", {"address": "/issuers/exchange/", "comment": "Us."})
    assert "cannot endorse itself" in answer.content.decode()


def test_a_holder_takes_an_endorsement_off_her_award(cast: Cast, award: Award) -> None:
    who = b.actor(cast.administrator.person.person, cast.administrator)
    row = credentials.give_endorsement(actor=who, about=award, comment="We count it.", now=b.NOW)
    client = cast.client("earner")
    assert "Take it off" in client.get(f"/awards/{award.token}").content.decode()
    page = post(client, f"/author/endorsements/{row.token}/withdraw")
    assert page.redirect_chain[-1][0] == f"/awards/{award.token}"
    assert "We count it." not in page.content.decode()


def test_standing_when_suspended_and_lifted_then_the_lists_say_so(cast: Cast, award: Award) -> None:
    client, path = cast.client("staff"), f"/author/awards/{award.token}/"
    assert client.post(path, {"reason": "", "note": "A doubt."}).status_code == 400
    page = post(client, path, reason="integrity", note="A doubt.").content.decode()
    assert "A doubt." in page
    assert "Suspended" in client.get("/author/awards/").content.decode()
    assert "suspended for now" in Client().get(f"/awards/{award.token}").content.decode()
    assert "counts as before" in post(client, f"{path}lift").content.decode()
    assert client.post(f"{path}renew").status_code == 409
    assert cast.client("outside_staff").get(path).status_code == 404
