"""A new secret: what was signed and sealed under the old one still holds, and can be moved over."""

import pytest
from django.core import signing
from django.test import Client

from tests import builders as b
from tests.cast import Cast
from touchstone.config import command
from touchstone.config.environment import Environment, SettingsRefused, read_environment
from touchstone.credentials import actions, keys
from touchstone.credentials.models import SigningKey
from touchstone.kit import storage
from touchstone.kit.models import JournalEntry

OLD, NEW = "the first secret of this installation", "the second secret of this installation"


@pytest.fixture
def key(cast: Cast, settings) -> SigningKey:
    """An issuer's key sealed under the first secret."""
    settings.SECRET_KEY = OLD
    cast.earned()
    return SigningKey.objects.get()


def test_keys_sealed_under_a_previous_secret_still_sign(key, settings):
    before = keys.signer(key)(b"badge")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, ["one before", OLD]
    assert keys.signer(key)(b"badge") == before


def test_keys_do_not_open_when_the_secret_is_lost(key, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, ["one before"]
    with pytest.raises(keys.KeyNotReadable):
        keys.signer(key)


def test_keys_are_sealed_anew_once_and_the_old_secret_is_not_needed_any_more(key, settings):
    before = keys.signer(key)(b"badge")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert actions.reseal_keys(actor=b.SYSTEM, now=b.NOW) == actions.Resealed(1, 0, ())
    assert actions.reseal_keys(actor=b.SYSTEM, now=b.NOW) == actions.Resealed(0, 1, ())
    settings.SECRET_KEY_FALLBACKS = []
    assert keys.signer(SigningKey.objects.get())(b"badge") == before
    assert JournalEntry.objects.filter(verb="signing_key.resealed").count() == 1


def test_command_says_what_it_did_and_names_keys_it_cannot_open(key, settings, capsys):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []
    assert command.main(["rotate-secrets"]) == 1
    said = capsys.readouterr()
    assert key.public in said.err
    assert "TOUCHSTONE_SECRET_PREVIOUS" in said.err
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert command.main(["rotate-secrets"]) == 0
    assert "1 now, 0 before" in capsys.readouterr().out
    assert command.main(["rotate-secrets"]) == 0
    assert "0 now, 1 before" in capsys.readouterr().out


def test_links_and_sessions_of_the_previous_secret_still_work(cast: Cast, settings):
    settings.SECRET_KEY = OLD
    client = Client()
    client.force_login(cast.earner.account)
    signed = storage.link("evidence/x/original", name="x", media_type="text/plain", inline=True).rpartition("/")[2]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert storage.read_link(signed)
    assert client.get("/account/profile/").status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert storage.read_link(signed) is None
    assert client.get("/account/profile/").status_code == 200  # it was renewed under the new secret
    with pytest.raises(signing.BadSignature):
        signing.loads(signing.dumps("x", key=OLD))


def test_previous_secrets_are_read_apart_by_spaces_and_must_differ(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TOUCHSTONE_MODE", "test")
    monkeypatch.setenv("TOUCHSTONE_SECRET", NEW.replace(" ", "-"))
    monkeypatch.setenv("TOUCHSTONE_SECRET_PREVIOUS", "older oldest")
    assert read_environment().previous_secrets == ["older", "oldest"]
    monkeypatch.setenv("TOUCHSTONE_SECRET_PREVIOUS", NEW.replace(" ", "-"))
    with pytest.raises(SettingsRefused, match="must not hold the secret that is in use"):
        read_environment()


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ('{"search": 0}', "TOUCHSTONE_RATES__SEARCH"),
        ('{"serach": 5}', "TOUCHSTONE_RATES__SERACH"),
        ('{"search": "many"}', "TOUCHSTONE_RATES__SEARCH"),
    ],
)
def test_rates_that_cannot_be_used_are_refused_by_name(monkeypatch: pytest.MonkeyPatch, rates: str, said: str):
    monkeypatch.setenv("TOUCHSTONE_MODE", "test")
    monkeypatch.setenv("TOUCHSTONE_RATES", rates)
    with pytest.raises(SettingsRefused, match=said):
        read_environment()


def test_proxies_follow_behind_proxy_unless_they_are_counted():
    assert Environment(mode="test").proxies == 0
    assert Environment(mode="test", behind_proxy=True).proxies == 1
    assert Environment(mode="test", behind_proxy=True, trusted_proxies=2).proxies == 2


def test_the_private_network_stays_closed_in_production(monkeypatch: pytest.MonkeyPatch):
    for name, value in {
        "TOUCHSTONE_MODE": "production",
        "TOUCHSTONE_SECRET": "x" * 40,
        "DATABASE_URL": "postgresql://db.example.org/touchstone",
        "TOUCHSTONE_ORIGIN": "https://badges.example.org",
        "TOUCHSTONE_MEDIA_ORIGIN": "https://files.example.org",
        "TOUCHSTONE_MAIL_HOST": "mail.example.org",
    }.items():
        monkeypatch.setenv(name, value)
    assert read_environment().fetch_trusted == ""
    monkeypatch.setenv("TOUCHSTONE_FETCH_TRUSTED", "localhost:8000")
    with pytest.raises(SettingsRefused, match="TOUCHSTONE_FETCH_TRUSTED must be empty in production"):
        read_environment()
