"""Typed settings: odd values are refused with a sentence each."""

import pytest

from touchstone.config.environment import Mode, SettingsRefused, read_environment

SOUND = {
    "TOUCHSTONE_MODE": "production",
    "TOUCHSTONE_SECRET": "s" * 40,
    "DATABASE_URL": "postgresql://touchstone@db.example.org/touchstone",
    "TOUCHSTONE_ORIGIN": "https://badges.example.org",
    "TOUCHSTONE_MEDIA_ORIGIN": "https://files.example.org",
    "TOUCHSTONE_MAIL_HOST": "mail.example.org",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch):
    for name in ("TOUCHSTONE_DATA", "PORT", "TOUCHSTONE_UPLOAD_CAP"):
        monkeypatch.delenv(name, raising=False)

    def put(**changes: str | None) -> None:
        for name, value in {**SOUND, **changes}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return put


def test_a_sound_environment_is_read(environment):
    environment(PORT="8123")
    found = read_environment()
    assert (found.mode, found.port, found.public_origin) == (Mode.PRODUCTION, 8123, "https://badges.example.org")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty'"),
        ({"PORT": "0"}, "PORT is '0'"),
        ({"TOUCHSTONE_MODE": "staging"}, "TOUCHSTONE_MODE is 'staging'"),
        ({"TOUCHSTONE_ORIGIN": "badges.example.org"}, "TOUCHSTONE_ORIGIN is 'badges.example.org'"),
        ({"TOUCHSTONE_ORIGIN": "https://badges.example.org/path"}, "without a path"),
        ({"TOUCHSTONE_ORIGIN": "http://badges.example.org"}, "TOUCHSTONE_ORIGIN must be the https origin"),
        ({"TOUCHSTONE_SECRET": None}, "TOUCHSTONE_SECRET must hold at least 32"),
        ({"TOUCHSTONE_SECRET": "short"}, "TOUCHSTONE_SECRET must hold at least 32"),
        ({"DATABASE_URL": None}, "DATABASE_URL must name"),
        ({"TOUCHSTONE_MEDIA_ORIGIN": "https://badges.example.org"}, "TOUCHSTONE_MEDIA_ORIGIN must be another"),
        ({"TOUCHSTONE_MAIL_HOST": None}, "TOUCHSTONE_MAIL_HOST must name"),
        ({"TOUCHSTONE_UPLOAD_CAP": "12"}, "TOUCHSTONE_UPLOAD_CAP is '12'"),
    ],
)
def test_an_odd_value_is_refused_with_a_sentence(environment, changes, words):
    environment(**changes)
    with pytest.raises(SettingsRefused) as refusal:
        read_environment()
    assert words in str(refusal.value)
    assert "short" not in str(refusal.value)


def test_a_demonstration_needs_no_settings(environment):
    environment(TOUCHSTONE_MODE="demonstration", **{name: None for name in SOUND if name != "TOUCHSTONE_MODE"})
    found = read_environment()
    assert found.public_origin == "http://localhost:8000"
    assert found.public_media_origin == "http://127.0.0.1:8000"
