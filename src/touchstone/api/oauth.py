"""Letting an app at one's own badges: OAuth 2.0 with django-allauth's server, made as strict as Open Badges asks.

Code with PKCE S256 for everybody (RFC 7636), registration without asking first (RFC 7591), refresh, revocation
(RFC 7009), metadata (RFC 8414). No identity is handed out, so nothing is signed: keys to badges are random, and only
their hashes are kept.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.forms import AuthorizationForm
from allauth.idp.oidc.models import Client, Token
from allauth.idp.oidc.views import AuthorizationView, ClientRegistrationView
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.csp import CSP, build_policy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from touchstone.credentials import connected
from touchstone.credentials.actions.connecting import connect_app
from touchstone.credentials.scopes import STAY, Scope
from touchstone.kit import clock
from touchstone.kit.actor import Actor
from touchstone.kit.errors import Refusal
from touchstone.people import queries as people

MOST_BYTES = 16 * 1024
MOST_ADDRESSES = 10
GRANTS = ("authorization_code", "refresh_token")
AUTHENTICATIONS = ("client_secret_basic", "none")
ECHOED = ("client_uri", "logo_uri", "tos_uri", "policy_uri", "software_id", "software_version")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_SCOPES = frozenset(Scope.values)


class NotSafelyAsked(Refusal):
    status = 400
    sentence = _(
        "This app asked for your badges without the protection that is needed here (PKCE with S256). Nothing was"
        " shared. Tell whoever makes the app."
    )


class NothingAsked(Refusal):
    status = 400
    sentence = _("This app did not say what it wants to do with your badges. Nothing was shared.")


class Adapter(DefaultOIDCAdapter):  # type: ignore[misc]  # allauth is untyped
    """What apps may register, and in which words their wishes are shown."""

    scope_display = dict(Scope.choices)

    def generate_client_secret(self) -> str:
        return secrets.token_hex(32)  # nothing in it that a client would encode in a Basic header (RFC 6749, 2.3.1)

    def validate_client_registration(
        self,
        *,
        client: Client,
        client_metadata: Mapping[str, Any],
        token: Token | None,
        bearer_token: str | None,
        **facts: Any,
    ) -> None:
        wrong = [address for address in client.get_redirect_uris() if not may_return_to(address)]
        if wrong or len(client.get_redirect_uris()) > MOST_ADDRESSES:
            raise ImmediateHttpResponse(refused("invalid_redirect_uri", _REDIRECTS.format(most=MOST_ADDRESSES)))
        _within("grant_types", client.get_grant_types(), GRANTS)
        _within("response_types", client.get_response_types(), ("code",))
        _within("token_endpoint_auth_method", [_authentication(client_metadata)], AUTHENTICATIONS)
        if not client_metadata.get("scope"):
            client.set_scopes([Scope.READ_BADGES, Scope.READ_PROFILE])
        _within("scope", client.get_scopes(), (*Scope.values, STAY))
        client.set_default_scopes(client.get_scopes())
        client.data = {"dcr": True, "client_metadata": _echoed(client_metadata)}


_REDIRECTS = (
    "Give 1 to {most} redirect addresses: https, http on this device (127.0.0.1, [::1], localhost), or a private"
    " scheme with a dot in its name (RFC 8252, section 7). No fragment, no wildcard, no user name."
)


def may_return_to(address: str) -> bool:
    """Whether browsers may be sent back to an address: https, this device, or an app's own scheme (RFC 8252, 7)."""
    try:
        parts = urlsplit(address)
        host, has_user = parts.hostname, parts.username is not None
    except ValueError:
        return False
    is_plain = address.isascii() and address.isprintable() and not set(address) & set('*#\\ "<>') and not has_user
    if not is_plain or len(address) > 500:
        return False
    if parts.scheme == "https":
        return bool(host)
    return host in _LOOPBACK if parts.scheme == "http" else "." in parts.scheme


def _authentication(metadata: Mapping[str, Any]) -> str:
    return str(metadata.get("token_endpoint_auth_method") or AUTHENTICATIONS[0])


def _within(name: str, given: Iterable[str], allowed: Iterable[str]) -> None:
    if odd := sorted(set(given) - set(allowed)):
        known = ", ".join(allowed)
        raise ValidationError(f"{name}: “{odd[0][:100]}” is not offered here; these are: {known}.")


def _echoed(metadata: Mapping[str, Any]) -> dict[str, str]:
    known = {name: metadata.get(name) for name in ECHOED}
    return {name: text for name, text in known.items() if isinstance(text, str) and text.isprintable()}


def refused(error: str, sentence: str) -> JsonResponse:
    """An error of registration (RFC 7591, section 3.2.2)."""
    return JsonResponse({"error": error, "error_description": sentence}, status=400)


class Registration(ClientRegistrationView):  # type: ignore[misc]  # allauth is untyped
    """An app makes itself known (RFC 7591). What it says of itself is its own claim."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return refused("invalid_client_metadata", f"More than {MOST_BYTES} bytes are not read.")
        answer: HttpResponse = super().post(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer

    def _serialize_client(self, client: Client, form: Any, secret: str) -> dict[str, Any]:
        return {**client.data["client_metadata"], **super()._serialize_client(client, form, secret)}


class ConsentForm(AuthorizationForm):  # type: ignore[misc]  # allauth is untyped
    """What the app asks for, each to be left out. That it stays connected is no wish of its own: all apps do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        self._stays = STAY in (key for key, _words in field.choices)
        field.choices = [(scope.value, scope.label) for scope in Scope if scope in dict(field.choices)]
        field.label = _("It may")

    def clean_scopes(self) -> list[str]:
        scopes: list[str] = self.cleaned_data["scopes"]
        return [*scopes, STAY] if self._stays else scopes


class Consent(AuthorizationView):  # type: ignore[misc]  # allauth is untyped
    """The page on which a person lets an app at her badges, or not. They are her own, whatever role she acts in."""

    form_class = ConsentForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises NotSafelyAsked, NothingAsked, GuardianMustAgree, NotFound for an account that is nobody's yet."""
        self._request_info: dict[str, Any] = {}
        if request.method == "POST" and "request" not in request.POST:
            return HttpResponseRedirect(f"{request.path}?{request.POST.urlencode()}")
        if request.method != "POST":
            _check_asked(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        person = people.find_person(request.user)
        self.actor = Actor(person=person.pseudonym_id if person else None)
        connected.check_may_connect(self.actor, on=clock.now().date())
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        back = self._request_info.get("redirect_uri")
        if answer.status_code == 200 and back:
            policy: dict[str, Any] = {**settings.SECURE_CSP, "form-action": _to(back)}
            answer["Content-Security-Policy"] = build_policy(policy)
        elif answer.status_code == 200:
            answer.status_code = 400  # the page that says why the request cannot be right
        return answer

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        if "code" in parse_qs(urlsplit(answer.get("Location", "")).query):
            client = Client.objects.get(id=self._request_info["client_id"])
            connect_app(actor=self.actor, client=client, now=clock.now())
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        place = connected.place_of(self._request_info["redirect_uri"])
        return {**context, "name": connected.name_of(context["client"]), "place": place}


def _check_asked(request: HttpRequest) -> None:
    is_safe = request.GET.get("code_challenge_method") == "S256"
    if not is_safe or not _CHALLENGE.fullmatch(request.GET.get("code_challenge", "")):
        raise NotSafelyAsked
    if "scope" in request.GET and not set(request.GET["scope"].split()) & _SCOPES:
        raise NothingAsked


def _to(address: str) -> list[str]:
    """Browsers hold a form to where its answer sends them too."""
    parts = urlsplit(address)
    is_web = parts.scheme in {"http", "https"}
    return [str(CSP.SELF), f"{parts.scheme}://{parts.netloc}" if is_web else f"{parts.scheme}:"]


@require_safe
def metadata(request: HttpRequest) -> JsonResponse:
    """Where everything is (RFC 8414)."""
    document = {
        "issuer": settings.ORIGIN,
        "authorization_endpoint": address_of("oauth_authorize"),
        "token_endpoint": address_of("oauth_token"),
        "revocation_endpoint": address_of("oauth_revoke"),
        "registration_endpoint": address_of("oauth_register"),
        "scopes_supported": [*Scope.values, STAY],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANTS),
        "token_endpoint_auth_methods_supported": list(AUTHENTICATIONS),
        "revocation_endpoint_auth_methods_supported": list(AUTHENTICATIONS),
        "code_challenge_methods_supported": ["S256"],
        "service_documentation": address_of("ob_discovery"),
    }
    return JsonResponse(document, headers={"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"})


def address_of(name: str) -> str:
    """The full address of a page of ours, at the configured origin."""
    return f"{settings.ORIGIN}{reverse(name)}"
