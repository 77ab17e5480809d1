"""Every write of the people context."""

from touchstone.people.actions.erasure import empty_person, forget_consents
from touchstone.people.actions.glass import close_glass, look_through_glass, open_glass
from touchstone.people.actions.guardians import (
    GUARDIAN_TEXT,
    ask_guardian,
    record_guardian_answer,
    withdraw_guardian_consent,
)
from touchstone.people.actions.invitation_lists import InvitationPlan, PlannedRow, plan_invitations, send_invitations
from touchstone.people.actions.invitations import (
    accept_invitation,
    invite_person,
    mail_invitation,
    make_invitation_link,
    revoke_invitation,
    send_invitation_again,
)
from touchstone.people.actions.organisations import (
    add_part,
    found_organisation,
    move_organisation,
    remove_domain,
    set_domain,
)
from touchstone.people.actions.persons import (
    ProfileChange,
    change_profile,
    choose_language,
    confirm_identity,
    note_verified_address,
    open_account,
    register_person,
)
from touchstone.people.actions.requests import accept_request, ask_to_join, refuse_request, withdraw_request
from touchstone.people.actions.roles import change_membership_dates, grant_membership, leave_membership, remove_member
from touchstone.people.actions.statements import (
    CONFLICT_NOTED,
    match_all_statements,
    match_statement,
    state_conflict,
    withdraw_conflict,
)
from touchstone.people.actions.ties import TieImport, declare_tie, derive_ties, import_ties
from touchstone.people.actions.work import (
    change_employer,
    confirm_employment,
    declare_employment,
    end_employment,
    record_employment,
)
from touchstone.people.enums import TieKind, TieSource

__all__ = [
    "CONFLICT_NOTED",
    "GUARDIAN_TEXT",
    "InvitationPlan",
    "PlannedRow",
    "ProfileChange",
    "TieImport",
    "TieKind",
    "TieSource",
    "accept_invitation",
    "accept_request",
    "add_part",
    "ask_guardian",
    "ask_to_join",
    "change_employer",
    "change_membership_dates",
    "change_profile",
    "choose_language",
    "close_glass",
    "confirm_employment",
    "confirm_identity",
    "declare_employment",
    "declare_tie",
    "derive_ties",
    "empty_person",
    "end_employment",
    "forget_consents",
    "found_organisation",
    "grant_membership",
    "import_ties",
    "invite_person",
    "leave_membership",
    "look_through_glass",
    "mail_invitation",
    "make_invitation_link",
    "match_all_statements",
    "match_statement",
    "move_organisation",
    "note_verified_address",
    "open_account",
    "open_glass",
    "plan_invitations",
    "record_employment",
    "record_guardian_answer",
    "refuse_request",
    "register_person",
    "remove_domain",
    "remove_member",
    "revoke_invitation",
    "send_invitation_again",
    "send_invitations",
    "set_domain",
    "state_conflict",
    "withdraw_conflict",
    "withdraw_guardian_consent",
    "withdraw_request",
]
