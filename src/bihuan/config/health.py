"""``/healthz``: 200 when the pages, the database, the door and the worker are all up."""

from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bihuan.kernel.clock import ago
from bihuan.spine.cases.models import Figures

HEARTBEAT_S = 30
DOOR_TIMEOUT_S = 2


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 or 503 with one word for each part."""
    parts = {"pages": "up", "door": _door(), **_database_and_worker()}
    return JsonResponse(parts, status=200 if set(parts.values()) == {"up"} else 503)


def _database_and_worker() -> dict[str, str]:
    try:
        beat = Figures.objects.filter(name="worker", counted_at__gt=ago(HEARTBEAT_S)).exists()
    except DatabaseError:
        return {"database": "down", "worker": "unknown"}
    return {"database": "up", "worker": "up" if beat else "down"}


def _door() -> str:
    """Ask the door for anything: that it answers, even with a refusal, is what counts."""
    try:
        with urlopen(f"{settings.BIHUAN_DOOR_URL}/door/api", timeout=DOOR_TIMEOUT_S) as answer:  # noqa: S310 - the address is a setting
            return "up" if answer.status < 500 else "down"
    except HTTPError as refusal:
        with refusal:
            return "up" if refusal.code < 500 else "down"
    except (URLError, TimeoutError, ConnectionError):
        return "down"
