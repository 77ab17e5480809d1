"""Her portfolio: collections of awards, and the transcript of them all."""

import json
from typing import Any

import pytest
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.core.openbadges.report import Summary
from touchstone.credentials import actions
from touchstone.credentials.models import Award, Badge, Collection, CollectionEntry, DayViews, TranscriptKey
from touchstone.credentials.sharing import actions as sharing
from touchstone.credentials.sharing import queries
from touchstone.credentials.transcripts import actions as transcripts
from touchstone.credentials.transcripts.checking import verify_transcript_here
from touchstone.credentials.transcripts.queries import resolve_did
from touchstone.flows.rights import actions as rights
from touchstone.flows.rights.gathering import everything_about
from touchstone.kit import clock

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0"}


@pytest.fixture
def awards(cast: Cast) -> list[Award]:
    """An award of an item, and the one of the stack it completes."""
    cast.stack()
    cast.earned()
    return list(Award.objects.order_by("awarded_at", "id"))


def share(cast: Cast, *awards: Award, visibility: str = "link") -> None:
    for award in awards:
        actions.share_award(actor=b.actor(cast.earner), token=award.token, visibility=visibility, now=b.NOW)


def made(cast: Cast, *awards: Award, visibility: str = "link", name: str = "For the district") -> Collection:
    facts = {"name": name, "sentence": "All about questions.", "visibility": visibility, "now": b.NOW}
    return sharing.make_collection(actor=b.actor(cast.earner), awards=[row.token for row in awards], **facts)


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.status_code
    return " ".join(answer.content.decode().split())


# -- collections -------------------------------------------------------------------------------------------------------


def test_collection_when_made_and_changed_by_form_then_others_see_it_in_her_order(
    cast: Cast, awards: list[Award]
) -> None:
    client, (first, second) = cast.client("earner"), awards
    assert "Make a collection" in text(client.get("/awards/"))
    form = {"name": "For the district", "sentence": "All about questions.", "visibility": "link"}
    answer = client.post("/collections/new", {**form, f"place-{first.token}": "2", f"place-{second.token}": "1"})
    row = Collection.objects.get()
    assert answer.url == f"/collections/{row.token}/"
    assert "2 awards in it are private" in text(client.get(answer.url))
    assert "No award in this collection is shared now." in text(Client().get(answer.url))
    share(cast, first, second)
    page = text(Client().get(answer.url))
    assert page.index(f"/awards/{second.token}") < page.index(f"/awards/{first.token}")
    for part in ("For the district", "All about questions.", "Rosa Marchetti", "noindex"):
        assert part in page, part
    assert "Change it" not in page
    form_again = client.get(f"{answer.url}change").context["form"]
    assert {row.token: bound.value() for row, bound in form_again.places} == {first.token: 2, second.token: 1}
    client.post(f"{answer.url}change", {**form, "name": "Mine", f"place-{first.token}": "7"})
    page = text(Client().get(answer.url))
    assert "Mine" in page
    assert second.token not in page
    client.post(f"{answer.url}change", {**form, "visibility": "private", f"place-{first.token}": "1"})
    assert Client().get(answer.url).status_code == 404
    assert cast.client("staff").get(answer.url).status_code == 404
    assert client.post(f"{answer.url}remove").status_code == 302
    assert client.get(answer.url).status_code == 404
    assert Award.objects.count() == 2


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"visibility": "listed"}, {"sentence": "x" * 301}, {"place-{token}": "0"}, {"name": ""}]
)
def test_collection_when_the_form_is_wrong_then_says_so_and_keeps_what_was_typed(
    cast: Cast, awards: list[Award], change: dict[str, str]
) -> None:
    form = {"name": "Mine", "sentence": "Typed with care.", "visibility": "link"}
    form |= {name.replace("{token}", awards[0].token): value for name, value in change.items()}
    answer = cast.client("earner").post("/collections/new", form)
    page = text(answer, 400)
    assert form["sentence"] in page
    assert not Collection.objects.exists()


def test_collection_when_not_hers_then_nobody_else_changes_it(cast: Cast, awards: list[Award]) -> None:
    row = made(cast, *awards)
    for who in ("colleague", "staff"):
        for path in ("change", "remove"):
            assert cast.client(who).post(f"/collections/{row.token}/{path}", {}).status_code == 404
    facts = {"name": "Theirs", "sentence": "", "visibility": "link", "now": b.NOW}
    with pytest.raises(sharing.UnknownAward):
        sharing.make_collection(actor=b.actor(cast.colleague), awards=[awards[0].token], **facts)
    with pytest.raises(sharing.CollectionNameMissing):
        made(cast, name=" ")
    with pytest.raises(actions.UnknownVisibility):
        made(cast, visibility="listed")
    Collection.objects.bulk_create(
        Collection(holder=cast.earner.pseudonym, name="x", made_at=b.NOW) for _row in range(sharing.MOST_COLLECTIONS)
    )
    with pytest.raises(sharing.TooManyCollections):
        made(cast)


def test_collection_when_looked_at_then_counted_and_previewed_as_others_see_it(cast: Cast, awards: list[Award]) -> None:
    share(cast, awards[0])
    row = made(cast, *awards)
    path = f"/collections/{row.token}/"
    Client().get(path, headers=BROWSER)
    cast.client("earner").get(path, headers=BROWSER)
    assert "Others opened this page 1 time" in text(cast.client("earner").get(path))

    def shown(answer: Any) -> str:
        return text(answer).partition("<main")[2].partition("</main>")[0].partition("<header")[2]

    assert shown(cast.client("earner").get(f"{path}?preview")) == shown(Client().get(path))
    sharing.remove_collection(actor=b.actor(cast.earner), token=row.token, now=b.NOW)
    assert not DayViews.objects.filter(of=row.id).exists()


def test_collection_when_an_award_in_it_is_revoked_then_its_row_says_so(cast: Cast, awards: list[Award]) -> None:
    share(cast, *awards)
    row = made(cast, *awards)
    who = b.actor(cast.staff.person.person, cast.staff)
    actions.revoke_award(actor=who, token=awards[0].token, reason="error", note="", now=b.later(days=3))
    assert "Revoked" in text(Client().get(f"/collections/{row.token}/"))


# -- transcript --------------------------------------------------------------------------------------------------------


def test_transcript_when_taken_then_lists_her_awards_and_verifies_whole_and_badge_by_badge(
    cast: Cast, awards: list[Award]
) -> None:
    client = cast.client("earner")
    page = text(client.get("/awards/transcript"))
    for part in ("Rosa Marchetti", "Wait time", "Questioning", "Recording: <strong>Proficient</strong>"):
        assert part in page, part
    answer = client.get("/awards/transcript.json")
    assert "attachment" in answer["Content-Disposition"]
    document = answer.json()
    inside = document["credentialSubject"]["verifiableCredential"]
    assert inside == [Badge.objects.get(award=award).document for award in awards]
    report, badges = verify_transcript_here(document, now=clock.now())
    assert (report.summary, badges) == (Summary.VALID, inside)
    page = text(client.post("/verify/", {"text": answer.content.decode()}))
    assert page.count("This transcript is whole and unchanged") == 1
    assert page.count("This badge is genuine") == 2
    changed = answer.content.decode().replace("Micro-credentials earned", "Everything earned")
    page = text(client.post("/verify/", {"text": changed}))
    assert page.count("Do not rely on this badge") == 1
    assert page.count("This badge is genuine") == 2


def test_transcript_when_an_award_is_revoked_then_it_is_left_out(cast: Cast, awards: list[Award]) -> None:
    who = b.actor(cast.staff.person.person, cast.staff)
    for award in awards:
        if Award.objects.get(id=award.id).revoked_at is None:
            actions.revoke_award(actor=who, token=award.token, reason="error", note="", now=b.later(days=3))
    assert "Nothing to list yet" in text(cast.client("earner").get("/awards/transcript"))
    assert "you hold none yet" in text(cast.client("earner").get("/awards/transcript.json"), 404)


def test_transcript_when_the_platform_has_an_https_address_then_its_keys_stand_there(cast: Cast, settings: Any) -> None:
    settings.ORIGIN, settings.HTTPS = "https://badges.example.org", True
    cast.earned()
    assert Client().get("/.well-known/did.json").status_code == 404
    document = transcripts.make_transcript(actor=b.actor(cast.earner), now=b.NOW)
    assert document["issuer"]["id"] == "did:web:badges.example.org"
    answer = Client().get("/.well-known/did.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json() == resolve_did("did:web:badges.example.org")
    assert verify_transcript_here(document, now=b.NOW)[0].summary is Summary.VALID
    settings.SECRET_KEY = "another secret, and the one before it is lost"
    settings.SECRET_KEY_FALLBACKS = []
    newer = transcripts.make_transcript(actor=b.actor(cast.earner), now=b.later(days=1))
    assert TranscriptKey.objects.count() == 2
    for one in (document, newer):
        assert verify_transcript_here(one, now=b.later(days=2))[0].summary is Summary.VALID


def test_transcript_when_there_are_too_many_badges_then_says_so(
    cast: Cast, awards: list[Award], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("touchstone.core.openbadges.transcript.MOST_BADGES", 1)
    with pytest.raises(transcripts.TooManyForOne):
        transcripts.make_transcript(actor=b.actor(cast.earner), now=b.NOW)


# -- her rights --------------------------------------------------------------------------------------------------------


def test_what_she_shows_when_she_takes_her_data_or_is_erased_then_is_in_it_and_then_gone(
    cast: Cast, awards: list[Award]
) -> None:
    share(cast, *awards)
    row = made(cast, *awards)
    sharing.publish_hosted(actor=b.actor(cast.earner), token=awards[0].token, now=b.NOW)
    sharing.count_view(of=row.id, day=b.NOW.date())
    person = cast.earner.pseudonym_id
    data = json.loads(json.dumps(everything_about(person, now=b.NOW), default=str))
    assert data["collections"][0]["awards"] == [award.token for award in awards]
    assert data["collections"][0]["opened_by_others"] == 1
    assert data["awards"][0]["older_form_since"]
    rights.erase_person(actor=b.actor(cast.earner), person=person, revoke_awards=False, now=b.NOW)
    assert not Collection.objects.exists()
    assert not CollectionEntry.objects.exists()
    assert not DayViews.objects.exists()
    assert queries.find_hosted(awards[0]) is None
    assert Client().get(f"/collections/{row.token}/").status_code == 404
