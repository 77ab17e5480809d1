"""What is held about a person herself, for her own copy of it: nobody else's name stands in it."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from touchstone.people.models import (
    ConflictStatement,
    Employment,
    GuardianConsent,
    InvitationUse,
    JoinRequest,
    Membership,
    Person,
)


def person_data(person: UUID) -> dict[str, Any]:
    """Names, addresses, places of work, roles, requests, statements and consents, as plain values and moments."""
    row = Person.objects.select_related("account").prefetch_related("former_names").get(pseudonym_id=person)
    return {
        "pseudonym": str(person),
        "name": row.name,
        "former_names": [{"name": old.name, "until": old.changed_at} for old in row.former_names.all()],
        "position": row.position,
        "subjects": row.subjects,
        "grade_bands": row.grade_bands,
        "state": row.state,
        "language": row.language,
        "time_zone": row.time_zone,
        "adult_on": row.adult_on,
        "identity_confirmed_at": row.identity_confirmed_at,
        "account": _account(row),
        "employments": [_of_place(one, "from_date", "to_date", "confirmed_at") for one in _rows(Employment, person)],
        "roles": [_of_place(one, "role", "from_date", "to_date", "ended_at") for one in _rows(Membership, person)],
        "requests_to_join": [_of_place(one, "state", "asked_at", "decided_at") for one in _rows(JoinRequest, person)],
        "invitations_accepted": [
            {"organisation": one.invitation.organisation.name, "used_at": one.used_at}
            for one in InvitationUse.objects.filter(person_id=person).select_related("invitation__organisation")
        ],
        "conflicts_stated": [_statement(one) for one in ConflictStatement.objects.filter(person=row)],
        "guardian_consents": [
            {
                field: getattr(one, field)
                for field in ("text_version", "asked_at", "decided_at", "given", "withdrawn_at")
            }
            for one in GuardianConsent.objects.filter(person_id=person)
        ],
    }


def _account(row: Person) -> dict[str, Any] | None:
    if row.account is None:
        return None
    addresses = EmailAddress.objects.filter(user=row.account).order_by("id")
    return {
        "joined_at": row.account.date_joined,
        "last_sign_in_at": row.account.last_login,
        "addresses": [{"email": one.email, "verified": one.verified, "main": one.primary} for one in addresses],
        "second_steps": sorted(Authenticator.objects.filter(user=row.account).values_list("type", flat=True)),
    }


def _rows(model: Any, person: UUID) -> Any:
    return model.objects.filter(person_id=person).select_related("organisation").order_by("id")


def _of_place(row: Any, *fields: str) -> dict[str, Any]:
    return {"organisation": row.organisation.name, **{field: getattr(row, field) for field in fields}}


def _statement(row: ConflictStatement) -> dict[str, Any]:
    """Whom she named are her own words, but another's identity: only how she knows them is handed out."""
    return {"kind": row.kind, "stated_at": row.stated_at, "withdrawn_at": row.withdrawn_at}
