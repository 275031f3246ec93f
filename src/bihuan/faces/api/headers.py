"""What every answer says besides its body: its ETag, and how much the token may still ask."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags

from bihuan.spine.accounts.limits import WINDOW_S, Budget

View = Callable[..., HttpResponseBase]
PASSED_ON = ("Cache-Control", "Content-Language", "ETag", "Vary")


def with_headers(view: View) -> View:
    """Add the headers; answer 304 to whoever has the same already."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponse) and response.status_code in {200, 201}:
            response = _tagged(request, response)
        return _budgeted(request, response)

    return wrapped


def etag_of(request: HttpRequest, body: bytes) -> str:
    """Return the ETag of an answer: the state of the Case, where it tells one, and a digest of the words."""
    version = getattr(request, "version", "")
    digest = sha256(body).hexdigest()[:20]
    return f'"{version}.{digest}"' if version else f'"{digest}"'


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if request.method not in {"GET", "HEAD"} and not hasattr(request, "version"):
        return response
    if not response.has_header("ETag"):
        response.headers["ETag"] = etag_of(request, response.content)
    response.headers.setdefault("Cache-Control", "private, no-cache")
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if request.method in {"GET", "HEAD"} and _is_known(response.headers["ETag"], known):
        same = HttpResponseNotModified()
        for name in PASSED_ON:
            if response.has_header(name):
                same.headers[name] = response.headers[name]
        return same
    return response


def _is_known(etag: str, known: list[str]) -> bool:
    # A cache on the way may have made the tag a weak one.
    return known == ["*"] or etag in {each.removeprefix("W/") for each in known}


def _budgeted(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Say by draft-ietf-httpapi-ratelimit-headers-10 what is left."""
    budget: Budget | None = getattr(request, "budget", None)
    if budget is not None and settings.BIHUAN_API_PER_MINUTE:
        response.headers["RateLimit-Policy"] = f'"token";q={budget.limit};w={WINDOW_S}'
        response.headers["RateLimit"] = f'"token";r={budget.left};t={budget.reset_s}'
    return response
