"""Headers that every answer carries: what browsers may do with it, keep of it, and tell others."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

PERMISSIONS = ", ".join(
    f"{feature}={who}"
    for who, features in {
        "()": (
            "accelerometer browsing-topics camera display-capture geolocation gyroscope"
            " magnetometer microphone midi payment serial usb"
        ),
        "(self)": "publickey-credentials-create publickey-credentials-get",
    }.items()
    for feature in features.split()
)
# What search engines may list: the catalogue and the door to verification. An award is never listed by its link.
INDEXED = frozenset({"home", "explore", "item", "stack", "issuer", "mark", "stack_mark", "verify"})
_SIGN_OUT = "account_logout"


class SecurityHeaders:
    """Adds what is missing; a view that says otherwise is heard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_public = "public" in answer.get("Cache-Control", "")
        is_open = answer.get("Access-Control-Allow-Origin") == "*" or is_public
        answer.setdefault("Permissions-Policy", PERMISSIONS)
        answer.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_open else "same-origin")
        answer.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        if not _may_be_listed(request, answer):
            answer.setdefault("X-Robots-Tag", "noindex, nofollow")
        if answer.status_code == 429:
            answer.setdefault("Retry-After", "60")
        self._keep_private(request, answer, is_public=is_public)
        return answer

    def _keep_private(self, request: HttpRequest, answer: HttpResponse, *, is_public: bool) -> None:
        """What a signed-in person sees is not kept by anything between her and us, and asked for anew each time.

        Not ``no-store``: with it browsers throw away what was typed into a form when its writer steps back. When she
        signs out, the browser is told to forget all of it instead.
        """
        if getattr(request, "person", None) is not None and not is_public:
            patch_cache_control(answer, private=True, no_cache=True)
        match = request.resolver_match
        if match and match.url_name == _SIGN_OUT and request.method == "POST":
            answer.setdefault("Clear-Site-Data", '"cache"')


def _may_be_listed(request: HttpRequest, answer: HttpResponse) -> bool:
    if request.path.startswith(settings.STATIC_URL):
        return True
    name = request.resolver_match.url_name if request.resolver_match else None
    return name in INDEXED and answer.status_code == 200 and not settings.DEMONSTRATION
