"""Who acts in a request: the signed-in person and the membership her switcher holds."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from touchstone.catalogue import reading
from touchstone.kit import clock
from touchstone.kit.actor import ANYONE, Actor
from touchstone.people import queries
from touchstone.people.models import Account, Membership, Person
from touchstone.web.account import second_step

SESSION_KEY = "membership"


class Request(HttpRequest):
    """A request behind ActingMiddleware."""

    actor: Actor
    person: Person | None
    membership: Membership | None
    memberships: list[Membership]


class ActingMiddleware:
    """Every request asks anew which roles a person holds: one that ended gives nothing from that moment on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.actor, request.person, request.membership, request.memberships = ANYONE, None, None, []
        reading.ask_for(request.GET.get("in", ""))
        timezone.deactivate()  # a thread serves many people, one after the other
        if isinstance(request.user, Account):
            self._act(request, request.user)
        return self.get_response(request)

    def _act(self, request: Request, account: Account) -> None:
        request.person = queries.find_person(account)
        if request.person is None:
            return
        now = clock.now()
        timezone.activate(request.person.time_zone)
        translation.activate(request.person.language)
        request.memberships = queries.list_memberships(request.person.pseudonym_id, on=now.date())
        if wanted := request.session.get(SESSION_KEY):
            request.membership = self._chosen(request, wanted)
        request.actor = queries.actor_of(request.person.pseudonym_id, request.membership)

    def _chosen(self, request: Request, wanted: str) -> Membership | None:
        """The role chosen in this session, if it is still hers to act in; else she acts for herself and is told."""
        row = next((row for row in request.memberships if str(row.id) == wanted), None)
        if row and second_step.is_satisfied(request, row.role):
            return row
        del request.session[SESSION_KEY]
        sentence = _("This role needs your second step at sign-in. Choose it in the header again.") if row else ""
        messages.warning(
            request, sentence or _("The role you were acting in has ended. You act for yourself from here on.")
        )
        return None
