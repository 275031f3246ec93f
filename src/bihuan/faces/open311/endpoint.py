"""What every address of the face has in common: methods, the jurisdiction, and errors in the form asked for."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from bihuan.faces.open311.answers import XML, Wrong, answer_wrong
from bihuan.kernel.errors import Busy, Refused
from bihuan.spine.door.faults import Unfit

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
PASSED_ON = (403, 404, 429, 503)
# The door's names of fields, as Open311 has them.
FIELDS = {
    "text": "description", "site": "address_string", "lon": "long", "service": "service_code", "name": "first_name",
    "photo": "media",
}  # fmt: skip


def endpoint(**methods: View) -> View:
    """Make a view of one function for each method; HEAD goes with GET."""

    @csrf_exempt
    def view(request: HttpRequest, form: str = XML, **parts: Any) -> HttpResponse:
        method = "GET" if request.method == "HEAD" else request.method or ""
        try:
            if method not in methods:
                raise Wrong(400, _("This address does not take %(method)s.") % {"method": method})
            check_jurisdiction(request)
            response = methods[method](request, form, **parts)
        except Exception as error:
            response = _answer_error(request, form, error)
        if method == "GET":
            # What everybody may read, a page of anybody may show.
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return view


def check_jurisdiction(request: HttpRequest) -> None:
    """Refuse another city's name, where ours is set; no name means ours, for we serve but one."""
    ours = settings.BIHUAN_GEOREPORT_JURISDICTION
    asked = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or ours
    if ours and asked != ours:
        raise Wrong(404, _("There is no jurisdiction_id %(name)s here.") % {"name": asked})


def _answer_error(request: HttpRequest, form: str, error: Exception) -> HttpResponse:
    match error:
        case Wrong():
            return answer_wrong(form, error.status, error.reasons)
        case Unfit():
            return answer_wrong(form, 400, [f"{_field(name)}: {words}" for name, words in error.errors()])
        case Refused():
            return _answer_refused(form, error)
        case Http404():
            return answer_wrong(form, 404, [_("There is nothing here.")])
    if isinstance(error, UNREADABLE):
        return answer_wrong(form, 400, [_("The body can't be read.")])
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer_wrong(form, 500, [_("Something is broken on our side.")])


def _answer_refused(form: str, error: Refused) -> HttpResponse:
    status = error.status if error.status in PASSED_ON else 400
    words = f"{_field(error.field)}: {error.message}" if error.field else error.message
    response = answer_wrong(form, status, [words])
    if isinstance(error, Busy):
        response.headers["Retry-After"] = str(error.retry_after_s)
    return response


def _field(name: str) -> str:
    if name.startswith("answers."):
        return f"attribute[{name.removeprefix('answers.')}]"
    return FIELDS.get(name, name)
