"""Addresses for programs. The paths of the Open Badges API are the standard's own."""

from allauth.idp.oidc.views import revoke, token
from django.urls import path

from touchstone.api import badges, description, oauth, profile

urlpatterns = [
    path(".well-known/oauth-authorization-server", oauth.metadata, name="oauth_metadata"),
    path("oauth/authorize", oauth.Consent.as_view(), name="oauth_authorize"),
    path("oauth/token", token, name="oauth_token"),
    path("oauth/revoke", revoke, name="oauth_revoke"),
    path("oauth/clients", oauth.Registration.as_view(), name="oauth_register"),
    path("ims/ob/v3p0/discovery", description.discovery, name="ob_discovery"),
    path("ims/ob/v3p0/credentials", badges.credentials, name="ob_credentials"),
    path("ims/ob/v3p0/profile", profile.profile, name="ob_profile"),
]
