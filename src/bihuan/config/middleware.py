"""What every answer passes through: the content policy, the second factor, refusals as pages."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from bihuan.kernel.errors import Busy, Refused
from bihuan.kernel.http import PROBLEM_TYPE, problem

Answer = Callable[[HttpRequest], HttpResponseBase]


def content_security_policy(get_response: Answer) -> Answer:
    """Send the policy of ``SECURE_CSP`` (the name it has in Django 6) with every answer."""
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def whole_words(get_response: Answer) -> Answer:
    """Refuse an address that holds NUL: no word of ours does, and PostgreSQL can't even look for one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            if request.path.startswith("/api/"):
                return HttpResponse(problem(400, "NUL in the address"), status=400, content_type=PROBLEM_TYPE)
            raise BadRequest("NUL in the address")
        return get_response(request)

    return middleware


def second_factor(get_response: Answer) -> Answer:
    """Send staff who have no second factor yet to the page where they set one up."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if settings.BIHUAN_SECOND_FACTOR and _lacks_factor(request):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _lacks_factor(request: HttpRequest) -> bool:
    # The API asks for itself, and answers with a problem instead of a page.
    free = ("/staff/", "/static/", "/language/", "/api/", "/open311/")
    if not request.user.is_authenticated or request.path.startswith(free):
        return False
    return not is_mfa_enabled(request.user)


class _Refusals:
    """Turns ``Refused`` and ``Conflict`` into a page, a fragment, or problem+json."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not isinstance(error, Refused):
            return None
        response = _as_json(error) if request.path.startswith("/api/") else _as_page(request, error)
        if isinstance(error, Busy):
            response.headers["Retry-After"] = str(error.retry_after_s)
        return response


refusals = _Refusals


def _as_json(error: Refused) -> HttpResponse:
    errors = [(error.field, error.message)] if error.field else []
    body = problem(error.status, error.message, code=error.code, errors=errors)
    return HttpResponse(body, status=error.status, content_type=PROBLEM_TYPE)


def _as_page(request: HttpRequest, error: Refused) -> HttpResponse:
    htmx = request.headers.get("HX-Request") == "true"
    template = "_refused.html" if htmx else "refused.html"
    response = render(request, template, {"error": error}, status=error.status)
    if htmx:
        # The refusal takes the place of the notice on the page, not of the form that was sent.
        response.headers["HX-Retarget"] = "#notice"
        response.headers["HX-Reswap"] = "innerHTML"
    return response
