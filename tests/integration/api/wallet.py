"""A wallet as far as a test needs one: it makes itself known, is let in by somebody, and asks."""

import base64
import hashlib
import html
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.test import Client

from touchstone.credentials.scopes import STAY, Scope

BACK = "https://wallet.example/back"
CREDENTIALS, PROFILE = "/ims/ob/v3p0/credentials", "/ims/ob/v3p0/profile"


def metadata(**changes: Any) -> dict[str, Any]:
    """What a wallet says of itself (RFC 7591)."""
    usual: dict[str, Any] = {
        "client_name": "Pocket Wallet",
        "client_uri": "https://wallet.example/",
        "logo_uri": "https://wallet.example/logo.png",
        "redirect_uris": [BACK],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "scope": " ".join([*Scope.values, STAY]),
    }
    return {name: value for name, value in {**usual, **changes}.items() if value is not None}


@dataclass
class Wallet:
    """``server`` has no session, as a wallet's own server has none."""

    server: Client = field(default_factory=Client)
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    client: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, Any] = field(default_factory=dict)

    def register(self, **changes: Any) -> HttpResponse:
        answer = self.server.post("/oauth/clients", metadata(**changes), content_type="application/json")
        if answer.status_code == 201:
            self.client = answer.json()
        return answer

    def request(self, *scopes: str, **changes: str | None) -> dict[str, str]:
        """What it sends a browser to ``/oauth/authorize`` with."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        usual: dict[str, str | None] = {
            "client_id": self.client["client_id"],
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": " ".join(scopes or Scope.values),
            "state": "seen",
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in {**usual, **changes}.items() if value is not None}

    def exchange(self, code: str, **changes: str) -> HttpResponse:
        facts = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": self.verifier}
        return self.token(**{**facts, **changes})

    def token(self, **facts: str) -> HttpResponse:
        answer = self.server.post("/oauth/token", facts, headers=self.basic())
        if answer.status_code == 200:
            self.tokens = answer.json()
        return answer

    def basic(self) -> dict[str, str]:
        pair = f"{self.client['client_id']}:{self.client.get('client_secret', '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    def connect(self, person: Client, *scopes: str) -> "Wallet":
        """The whole way, with somebody signed in who agrees to all of it."""
        self.register()
        answer = consent(person, self.request(*scopes))
        assert self.exchange(code_of(answer)).status_code == 200
        return self

    def get(self, path: str = CREDENTIALS, **query: Any) -> HttpResponse:
        return self.server.get(path, query, headers=self.key())

    def bring(self, content: bytes | str, kind: str = "application/json") -> HttpResponse:
        return self.server.post(CREDENTIALS, content, content_type=kind, headers=self.key())

    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}


def consent(person: Client, request: dict[str, str], *, leave_out: str = "", action: str = "grant") -> HttpResponse:
    """Open the page of consent, leave one wish out if asked to, and send it."""
    page = person.get("/oauth/authorize", request)
    assert page.status_code == 200, page.content.decode()
    text = page.content.decode()
    [signed] = re.findall(r'name="request" value="([^"]+)"', text)
    offered = [html.unescape(value) for value in re.findall(r'name="scopes" value="([^"]+)"', text)]
    chosen = [scope for scope in offered if scope != leave_out]
    return person.post("/oauth/authorize", {"request": html.unescape(signed), "scopes": chosen, "action": action})


def code_of(answer: HttpResponse) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return parse_qs(urlsplit(answer["Location"]).query)["code"][0]
