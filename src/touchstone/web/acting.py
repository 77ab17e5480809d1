"""Who acts in a request: the signed-in person and the membership her switcher holds."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from touchstone.kit.actor import ANYONE, Actor
from touchstone.people import queries
from touchstone.people.models import Account, Membership, Person

SESSION_KEY = "membership"


class Request(HttpRequest):
    """A request behind ActingMiddleware."""

    actor: Actor
    person: Person | None
    membership: Membership | None
    memberships: list[Membership]


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.actor, request.person, request.membership, request.memberships = ANYONE, None, None, []
        timezone.deactivate()  # a thread serves many people, one after the other
        if isinstance(request.user, Account):
            self._act(request, request.user)
        return self.get_response(request)

    def _act(self, request: Request, account: Account) -> None:
        request.person = queries.find_person(account)
        if request.person is None:
            return
        now = timezone.now()
        request.memberships = queries.list_memberships(request.person.pseudonym_id, on=now.date())
        wanted = request.session.get(SESSION_KEY)
        request.membership = next((row for row in request.memberships if str(row.id) == wanted), None)
        request.actor = queries.actor_of(request.person.pseudonym_id, request.membership)
        timezone.activate(request.person.time_zone)
        if not request.COOKIES.get("django_language"):
            translation.activate(request.person.language)
