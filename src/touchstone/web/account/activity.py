"""What happened on one's own account, from the journal: a sentence for each entry, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from touchstone.kit.errors import NotFound
from touchstone.kit.models import JournalEntry
from touchstone.kit.paging import Page, page
from touchstone.people.models import Organisation
from touchstone.web.acting import Request

# What she did herself.
DONE: Mapping[str, str | Promise] = {
    "app.connected": _("You let an app at your badges."),
    "app.disconnected": _("You disconnected an app from your badges."),
    "award.shared": _("You changed who may see an award."),
    "award.evidence_shown": _("You chose which pieces of your evidence stand beside an award."),
    "collection.changed": _("You changed a collection of awards."),
    "collection.made": _("You made a collection of awards."),
    "collection.removed": _("You removed a collection of awards."),
    "conflict.stated": _("You named somebody who must not score your work, or whose work you must not score."),
    "conflict.withdrawn": _("You took back a name you had given as a conflict."),
    "hosted_badge.published": _("You let an award be read in the older form, which shows a hash of your address."),
    "hosted_badge.withdrawn": _("You took back the older form of an award."),
    "invitation.accepted": _("You accepted an invitation to {organisation}."),
    "person.changed": _("You changed your profile."),
    "transcript.made": _("You made a transcript of your awards."),
}
# What was done to her account, by whomever.
HAPPENED: Mapping[str, str | Promise] = {
    "person.registered": _("Your account was created."),
    "account.signed_in": _("You signed in."),
    "account.signed_out": _("You signed out."),
    "account.sign_in_failed": _("Somebody tried to sign in to your account with a wrong password."),
    "account.locked": _("After too many wrong passwords, sign-in was closed for a while from there."),
    "password.changed": _("Your password was changed. Every other session ended."),
    "password.reset": _("A new password was set with a code from your mailbox. Every other session ended."),
    "address.added": _("An e-mail address was added to your account."),
    "address.removed": _("An e-mail address was removed from your account."),
    "address.changed": _("Your main e-mail address was changed."),
    "second_step.added": _("A second step at sign-in was added."),
    "second_step.removed": _("A second step at sign-in was removed."),
    "second_step.renewed": _("Your recovery codes were made anew."),
    "second_step.failed": _("Your password was right, but the second step was not."),
    "sessions.ended": _("Your other sessions were signed out."),
    "address.verified": _("You showed that an e-mail address is yours."),
    "guardian.asked": _("A parent or guardian was asked to agree."),
    "guardian.agreed": _("Your parent or guardian agreed."),
    "guardian.refused": _("Your parent or guardian did not agree."),
    "guardian.withdrew": _("Your parent or guardian took the agreement back."),
    "export.asked": _("You asked for a copy of your data."),
    "export.made": _("The copy of your data was made."),
    "guardian.forgotten": _("What your parent or guardian said was erased."),
    "person.emptied": _("Your name and addresses were erased."),
    "person.erased": _("Your account was erased."),
    "identity.confirmed": _("Your identity was confirmed."),
    "identity.lapsed": _("Your name changed, so your identity has to be confirmed again."),
    "join.asked": _("You asked to join {organisation}."),
    "join.accepted": _("You were taken in at {organisation}."),
    "join.refused": _("You were not taken in at {organisation}."),
    "join.withdrawn": _("You took back the question to join {organisation}."),
    "membership.changed": _("Your role at {organisation} changed."),
    "membership.ended": _("A role of yours at {organisation} ended."),
    "membership.granted": _("You were given a role at {organisation}."),
    "employment.recorded": _("Where you work was noted: {organisation}."),
    "employment.declared": _("You noted where you work: {organisation}."),
    "employment.confirmed": _("It was confirmed that you work at {organisation}."),
    "employment.ended": _("It was noted that you no longer work at {organisation}."),
    "glass.broken": _("Platform staff opened data of yours, and had to write down why."),
    "glass.looked": _("Platform staff looked at your name, your addresses and where you work."),
    "glass.closed": _("Platform staff closed that look before its time was over."),
}
# Subjects of the journal that are about work or an organisation, not about an account: told elsewhere, if at all.
# Ties between two people are told to neither: one would learn of the other.
ABOUT_WORK = frozenset(
    {
        *("alliance", "artifact", "assessor", "assessors", "assignment", "attempt", "award", "badge", "decision"),
        *("domain", "endorsement"),
        *("invitation", "invitations", "organisation", "release", "signing_key", "signing_run", "stack"),
        *("status_list", "submission"),
        *("tie", "ties", "topics", "version"),
    }
)
NEWEST_FIRST = ("-at", "-id")


@dataclass(frozen=True)
class Told:
    """One entry in words. ``network`` and ``browser`` say roughly where it came from, if that is known."""

    at: datetime
    sentence: str
    network: str
    browser: str


@require_safe
@login_required
def activity(request: Request) -> HttpResponse:
    if request.person is None:
        raise NotFound
    found = entries(request.person.pseudonym_id, after=request.GET.get("after", ""))
    return render(request, "accountpages/activity.html", {"page": found, "told": tell(found)})


def entries(person: UUID, *, after: str = "") -> Page[JournalEntry]:
    own = Q(verb__in=DONE, person=person)
    happened = Q(verb__in=HAPPENED, about__contains=[person])
    return page(JournalEntry.objects.filter(own | happened), order=NEWEST_FIRST, after=after)


def tell(found: Page[JournalEntry]) -> list[Told]:
    places = {entry.payload["organisation"] for entry in found.rows if entry.payload.get("organisation")}
    names = {str(row.id): row.name for row in Organisation.objects.filter(id__in=places)}
    return [_told(entry, names) for entry in found.rows]


def _told(entry: JournalEntry, names: Mapping[str, str]) -> Told:
    sentence = str({**DONE, **HAPPENED}[entry.verb])
    organisation = names.get(str(entry.payload.get("organisation", "")), _("an organisation"))
    return Told(
        at=entry.at,
        sentence=sentence.format(organisation=organisation),
        network=entry.payload.get("network", ""),
        browser=entry.payload.get("browser", ""),
    )
