"""Letting an app at one's own badges: strict for apps, plain for people, ended at once."""

import datetime as dt
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.conf import settings
from django.test import Client, override_settings

from tests import builders as b
from tests.cast import Cast
from tests.integration.api.wallet import BACK, PROFILE, Wallet, code_of, consent
from touchstone.api.oauth import may_return_to
from touchstone.credentials.actions import connecting
from touchstone.credentials.scopes import STAY, Scope
from touchstone.flows.rights import actions as rights
from touchstone.kit import clock
from touchstone.kit.models import JournalEntry
from touchstone.people import actions as people
from touchstone.people.models import Account

ALL = (*Scope.values, STAY)


def test_metadata_names_every_endpoint_under_the_configured_origin():
    answer = Client().get("/.well-known/oauth-authorization-server")
    document = answer.json()
    assert document["issuer"] == settings.ORIGIN
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert document["response_types_supported"] == ["code"]
    assert set(ALL) == set(document["scopes_supported"])
    assert answer["Access-Control-Allow-Origin"] == "*"
    for name in ("authorization", "token", "revocation", "registration"):
        assert document[f"{name}_endpoint"].startswith(f"{settings.ORIGIN}/oauth/")


def test_a_wallet_is_let_in_reads_is_renewed_and_is_disconnected(cast: Cast):
    person, wallet = cast.client("earner"), Wallet()
    registered = wallet.register()
    assert registered.status_code == 201
    assert registered.json()["client_uri"] == "https://wallet.example/"
    page = person.get("/oauth/authorize", wallet.request(*ALL))
    text = page.content.decode()
    assert "Connect Pocket Wallet to your badges?" in text
    assert "wallet.example" in text
    assert "See all your badges, private ones too" in text
    assert f'value="{STAY}"' not in text
    assert "form-action 'self' https://wallet.example;" in page["Content-Security-Policy"]
    answer = consent(person, wallet.request(*ALL), leave_out=Scope.CHANGE_PROFILE)
    assert answer["Location"].startswith(f"{BACK}?")
    assert "state=seen" in answer["Location"]
    code = code_of(answer)
    assert wallet.exchange(code, code_verifier="x" * 43).status_code == 400
    assert wallet.exchange(code).status_code == 200
    assert wallet.exchange(code).status_code == 400
    assert set(wallet.tokens["scope"].split()) == set(ALL) - {Scope.CHANGE_PROFILE}
    assert wallet.get(PROFILE).json()["name"] == "Rosa Marchetti"
    before = wallet.tokens
    assert wallet.token(grant_type="refresh_token", refresh_token=before["refresh_token"]).status_code == 200
    assert wallet.tokens["access_token"] != before["access_token"]
    assert wallet.token(grant_type="refresh_token", refresh_token=before["refresh_token"]).status_code in {400, 401}
    assert not Token.objects.filter(hash__contains=wallet.tokens["access_token"]).exists()
    listed = person.get("/account/apps/").content.decode()
    assert "Pocket Wallet" in listed
    assert "See your name and your main e-mail address" in listed
    assert "Change your name" not in listed
    ended = person.post("/account/apps/disconnect", {"app": wallet.client["client_id"]}, follow=True)
    assert "Pocket Wallet is disconnected" in ended.content.decode()
    assert wallet.get(PROFILE).status_code == 401
    assert not Token.objects.exists()
    verbs = JournalEntry.objects.filter(verb__startswith="app.").order_by("at", "id").values_list("verb", flat=True)
    assert list(verbs)[-1] == "app.disconnected"
    assert person.post("/account/apps/disconnect", {"app": wallet.client["client_id"]}).status_code == 404


def test_connect_when_she_says_no_then_the_app_is_told_and_nothing_is_kept(cast: Cast):
    wallet = Wallet()
    wallet.register()
    answer = consent(cast.client("earner"), wallet.request(), action="cancel")
    assert answer["Location"] == f"{BACK}?error=access_denied&state=seen"
    assert not Token.objects.exists()
    assert not JournalEntry.objects.filter(verb="app.connected").exists()


def test_connect_when_signed_out_then_sign_in_comes_first(cast: Cast):
    wallet = Wallet()
    wallet.register()
    for prompt in (None, "none", "login"):
        answer = cast.client("anonymous").get("/oauth/authorize", wallet.request(prompt=prompt))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/account/login/?next=/oauth/authorize")


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"code_challenge": "short"},
        {"redirect_uri": "https://evil.example/back"},
        {"client_id": "nobody"},
        {"scope": "openid"},
    ],
)
def test_connect_when_the_request_is_not_safe_then_a_page_says_so_and_sends_nobody_anywhere(
    cast: Cast, changes: dict[str, str | None]
):
    wallet = Wallet()
    wallet.register()
    answer = cast.client("earner").get("/oauth/authorize", wallet.request(**changes))
    assert answer.status_code == 400
    assert "Nothing was shared" in answer.content.decode()


def test_connect_when_the_form_was_not_made_here_then_it_is_refused(cast: Cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.earner.account)
    assert browser.post("/oauth/authorize", {"request": "forged", "action": "grant"}).status_code == 403
    forged = cast.client("earner").post("/oauth/authorize", {"request": "forged", "action": "grant"})
    assert forged.status_code in {403, 404}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"redirect_uris": ["http://wallet.example/back"]}, "invalid_redirect_uri"),
        ({"redirect_uris": ["javascript:alert(1)"]}, "invalid_redirect_uri"),
        ({"redirect_uris": [f"https://wallet.example/{n}" for n in range(11)]}, "invalid_redirect_uri"),
        ({"redirect_uris": []}, "invalid_redirect_uri"),
        ({"scope": "openid email"}, "invalid_client_metadata"),
        ({"grant_types": ["client_credentials"]}, "invalid_client_metadata"),
        ({"response_types": ["token"]}, "invalid_client_metadata"),
        ({"token_endpoint_auth_method": "client_secret_post"}, "invalid_client_metadata"),
        ({"client_name": "x" * 20_000}, "invalid_client_metadata"),
    ],
)
def test_register_when_the_app_asks_for_what_is_not_offered_then_refused(db: None, changes: dict[str, Any], error: str):
    answer = Wallet().register(**changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert not App.objects.exists()


def test_register_when_the_app_is_on_a_device_then_it_needs_no_secret_and_says_less(cast: Cast):
    wallet = Wallet()
    given = {"redirect_uris": ["org.example.wallet:/back"], "token_endpoint_auth_method": "none", "scope": None}
    answer = wallet.register(**given, client_name=None)
    assert answer.status_code == 201
    assert "client_secret" not in answer.json()
    assert answer.json()["scope"].split() == [Scope.READ_BADGES, Scope.READ_PROFILE]
    page = cast.client("earner").get(
        "/oauth/authorize", wallet.request(Scope.READ_BADGES, redirect_uri="org.example.wallet:/back")
    )
    assert "Connect org.example.wallet: to your badges?" in page.content.decode()


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://wallet.example/back?a=1", True),
        ("http://127.0.0.1:4711/back", True),
        ("http://[::1]/back", True),
        ("http://localhost/back", True),
        ("org.example.wallet:/back", True),
        ("http://wallet.example/", False),
        ("https://wallet.example/#part", False),
        ("https://*.example/", False),
        ("https://ann@wallet.example/", False),
        ("wallet:/back", False),
        ("data:text/html,x", False),
        ("https:///back", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_address_to_return_to(address: str, fits: bool):
    assert may_return_to(address) is fits


def test_register_when_it_is_done_too_often_then_later(db: None):
    with override_settings(RATES_ON=True):
        codes = [Wallet().register().status_code for _try in range(25)]
    assert codes.count(201) == 20
    assert set(codes[20:]) == {429}


def test_an_app_stays_out_while_no_guardian_has_agreed(cast: Cast):
    wallet = Wallet()
    wallet.register()
    answer = cast.client("minor").get("/oauth/authorize", wallet.request())
    assert answer.status_code == 403
    assert "a parent or guardian has to agree" in answer.content.decode()


def test_a_member_acting_in_a_role_lets_apps_at_her_own_badges_alone(cast: Cast):
    wallet = Wallet().connect(cast.client("staff"))
    assert wallet.get(PROFILE).json()["name"] == "Wren Castellano"
    assert wallet.get().json() == {"credential": [], "compactJwsString": []}


def test_tokens_of_a_blocked_or_erased_account_open_nothing(cast: Cast):
    wallet, other = Wallet().connect(cast.client("earner")), Wallet().connect(cast.client("colleague"))
    Account.objects.filter(person=cast.earner).update(is_active=False)
    assert wallet.get(PROFILE).status_code == 401
    assert wallet.token(grant_type="refresh_token", refresh_token=wallet.tokens["refresh_token"]).status_code >= 400
    rights.erase_person(
        actor=b.actor(cast.colleague), person=cast.colleague.pseudonym_id, revoke_awards=False, now=clock.now()
    )
    assert other.get(PROFILE).status_code == 401


def test_an_app_revokes_its_own_key(cast: Cast):
    wallet = Wallet().connect(cast.client("earner"))
    key = {"token": wallet.tokens["refresh_token"], "token_type_hint": "refresh_token"}
    assert wallet.server.post("/oauth/revoke", key, headers=wallet.basic()).status_code == 200
    assert wallet.token(grant_type="refresh_token", refresh_token=key["token"]).status_code in {400, 401}


def test_forgetting_removes_spent_keys_and_apps_nobody_let_in(cast: Cast):
    wallet, unused = Wallet().connect(cast.client("earner")), Wallet()
    unused.register()
    Token.objects.filter(type=Token.Type.ACCESS_TOKEN).update(expires_at=clock.now() - dt.timedelta(hours=1))
    connecting.forget_unused(now=clock.now() + connecting.UNUSED + dt.timedelta(days=1))
    assert [row.id for row in App.objects.all()] == [wallet.client["client_id"]]
    assert [row.type for row in Token.objects.all()] == [Token.Type.REFRESH_TOKEN]


def test_a_name_changed_elsewhere_is_what_the_app_sees_next(cast: Cast):
    wallet = Wallet().connect(cast.client("earner"))
    row = cast.earner
    people.change_profile(
        actor=b.actor(row),
        name="Rosa M. Bell",
        position=row.position,
        state=row.state,
        language=row.language,
        time_zone=row.time_zone,
        now=clock.now(),
    )
    assert wallet.get(PROFILE).json()["name"] == "Rosa M. Bell"
