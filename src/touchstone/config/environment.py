"""Typed settings from the environment. Odd values are refused with a sentence; no secret has a default
outside demonstration and tests.
"""

from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMONSTRATION = "demonstration"
    TEST = "test"


class SettingsRefused(Exception):
    """The environment holds a value that cannot be used; the message is one sentence per problem."""


class Rates(BaseModel):
    """Requests a minute from one account. Without an account the network address counts, which many may share: it
    gets several times as many. ``guesses`` are requests for awards that are not there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    search: int = Field(120, ge=1)
    verify: int = Field(20, ge=1)
    upload: int = Field(60, ge=1)
    guesses: int = Field(20, ge=1)
    sign_in: int = Field(20, ge=1)
    sign_up: int = Field(10, ge=1)
    reset: int = Field(10, ge=1)
    joining: int = Field(20, ge=1)
    connecting: int = Field(20, ge=1)
    registering: int = Field(2, ge=1)
    api: int = Field(120, ge=1)


class Environment(BaseSettings):
    """Everything that may differ between two installations.

    Sizes are bytes, times are seconds. Read with :func:`read_environment`, which turns problems into sentences.
    """

    model_config = SettingsConfigDict(env_prefix="TOUCHSTONE_", extra="ignore", frozen=True)

    mode: Mode = Mode.PRODUCTION
    data: Path = Path(".data")
    database_url: str = Field("", validation_alias="DATABASE_URL")
    port: int = Field(8000, validation_alias="PORT", ge=1, le=65535)
    origin: str = ""
    media_origin: str = ""
    secret: SecretStr = SecretStr("")
    upload_cap: int = Field(200 * 1024 * 1024, ge=1024, le=5 * 1024**3)
    mail_host: str = ""
    mail_port: int = Field(587, ge=1, le=65535)
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_from: str = "Touchstone <touchstone@localhost>"
    behind_proxy: bool = False
    trusted_proxies: int | None = Field(None, ge=0, le=9)
    secret_previous: SecretStr = SecretStr("")
    rates: Rates = Rates()
    second_step: bool | None = None
    fetch_trusted: str = ""
    terms_url: str = ""
    privacy_url: str = ""

    @field_validator("origin", "media_origin")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise ValueError("must be an origin such as https://badges.example.org, without a path")
        return value

    @model_validator(mode="after")
    def _complete(self) -> "Environment":
        if self.mode is Mode.PRODUCTION:
            for name, given in (
                ("TOUCHSTONE_SECRET", len(self.secret.get_secret_value()) >= 32),
                ("DATABASE_URL", bool(self.database_url)),
                ("TOUCHSTONE_ORIGIN", self.origin.startswith("https://")),
                ("TOUCHSTONE_MEDIA_ORIGIN", self.media_origin not in {"", self.origin}),
                ("TOUCHSTONE_MAIL_HOST", bool(self.mail_host)),
                ("TOUCHSTONE_FETCH_TRUSTED", not self.fetch_trusted),
            ):
                if not given:
                    raise ValueError(f"{name} {_NEEDED[name]}")
        return self

    @model_validator(mode="after")
    def _secrets_differ(self) -> "Environment":
        if self.secret.get_secret_value() in self.previous_secrets:
            raise ValueError("TOUCHSTONE_SECRET_PREVIOUS must not hold the secret that is in use")
        return self

    @property
    def previous_secrets(self) -> list[str]:
        """Secrets used before the present one, the latest first."""
        return self.secret_previous.get_secret_value().split()

    @property
    def needs_second_step(self) -> bool:
        """Whether roles that see others' data need a second step at sign-in; on in production unless it says no."""
        return self.mode is Mode.PRODUCTION if self.second_step is None else self.second_step

    @property
    def proxies(self) -> int:
        """How many proxies of ours stand in front and add to X-Forwarded-For."""
        return int(self.behind_proxy) if self.trusted_proxies is None else self.trusted_proxies

    @property
    def public_origin(self) -> str:
        return self.origin or f"http://localhost:{self.port}"

    @property
    def public_media_origin(self) -> str:
        return self.media_origin or f"http://127.0.0.1:{self.port}"

    @property
    def secret_key(self) -> str:
        return self.secret.get_secret_value() or "only for tests and checks, never for people's data"


_NEEDED = {
    "TOUCHSTONE_SECRET": "must hold at least 32 random characters",
    "DATABASE_URL": "must name the PostgreSQL database",
    "TOUCHSTONE_ORIGIN": "must be the https origin people and badges use",
    "TOUCHSTONE_MEDIA_ORIGIN": "must be another origin, from which uploaded files are served",
    "TOUCHSTONE_MAIL_HOST": "must name the server that sends mail",
    "TOUCHSTONE_FETCH_TRUSTED": "must be empty in production: it opens the private network",
}


def read_environment() -> Environment:
    """Read and check the environment; raises SettingsRefused with a sentence per problem."""
    try:
        return Environment()
    except ValidationError as problem:
        raise SettingsRefused("\n".join(_sentence(dict(error)) for error in problem.errors())) from None


def _sentence(error: dict[str, object]) -> str:
    location = error.get("loc")
    name = "__".join(map(str, location)) if isinstance(location, tuple) else ""
    message = str(error["msg"]).removeprefix("Value error, ")
    if not name:
        return f"{message}."
    name = name if name.isupper() else f"TOUCHSTONE_{name.upper()}"
    return f"{name} is {error.get('input')!r}, but it {_lower(message)}."


def _lower(message: str) -> str:
    message = message[:1].lower() + message[1:]
    return message.removeprefix("input ")
