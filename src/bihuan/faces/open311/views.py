"""The addresses of GeoReport v2."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bihuan.faces.open311.answers import Wrong, answer
from bihuan.faces.open311.creating import CHANNEL, create
from bihuan.faces.open311.endpoint import endpoint
from bihuan.faces.open311.keys import holder_of_key
from bihuan.faces.open311.listing import by_numbers, listed
from bihuan.faces.open311.showing import Record, definition_record, request_record, service_record
from bihuan.faces.open311.updates_in import take_update
from bihuan.faces.open311.updates_out import list_updates
from bihuan.kernel import clock
from bihuan.kernel.xml import Value
from bihuan.spine.accounts.adapter import client_ip
from bihuan.spine.cases.guessing import watched
from bihuan.spine.cases.models import Asker, Case
from bihuan.spine.cases.queries.public import public_services
from bihuan.spine.door.models import Submission

CHANGESET = "2026-11-27T00:00:00Z"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def _discovery(request: HttpRequest, form: str) -> HttpResponse:
    there: Record = {
        "specification": SPECIFICATION,
        "url": f"{settings.BIHUAN_SITE_URL}/open311/v2",
        "changeset": CHANGESET,
        "type": "test" if settings.BIHUAN_DEMO else "production",
        "formats": {"format": ["text/xml", "application/json"]},
    }
    contact = settings.BIHUAN_GEOREPORT_CONTACT or settings.BIHUAN_SITE_URL
    content: Record = {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": _("Ask for a key: %(contact)s") % {"contact": contact},
        "endpoints": {"endpoint": [there]},
    }
    return answer(form, "discovery", content)


def _services(request: HttpRequest, form: str) -> HttpResponse:
    found: list[Value] = [service_record(service) for service in public_services()]
    return answer(form, "services", {"service": found})


def _definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    service = public_services().filter(code=code).first()
    if service is None:
        raise Wrong(404, _("There is no service_code %(code)s.") % {"code": code})
    return answer(form, "service_definition", definition_record(service))


def _requests(request: HttpRequest, form: str) -> HttpResponse:
    return _answer_requests(form, listed(request.GET.dict(), clock.now()))


def _request(request: HttpRequest, form: str, number: str) -> HttpResponse:
    found = list(by_numbers(number)) if "," not in number else []
    if not found:
        raise Wrong(404, _("There is no service_request_id %(number)s.") % {"number": number})
    return _answer_requests(form, found)


def _answer_requests(form: str, cases: list[Case]) -> HttpResponse:
    return answer(form, "service_requests", {"request": [request_record(case) for case in cases]})


def _create(request: HttpRequest, form: str) -> HttpResponse:
    received = create(request, holder_of_key(request), clock.now())
    record: Record = {"token": received.receipt}
    if received.emergency:
        words = _("If anybody is in danger, telephone %(number)s now.")
        record["service_notice"] = words % {"number": received.emergency}
    if account := request.POST.get("account_id"):
        record["account_id"] = account
    return answer(form, "service_requests", {"request": [record]})


def _token(request: HttpRequest, form: str, token: str) -> HttpResponse:
    # Until a worker has opened the Case there is only the token: clients ask again.
    record: Record = {}
    submission = _handed_in(request, token)
    number = Asker.objects.filter(submission=submission).values_list("first_case_id", flat=True).first()
    if number is not None:
        record["service_request_id"] = str(number)
    return answer(form, "service_requests", {"request": [{**record, "token": token}]})


def _handed_in(request: HttpRequest, token: str) -> Submission:
    with watched(client_ip(request)):
        submission = Submission.objects.filter(receipt=token, channel=CHANNEL).only("id").first()
        if submission is None:
            raise Http404
    return submission


def _nothing(request: HttpRequest, form: str, path: str) -> HttpResponse:
    raise Http404


def _updates(request: HttpRequest, form: str) -> HttpResponse:
    found = list_updates(request.GET.dict(), holder_of_key(request), clock.now())
    return answer(form, "service_request_updates", {"request_update": found})


def _take_update(request: HttpRequest, form: str) -> HttpResponse:
    number = take_update(request, holder_of_key(request))
    return answer(form, "service_request_updates", {"request_update": [{"update_id": number}]})


discovery = endpoint(GET=_discovery)
services = endpoint(GET=_services)
definition = endpoint(GET=_definition)
requests = endpoint(GET=_requests, POST=_create)
request_one = endpoint(GET=_request)
token = endpoint(GET=_token)
updates = endpoint(GET=_updates, POST=_take_update)
nothing = endpoint(GET=_nothing, POST=_nothing, PUT=_nothing, PATCH=_nothing, DELETE=_nothing)
