"""Every error of the API as problem+json (RFC 9457); never a page."""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bihuan.kernel.errors import Refused
from bihuan.kernel.http import PROBLEM_TYPE, problem
from bihuan.spine.door.faults import Unfit

log = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def answer(
    status: int, detail: str, *, code: str = "", errors: Iterable[tuple[str, str]] = ()
) -> HttpResponse:
    """Return a problem as the answer to a request."""
    body = problem(status, detail, code=code, errors=errors)
    return HttpResponse(body, status=status, content_type=PROBLEM_TYPE)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Say what rule was in the way, and at which field."""
    errors = [(error.field, error.message)] if error.field else []
    if isinstance(error, Unfit):
        errors = error.errors()
    response = answer(error.status, error.message, code=error.code, errors=errors)
    if (wait_s := getattr(error, "retry_after_s", None)) is not None:
        response.headers["Retry-After"] = str(wait_s)
    return response


def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each field that can't be taken."""
    errors = [(_field(each["loc"]), str(each["msg"])) for each in error.errors]
    return answer(422, _("Some fields can't be taken as they are."), code="invalid", errors=errors)


def out_of_range(request: HttpRequest, error: DataError) -> HttpResponse:
    """Say that a value is one which the database can't hold, such as an offset of twenty hours."""
    return answer(422, _("Some fields can't be taken as they are."), code="invalid")


def _field(place: Iterable[object]) -> str:
    """Turn ``("body", "said", "reason")`` into ``reason``: the outer two are names of ours."""
    parts = [str(part) for part in place]
    return ".".join(parts[2:] or parts[1:])


def unknown_person(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    response = answer(401, _("A valid bearer token or a signed-in session is needed."), code="unauthorised")
    response.headers["WWW-Authenticate"] = 'Bearer realm="Bihuan"'
    return response


@csrf_exempt
def not_found(request: HttpRequest, error: Http404 | None = None, path: str = "") -> HttpResponse:
    """Say that there is nothing, which is also what those hear who may not know of it."""
    return answer(404, _("There is nothing here."), code="not_found")


def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Pass on what ninja itself found wrong (a body that is no JSON, a forged form)."""
    return answer(error.status_code, str(error))


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Hide a fault of ours from outside, and keep it in the log."""
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, _("Something is broken on our side."), code="broken")


def handle_all(api: NinjaAPI) -> None:
    """Let every error of the API be answered here."""
    handlers: dict[type[Exception], Any] = {
        Refused: refused,
        ValidationError: invalid,
        DataError: out_of_range,
        AuthenticationError: unknown_person,
        Http404: not_found,
        HttpError: failed,
        Exception: broken,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)


def with_problems(view: View) -> View:
    """Turn a bare 405 of a view into a problem."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        better = answer(405, _("This address does not take this method."), code="method")
        better.headers["Allow"] = response.headers.get("Allow", "")
        return better

    return wrapped
