"""The service description: what the API offers and where an app registers, as OpenAPI with the standard's additions.

Source: 1EdTech Open Badges 3.0, sections 6.3 (getServiceDescription) and B.6 (shared API data models).
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from touchstone.api.answers import told_as_status
from touchstone.api.badges import MOST, SIZE, not_allowed
from touchstone.api.oauth import address_of
from touchstone.credentials.scopes import Scope

BASE = "/ims/ob/v3p0"
_SCHEMAS = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_{name}_schema.json"


@told_as_status
def discovery(request: HttpRequest) -> HttpResponse:
    """getServiceDescription, open to everybody."""
    if request.method not in ("GET", "HEAD"):
        return not_allowed("GET")
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}
    return JsonResponse(document(), headers=headers)


def document() -> dict[str, Any]:
    return {
        "openapi": "3.0.1",
        "info": {
            "title": "Touchstone",
            "version": "3.0",
            "description": _("The badges of educators, for the apps they let at them (Open Badges 3.0)."),
            "termsOfService": settings.TERMS_URL,
            "x-imssf-privacyPolicyUrl": settings.PRIVACY_URL,
        },
        "servers": [{"url": f"{settings.ORIGIN}{BASE}"}],
        "paths": {"/discovery": _DISCOVERY, "/credentials": _CREDENTIALS, "/profile": _PROFILE},
        "components": {"schemas": _schemas(), "securitySchemes": {"OAuth2ACG": _security()}},
    }


def _security() -> dict[str, Any]:
    return {
        "type": "oauth2",
        "description": _("OAuth 2.0 authorization code with PKCE (S256)."),
        "x-imssf-name": "Touchstone",
        "x-imssf-privacyPolicyUrl": settings.PRIVACY_URL,
        "x-imssf-registrationUrl": address_of("oauth_register"),
        "x-imssf-termsOfServiceUrl": settings.TERMS_URL,
        "flows": {
            "authorizationCode": {
                "authorizationUrl": address_of("oauth_authorize"),
                "tokenUrl": address_of("oauth_token"),
                "refreshUrl": address_of("oauth_token"),
                "scopes": {scope.value: str(scope.label) for scope in Scope},
            }
        },
    }


def _schemas() -> dict[str, Any]:
    text = {"type": "string"}
    minor = {"type": "object", "properties": {"imsx_codeMinorFieldName": text, "imsx_codeMinorFieldValue": text}}
    fields = {"type": "object", "properties": {"imsx_codeMinorField": {"type": "array", "items": minor}}}
    return {
        "Imsx_StatusInfo": {
            "type": "object",
            "required": ["imsx_codeMajor", "imsx_severity"],
            "properties": {
                "imsx_codeMajor": {"type": "string", "enum": ["success", "processing", "failure", "unsupported"]},
                "imsx_severity": {"type": "string", "enum": ["status", "warning", "error"]},
                "imsx_description": text,
                "imsx_CodeMinor": fields,
            },
        }
    }


def _operation(name: str, scope: Scope | None, answers: dict[str, Any], **parts: Any) -> dict[str, Any]:
    refused = {"description": "Imsx_StatusInfo", "content": _content({"$ref": "#/components/schemas/Imsx_StatusInfo"})}
    security = {"security": [{"OAuth2ACG": [scope.value]}]} if scope else {"security": []}
    return {"operationId": name, **parts, **security, "responses": {**answers, "default": refused}}


def _content(schema: dict[str, Any], *kinds: str) -> dict[str, Any]:
    return {kind: {"schema": schema} for kind in kinds or ("application/json",)}


def _query(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema}


_BADGE_SCHEMA = {"$ref": _SCHEMAS.format(name="achievementcredential")}
_BADGE = {
    **_content(_BADGE_SCHEMA, "application/json", "application/vc+ld+json"),
    **_content({"type": "string"}, "text/plain"),
}
_MANY = {
    "type": "object",
    "properties": {
        "credential": {"type": "array", "items": _BADGE_SCHEMA},
        "compactJwsString": {"type": "array", "items": {"type": "string"}},
    },
}
_PROFILE_CONTENT = _content({"$ref": _SCHEMAS.format(name="profile")})
_PAGING = [
    _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}),
    _query("offset", {"type": "integer", "minimum": 0, "default": 0}),
    _query("since", {"type": "string", "format": "date-time"}),
]
_COUNTED = {
    "X-Total-Count": {"schema": {"type": "integer"}},
    "Link": {"schema": {"type": "string"}},
}
_DISCOVERY = {
    "get": _operation(
        "getServiceDescription", None, {"200": {"description": "OpenAPI", "content": _content({"type": "object"})}}
    )
}
_CREDENTIALS = {
    "get": _operation(
        "getCredentials",
        Scope.READ_BADGES,
        {"200": {"description": "Badges", "headers": _COUNTED, "content": _content(_MANY)}},
        parameters=_PAGING,
    ),
    "post": _operation(
        "upsertCredential",
        Scope.BRING_BADGES,
        {
            "200": {"description": "The badge was here or was replaced", "content": _BADGE},
            "201": {"description": "The badge was added", "content": _BADGE},
        },
        requestBody={"required": True, "content": _BADGE},
    ),
}
_PROFILE = {
    "get": _operation(
        "getProfile", Scope.READ_PROFILE, {"200": {"description": "Profile", "content": _PROFILE_CONTENT}}
    ),
    "put": _operation(
        "putProfile",
        Scope.CHANGE_PROFILE,
        {"200": {"description": "Profile", "content": _PROFILE_CONTENT}},
        requestBody={"required": True, "content": _PROFILE_CONTENT},
    ),
}
