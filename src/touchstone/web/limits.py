"""Which addresses of ours are limited, by whom they are asked, and the page for whoever asked too often."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from touchstone.kit import rates, visitors
from touchstone.web import kept, refusals
from touchstone.web.acting import Request

SECONDS = 60
ADDRESS_FACTOR = 10  # a whole school may come from one address
_ANY = frozenset({"GET", "HEAD", "POST"})
_POST = frozenset({"POST"})


@dataclass(frozen=True)
class Limit:
    """``name`` is a field of config.environment.Rates. ``misses``: only requests for what is not there count."""

    name: str
    methods: frozenset[str] = _POST
    misses: bool = False


_GUESS = Limit("guesses", _ANY, misses=True)
# By the names of URLs.
LIMITS = {
    "explore": Limit("search", _ANY),
    "holders": Limit("search", _ANY),
    "verify": Limit("verify"),
    "add_file": Limit("upload"),
    "add_link": Limit("upload"),
    "add_text": Limit("upload"),
    "award": _GUESS,
    "award_json": _GUESS,
    "award_jwt": _GUESS,
    "award_png": _GUESS,
    "award_svg": _GUESS,
    "award_certificate": _GUESS,
    "award_card": _GUESS,
    "award_qr": _GUESS,
    "shown_piece": _GUESS,
    "hosted_assertion": _GUESS,
    "hosted_class": _GUESS,
    "hosted_issuer": _GUESS,
    "hosted_picture": _GUESS,
    "oembed": _GUESS,
    "collection": _GUESS,
    "status_list": _GUESS,
    "join": _GUESS,
    "guardian": _GUESS,
    "find_employer": Limit("search", _ANY),
    "add_employer": Limit("joining"),
    "ask_guardian": Limit("joining"),
    "invite": Limit("joining"),
    "invitation_link": Limit("joining"),
    "invitation_list": Limit("joining"),
    "elsewhere": Limit("verify"),
    "check_elsewhere": Limit("verify"),
    "oauth_register": Limit("registering"),
    "oauth_token": Limit("connecting"),
    "account_login": Limit("sign_in"),
    "mfa_login_webauthn": Limit("sign_in", _ANY),
    "mfa_authenticate": Limit("sign_in"),
    "account_signup": Limit("sign_up"),
    "account_reset_password": Limit("reset"),
    "account_confirm_password_reset_code": Limit("reset"),
    "account_email_verification_sent": Limit("reset"),
}


class LimitMiddleware:
    """Counts the requests the table names, and answers 429 with Retry-After to those past their limit."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        answer = self.get_response(request)
        limit = _limit_of(request)
        if limit and limit.misses and answer.status_code == 404:
            rates.use(limit.name, _who(request), _rate(request, limit), now=timezone.now())
        return answer

    def process_view(
        self, request: Request, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        limit = _limit_of(request)
        if limit is None:
            return None
        now, who, rate = timezone.now(), _who(request), _rate(request, limit)
        if limit.misses:
            standing = rates.look(limit.name, who, now=now)
            is_over = standing.uses >= rate.uses
        else:
            standing = rates.use(limit.name, who, rate, now=now)
            is_over = standing.exceeds(rate)
        # A view without the usual CSRF check reads its body itself; until then it is not touched.
        may_read = not getattr(view, "csrf_exempt", False)
        return too_many(request, standing, now, may_read=may_read) if is_over else None


def too_many(request: Request, standing: rates.Standing, now: datetime, *, may_read: bool = True) -> HttpResponse:
    """What was typed is shown again; scripts get the sentence as JSON."""
    seconds = standing.seconds_left(now)
    sentence = ngettext(
        "That was more than one person can do in so short a time. Please wait {n} second, then try again.",
        "That was more than one person can do in so short a time. Please wait {n} seconds, then try again.",
        seconds,
    ).format(n=seconds)
    if may_read and request.method == "POST" and not kept.wants_json(request) and kept.typed_texts(request):
        answer = kept.show_again(request, sentence, kept.page_before(request), status=429)
    else:
        answer = refusals.answer(request, 429, sentence)
    answer["Retry-After"] = str(seconds)
    return answer


def _limit_of(request: Request) -> Limit | None:
    match = request.resolver_match
    limit = LIMITS.get(match.url_name or "") if match and settings.RATES_ON else None
    return limit if limit and request.method in limit.methods else None


def _who(request: Request) -> str:
    if request.user.is_authenticated:
        return f"account {request.user.pk}"
    return f"address {visitors.counted_address(request)}"


def _rate(request: Request, limit: Limit) -> rates.Rate:
    uses = getattr(settings.RATES, limit.name) * settings.RATES_FACTOR
    return rates.Rate(uses if request.user.is_authenticated else uses * ADDRESS_FACTOR, SECONDS)
