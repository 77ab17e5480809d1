"""A person's profile, for an app she has let at it: her name and address, under an id that only this app sees."""

import uuid
from typing import Any

from allauth.idp.oidc.models import Token
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from touchstone.api.answers import ApiRefusal, told_as_status
from touchstone.api.badges import not_allowed
from touchstone.api.bearer import authorise
from touchstone.core.openbadges.errors import OpenBadgesError
from touchstone.core.openbadges.reading import read_json
from touchstone.core.openbadges.shape import as_list
from touchstone.core.openbadges.vocabulary import BADGES, CREDENTIALS_V2
from touchstone.credentials.scopes import Scope
from touchstone.kit import clock
from touchstone.kit.actor import Actor
from touchstone.people import actions as persons
from touchstone.people import queries as people

MOST_BYTES = 64 * 1024
_NAMESPACE = uuid.UUID("0f4a6c1e-2b5d-4c0b-9a43-7a1d7d2f6e55")


class ProfileTooLarge(ApiRefusal):
    status = 413
    sentence = _("A profile of more than 64 kB is not read.")


class NotAProfile(ApiRefusal):
    status = 400
    sentence = _("Send the whole profile as one JSON object with “id”, “type” and “name”. {why}")


class OnlyTheName(ApiRefusal):
    status = 400
    sentence = _("An app can change the name alone. “{name}” is changed by the person herself, in her account.")


@told_as_status
def profile(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        actor, token = authorise(request, Scope.READ_PROFILE)
    elif request.method == "PUT":
        actor, token = authorise(request, Scope.CHANGE_PROFILE)
        _rename(actor, token, _sent(request))
    else:
        return not_allowed("GET", "PUT")
    return JsonResponse(_profile_of(actor, token), headers={"Cache-Control": "no-store"})


def _profile_of(actor: Actor, token: Token) -> dict[str, Any]:
    assert actor.person, "a key is somebody's"
    [(email, _language)] = people.addresses_of([actor.person]).values()
    return {
        "@context": [CREDENTIALS_V2, BADGES],
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{token.client_id} {actor.person}')}",
        "type": ["Profile"],
        "name": people.names_of([actor.person])[actor.person],
        "email": email,
    }


def _sent(request: HttpRequest) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise ProfileTooLarge
    try:
        sent = read_json(request.body)
    except OpenBadgesError as error:
        raise NotAProfile(why=str(error)) from None
    if "Profile" not in as_list(sent.get("type")) or not isinstance(sent.get("name"), str) or "\0" in sent["name"]:
        raise NotAProfile(why="")
    return sent


def _rename(actor: Actor, token: Token, sent: dict[str, Any]) -> None:
    """The name as sent. What an app says beyond what is kept here is left aside, as the standard allows."""
    known = _profile_of(actor, token)
    for fixed in ("id", "email"):
        if sent.get(fixed, known[fixed]) != known[fixed]:
            raise OnlyTheName(name=fixed)
    person = people.find_person(token.user)
    if person and sent["name"] != person.name:
        persons.change_profile(
            actor=actor,
            name=sent["name"],
            position=person.position,
            state=person.state,
            language=person.language,
            time_zone=person.time_zone,
            now=clock.now(),
        )
