"""The peer of the Open311 face: the plainest views that list the same columns and make the same row."""

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.crypto import get_random_string
from django.views.decorators.csrf import csrf_exempt

from bihuan.kernel import clock, ids
from bihuan.spine.cases.models import Case
from bihuan.spine.door.models import Submission
from tests.bench.plain_view import MIDDLEWARE

COLUMNS = (
    "id", "is_open", "status", "service__name_zh", "service__code", "summary", "agency__name_zh", "opened_at",
    "changed_at", "resolve_by", "place", "lat", "lon",
)  # fmt: skip


def show(request: HttpRequest) -> JsonResponse:
    """List the newest Cases as they stand in the table."""
    first, last = (50, 100) if request.GET.get("page") else (0, 1000)
    rows = Case.objects.order_by("-opened_at", "-id").values(*COLUMNS)[first:last]
    return JsonResponse(list(rows), safe=False)


def create(request: HttpRequest) -> JsonResponse:
    """Insert what was sent, and answer when it is committed."""
    said = request.POST
    row = Submission.objects.create(
        client_id=get_random_string(32), receipt=ids.new_receipt(), channel="bare", service=said["service_code"],
        text=said["description"], lon=float(said["long"]), lat=float(said["lat"]), digest="",
        answers={"extent": said["attribute[extent]"]}, received_at=clock.now(),
    )  # fmt: skip
    return JsonResponse([{"token": row.receipt}], safe=False)


@csrf_exempt
def requests(request: HttpRequest) -> JsonResponse:
    """One address for both, as in the standard."""
    return create(request) if request.method == "POST" else show(request)


__all__ = ["MIDDLEWARE", "urlpatterns"]
urlpatterns = [path("requests.json", requests)]
