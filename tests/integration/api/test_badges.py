"""The Open Badges API as a wallet sees it: pages of badges, badges brought, the profile, an answer to each wrong."""

import datetime as dt
import json
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.integration.api.wallet import CREDENTIALS, PROFILE, Wallet
from tests.unit.core.openbadges import samples
from touchstone.core.openbadges import compose
from touchstone.core.openbadges.key_kinds import P256KeyPair
from touchstone.core.openbadges.keys import did_key, verification_method
from touchstone.core.openbadges.token import make_token
from touchstone.credentials.models import Award, Badge, ImportedBadge
from touchstone.credentials.scopes import Scope

PAIR = P256KeyPair(bytes(range(1, 33)))


def badge(text: str = samples.PLAIN, **changes: Any) -> bytes:
    """A badge signed by a stranger that names nothing to be looked up."""
    usual = {"status": None, "id": f"urn:example:{text.replace(' ', '-')}", "valid_until": None, "evidence": ()}
    return samples.as_bytes(samples.signed_badge(text, **{**usual, **changes}))


def token(text: str = "Listening") -> str:
    did = did_key(PAIR.multikey)
    facts = samples.badge(text, issuer=did, status=None, id=f"urn:example:{text}", valid_until=None, evidence=())
    method = verification_method(did, PAIR.multikey)
    return make_token(compose.compose_credential(facts), sign=PAIR.sign, verification_method=method)


def minor_code(answer: Any) -> str:
    [field] = answer.json()["imsx_CodeMinor"]["imsx_codeMinorField"]
    return str(field["imsx_codeMinorFieldValue"])


def links(answer: Any) -> dict[str, str]:
    """The Link header by relation."""
    rows = (part.split("; rel=") for part in answer["Link"].split(", "))
    return {name.strip('"'): address.strip("<>") for address, name in rows}


@pytest.fixture
def wallet(cast: Cast) -> Wallet:
    return Wallet().connect(cast.client("earner"))


def test_a_wallet_takes_an_award_letter_for_letter_and_brings_a_badge_that_is_kept_as_it_came(cast: Cast):
    cast.earned()
    wallet = Wallet().connect(cast.client("earner"))
    own = Badge.objects.get()
    answer = wallet.get()
    assert own.text in answer.content.decode()
    assert (answer["X-Total-Count"], answer.json()["compactJwsString"]) == ("1", [])
    brought = badge("Pair talk")
    first = wallet.bring(brought, "application/vc+ld+json")
    assert (first.status_code, first.content) == (201, brought)
    assert wallet.bring(brought).status_code == 200
    text = token()
    assert wallet.bring(text, "text/plain").status_code == 201
    found = wallet.get()
    assert found["X-Total-Count"] == "3"
    assert found.json()["compactJwsString"] == [text]
    assert {row["id"] for row in found.json()["credential"]} == {own.document["id"], "urn:example:Pair-talk"}
    assert brought.decode() in found.content.decode()
    assert wallet.bring(own.text).status_code == 200  # hers already, and no badge from elsewhere
    assert ImportedBadge.objects.count() == 2
    stranger = Wallet().connect(cast.client("colleague"))
    assert stranger.get().json() == {"credential": [], "compactJwsString": []}
    assert stranger.bring(own.text).status_code == 403


def test_upsert_when_newer_then_it_replaces_and_older_is_not_taken(wallet: Wallet):
    old, new = (badge("Pair talk", valid_from=samples.NOW - dt.timedelta(days=days)) for days in (20, 10))
    assert wallet.bring(old).status_code == 201
    assert wallet.bring(new).status_code == 200
    refused = wallet.bring(old)
    assert (refused.status_code, minor_code(refused)) == (409, "not_modified")
    row = ImportedBadge.objects.get()
    assert bytes(row.content) == new


def test_pages_say_where_the_others_are(wallet: Wallet):
    days = {f"Skill {day}": samples.NOW - dt.timedelta(days=day) for day in range(1, 6)}
    for text, start in days.items():
        assert wallet.bring(badge(text, valid_from=start)).status_code == 201
    first = wallet.get(limit=2)
    assert [row["id"] for row in first.json()["credential"]] == ["urn:example:Skill-5", "urn:example:Skill-4"]
    assert set(links(first)) == {"first", "last", "next"}
    assert links(first)["next"] == f"{settings.ORIGIN}{CREDENTIALS}?limit=2&offset=2"
    last = wallet.get(limit=2, offset=4)
    assert len(last.json()["credential"]) == 1
    assert links(last)["prev"].endswith("offset=2")
    assert links(first)["last"].endswith("offset=4")
    since = (samples.NOW - dt.timedelta(days=3)).isoformat()
    newer = wallet.get(since=since)
    assert [row["id"] for row in newer.json()["credential"]] == ["urn:example:Skill-2", "urn:example:Skill-1"]
    with CaptureQueriesContext(connection) as few:
        wallet.get(limit=1)
    with CaptureQueriesContext(connection) as many:
        wallet.get()
    assert len(few) == len(many)


def test_bring_when_a_check_fails_then_nothing_is_kept_and_the_answer_says_which(wallet: Wallet):
    changed = json.loads(badge("Pair talk"))
    changed["credentialSubject"]["achievement"]["name"] = "Everything"
    wrong: list[tuple[bytes | str, str, int]] = [
        (samples.as_bytes(changed), "application/json", 400),
        (b"{}", "application/json", 400),
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 415),
        (token()[:-6], "text/plain", 400),
        ("no token", "text/plain", 415),
        (badge(), "text/plain", 415),
        (badge(), "multipart/form-data", 415),
        (b" " * 3_000_000, "application/json", 413),
    ]
    for content, kind, status in wrong:
        answer = wallet.bring(content, kind)
        assert answer.status_code == status, (content[:40], kind, answer.content)
        assert answer.json()["imsx_codeMajor"] == "failure"
        assert answer.json()["imsx_description"]
    assert "changed after it was signed" in wallet.bring(samples.as_bytes(changed)).json()["imsx_description"]
    assert not ImportedBadge.objects.exists()


@pytest.mark.parametrize(
    "query",
    [{"limit": "0"}, {"limit": "many"}, {"limit": "-1"}, {"offset": "-1"}, {"offset": "9" * 30}, {"since": "once"}],
)
def test_take_when_asked_for_an_odd_page_then_the_answer_says_what_fits(wallet: Wallet, query: dict[str, str]):
    answer = wallet.get(**query)
    assert (answer.status_code, minor_code(answer)) == (400, "invalid_query_parameter")


def test_keys_open_what_was_allowed_and_nothing_else(cast: Cast):
    anyone = Client()
    bare = anyone.get(CREDENTIALS)
    assert (bare.status_code, minor_code(bare)) == (401, "unauthorizedrequest")
    assert bare["WWW-Authenticate"] == 'Bearer realm="Open Badges"'
    wrong = anyone.get(CREDENTIALS, headers={"Authorization": "Bearer nothing"})
    assert wrong.status_code == 401
    assert 'error="invalid_token"' in wrong["WWW-Authenticate"]
    assert cast.client("earner").get(CREDENTIALS).status_code == 401  # a session is no key
    reader = Wallet().connect(cast.client("earner"), Scope.READ_BADGES)
    assert reader.get().status_code == 200
    refused = reader.bring(badge())
    assert (refused.status_code, minor_code(refused)) == (403, "forbidden")
    assert f'error="insufficient_scope", scope="{Scope.BRING_BADGES}"' in refused["WWW-Authenticate"]
    assert reader.get(PROFILE).status_code == 403
    assert reader.server.get(f"{CREDENTIALS}?access_token={reader.tokens['access_token']}").status_code == 401
    for path, allowed in ((CREDENTIALS, "GET, POST"), (PROFILE, "GET, PUT")):
        answer = reader.server.delete(path, headers=reader.key())
        assert (answer.status_code, answer["Allow"], minor_code(answer)) == (405, allowed, "not_allowed")
    with override_settings(RATES_ON=True, RATES=settings.RATES.model_copy(update={"api": 3})):
        answers = [reader.get() for _try in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_profile_is_the_persons_own_under_an_id_for_this_app_alone(cast: Cast):
    one, other = Wallet().connect(cast.client("earner")), Wallet().connect(cast.client("earner"))
    found = one.get(PROFILE).json()
    assert (found["name"], found["email"]) == ("Rosa Marchetti", "rosa.marchetti@maple.example.org")
    assert found["id"] != other.get(PROFILE).json()["id"]
    assert str(cast.earner.pseudonym_id) not in json.dumps(found)

    def put(document: object) -> Any:
        return one.server.put(PROFILE, json.dumps(document), content_type="application/json", headers=one.key())

    assert put({**found, "name": "Rosa M. Bell", "phone": "1"}).json()["name"] == "Rosa M. Bell"
    assert one.get(PROFILE).json()["name"] == "Rosa M. Bell"
    assert put({**found, "email": "other@example.org"}).status_code == 400
    for odd in ([], {"name": "A"}, {**found, "name": 1}, {**found, "name": " "}, {**found, "name": "x" * 70_000}):
        assert put(odd).status_code in {400, 413}, odd


def test_service_description_names_what_a_wallet_needs(cast: Cast):
    document = Client().get("/ims/ob/v3p0/discovery").json()
    scheme = document["components"]["securitySchemes"]["OAuth2ACG"]
    assert scheme["x-imssf-registrationUrl"] == f"{settings.ORIGIN}/oauth/clients"
    assert set(scheme["flows"]["authorizationCode"]["scopes"]) == set(Scope.values)
    assert {"tokenUrl", "authorizationUrl", "refreshUrl"} <= scheme["flows"]["authorizationCode"].keys()
    operations = {name: part["operationId"] for path in document["paths"].values() for name, part in path.items()}
    assert operations.keys() == {"get", "post", "put"}
    for field in ("x-imssf-privacyPolicyUrl", "termsOfService"):
        assert document["info"][field].startswith("http")


def test_an_award_that_is_not_signed_yet_or_revoked_is_told_as_it_is(cast: Cast):
    cast.earned()
    wallet = Wallet().connect(cast.client("earner"))
    Badge.objects.update(text="")
    assert wallet.get()["X-Total-Count"] == "0"
    assert Award.objects.count() == 1
