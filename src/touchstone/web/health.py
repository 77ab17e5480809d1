"""GET /healthz: whether web, database and worker are up."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from touchstone.kit import jobs


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all three are up, else 503; the same JSON shape either way."""
    parts = {"web": True, "database": False, "worker": False}
    try:
        connection.ensure_connection()
        parts["database"] = True
        parts["worker"] = jobs.worker_is_alive()
    except DatabaseError:
        connection.close()
    up = all(parts.values())
    return JsonResponse({"status": "up" if up else "starting", **parts}, status=200 if up else 503)
