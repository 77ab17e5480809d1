"""Answers of the Open Badges API: what went wrong is an Imsx_StatusInfo (1EdTech Open Badges 3.0, section B.8)."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import Promise
from django.views.decorators.csrf import csrf_exempt

from touchstone.kit.errors import Refusal

MINOR: dict[int, str] = {
    400: "invalid_data",
    401: "unauthorizedrequest",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    406: "not_acceptable",
    409: "not_modified",
    413: "invalid_data",
    415: "not_acceptable",
    429: "server_busy",
}

type View = Callable[[HttpRequest], HttpResponse]


class ApiRefusal(Refusal):
    """Refused with a code of the standard's own, or with headers, when the status does not say all."""

    minor = ""

    def __init__(self, *, headers: dict[str, str] | None = None, **facts: object) -> None:
        super().__init__(**facts)
        self.headers = headers or {}


def status_info(status: int, sentence: str | Promise, *, minor: str = "") -> JsonResponse:
    """What went wrong, for a program and for whoever reads its log."""
    field = {
        "imsx_codeMinorFieldName": "TargetEndSystem",
        "imsx_codeMinorFieldValue": minor or MINOR.get(status, "unknown"),
    }
    body = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": str(sentence),
        "imsx_CodeMinor": {"imsx_codeMinorField": [field]},
    }
    return JsonResponse(body, status=HTTPStatus(status), headers={"Cache-Control": "no-store"})


def told_as_status(view: View) -> View:
    """Refusals of a view leave as an Imsx_StatusInfo. Nobody's cookie counts here, so no form token is asked for."""

    @csrf_exempt
    @wraps(view)
    def told(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except ApiRefusal as refusal:
            answer = status_info(refusal.status, str(refusal), minor=refusal.minor)
            for name, value in refusal.headers.items():
                answer[name] = value
            return answer
        except Refusal as refusal:
            return status_info(refusal.status, str(refusal))

    return told
