"""States the people context refuses to act in, as sentences."""

from django.utils.translation import gettext_lazy as _

from touchstone.kit.errors import Forbidden, Refusal

# -- who somebody is ---------------------------------------------------------------------------------------------------


class NameMissing(Refusal):
    status = 400
    sentence = _("Please give a name with at least one letter.")


class UnknownChoice(Refusal):
    status = 400
    sentence = _("“{choice}” is not one of the choices. Choose from the list.")


class UnderThirteen(Refusal):
    status = 403
    sentence = _("Touchstone is for people of 13 and older. Nothing you typed was kept. Come back when you are 13.")


class AdultDayNotUsable(Refusal):
    status = 400
    sentence = _("Please give the month in which you turn 18. It lies ahead, by no more than five years.")


class ConsentNeeded(Refusal):
    status = 403
    sentence = _(
        "Before you send in work, a parent or guardian has to agree, because you are not 18 yet. Ask them from your"
        " account page. What you have is kept."
    )


class NotListedBeforeAdult(Refusal):
    status = 403
    sentence = _("Until you are 18, your awards cannot be listed in public. You can still share one by its link.")


# -- guardians ---------------------------------------------------------------------------------------------------------


class NoConsentNeeded(Refusal):
    sentence = _("You are 18 or older, so nobody has to agree for you.")


class AddressNotUsable(Refusal):
    status = 400
    sentence = _("“{email}” is not a complete e-mail address. It should look like name@example.org.")


class GuardianAddressIsOwn(Refusal):
    status = 400
    sentence = _("This is your own address. Give the address of a parent or guardian.")


class ConsentStands(Refusal):
    sentence = _("A parent or guardian has agreed already. You need not ask again.")


class AskedTooOften(Refusal):
    status = 429
    sentence = _("You have asked {most} times within {days} days. Please wait some days, or talk to them first.")


class LinkNotValid(Refusal):
    status = 404
    sentence = _("This link is not valid. It may be incomplete, or a newer one was sent. Open the newest mail again.")


class ConsentLinkExpired(Refusal):
    status = 410
    sentence = _("This link has expired. Please let your child ask again from the account page.")


class GuardianNameMissing(Refusal):
    status = 400
    sentence = _("Please give your name and say how you are related to the child.")


class AlreadyAnswered(Refusal):
    sentence = _("You have answered this before. To change a yes, withdraw it; after a no, your child can ask again.")


class NothingToWithdraw(Refusal):
    sentence = _("There is no consent here that could be withdrawn.")


# -- organisations and roles -------------------------------------------------------------------------------------------


class NotAdministratorHere(Forbidden):
    sentence = _("Only an administrator of this organisation, or of one above it, can do this.")


class OnlyPlatformStaff(Forbidden):
    sentence = _("Only platform staff can do this. Please write to the people who run this site.")


class NotToYourself(Forbidden):
    sentence = _("You cannot do this for yourself. Ask another administrator.")


class UnderItself(Refusal):
    sentence = _("An organisation cannot stand under itself or under a part of itself. Choose another place.")


class DomainNotUsable(Refusal):
    status = 400
    sentence = _("“{domain}” is not an e-mail domain. It should look like example.org.")


class PublicProvider(Refusal):
    status = 400
    sentence = _("“{domain}” is open to everybody, so it says nothing about who works where. Give your own domain.")


class DomainTaken(Refusal):
    sentence = _("Another organisation has entered this domain already. Please write to the people who run this site.")


class DomainNotYours(Forbidden):
    sentence = _("To let people join by this domain, first verify an address of your own at it.")


class RoleNotHere(Refusal):
    sentence = _("This organisation does not issue micro-credentials, so it has no role “{role}”.")


class UnknownRole(Refusal):
    status = 400
    sentence = _("“{role}” is not a role. Choose one from the list.")


class RoleBeforeAdult(Refusal):
    sentence = _("Roles are for people of 18 and older. This person can earn micro-credentials without one.")


class RolesExclude(Refusal):
    sentence = _(
        "The same person cannot be “{one}” and “{other}” for one issuer: together they would see who scored whom."
        " Give one of the roles to somebody else."
    )


class DatesReversed(Refusal):
    status = 400
    sentence = _("The last day comes before the first. Please check both dates.")


class DatesOverlap(Refusal):
    sentence = _("In these days the person holds this role already. Please check the dates.")


class AlreadyEnded(Refusal):
    sentence = _("This has ended already. Nothing was changed.")


class LastAdministrator(Refusal):
    sentence = _("This is the only administrator here. Make somebody else an administrator first.")


# -- joining -----------------------------------------------------------------------------------------------------------


class InvitationEmpty(Refusal):
    status = 400
    sentence = _("Choose a role, or say that the person works here, or both.")


class LinkNotForRole(Refusal):
    status = 400
    sentence = _("The role “{role}” is given to one person at a time. Invite her by her address.")


class UsesNotUsable(Refusal):
    status = 400
    sentence = _("A link can be used by 1 to {most} people. Choose a number between these.")


class ExpiryNotUsable(Refusal):
    status = 400
    sentence = _("An invitation can stay open for up to {most} days from now. Choose an earlier day that lies ahead.")


class InvitationRevoked(Refusal):
    status = 410
    sentence = _("This invitation was taken back. Ask the organisation for a new one if you expected it.")


class InvitationExpired(Refusal):
    status = 410
    sentence = _("This invitation has expired. Ask the organisation for a new one.")


class InvitationUsedUp(Refusal):
    status = 410
    sentence = _("This invitation has been used as often as it may be. Ask the organisation for a new one.")


class InvitationForSomebodyElse(Refusal):
    status = 403
    sentence = _(
        "This invitation was sent to an address that is not among your verified ones. Add that address to your account"
        " and verify it, or sign in with the account that has it; then open the link again."
    )


class InvitationDone(Refusal):
    sentence = _("This invitation was accepted or taken back already. Nothing was changed.")


class RequestDecided(Refusal):
    sentence = _("This request was answered or withdrawn already. Nothing was changed.")


class WorksHereAlready(Refusal):
    sentence = _("You are counted as working here already. You need not ask.")


# -- lists from spreadsheets -------------------------------------------------------------------------------------------


class ListTooLarge(Refusal):
    status = 413
    sentence = _("This file is larger than {most} MB. Save only the columns that are asked for, or split the list.")


class ListTooLong(Refusal):
    status = 400
    sentence = _("This list has more than {most} rows. Split it and send the parts one after the other.")


class ListNotReadable(Refusal):
    status = 400
    sentence = _("This is not a list we can read; line {line} could not be understood. Save it as CSV and try again.")


class ColumnsMissing(Refusal):
    status = 400
    sentence = _("The first row should name the columns. Missing: {columns}.")


# -- ties --------------------------------------------------------------------------------------------------------------


class StatementEmpty(Refusal):
    status = 400
    sentence = _("Give the person’s e-mail address or name, or choose an organisation.")


class StatementAboutOneself(Refusal):
    status = 400
    sentence = _("This is your own address. Give the other person’s.")


class TooManyStatements(Refusal):
    status = 429
    sentence = _("You have told us about {most} people or places already. Withdraw some, or write to us.")


# -- behind glass ------------------------------------------------------------------------------------------------------


class ReasonTooShort(Refusal):
    status = 400
    sentence = _("Please write down why you must know who this is, in {shortest} signs or more. It is kept.")


class OpenForTooLong(Refusal):
    status = 400
    sentence = _("Choose from 1 to {longest} minutes. You can look again later, with a reason of its own.")


class NotBehindOwnGlass(Refusal):
    sentence = _("This is you: your profile shows what we know of you.")


class GlassClosed(Refusal):
    status = 410
    sentence = _("This look has ended. If you still need to know, open it again and say why.")
