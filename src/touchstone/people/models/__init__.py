"""Accounts, the persons behind them, where they belong, and who is tied to whom."""

from touchstone.people.models.glass import GlassBreak
from touchstone.people.models.joining import Invitation, InvitationUse, JoinRequest
from touchstone.people.models.organisations import Employment, Membership, Organisation, OrganisationDomain
from touchstone.people.models.persons import Account, AccountManager, FormerName, GuardianConsent, Person, Pseudonym
from touchstone.people.models.ties import ConflictStatement, Tie

__all__ = [
    "Account",
    "AccountManager",
    "ConflictStatement",
    "Employment",
    "FormerName",
    "GlassBreak",
    "GuardianConsent",
    "Invitation",
    "InvitationUse",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OrganisationDomain",
    "Person",
    "Pseudonym",
    "Tie",
]
