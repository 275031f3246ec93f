"""POST with an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): done once, answered again."""

import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from bihuan.faces.api import problems
from bihuan.faces.api.headers import etag_of
from bihuan.faces.api.signing import ROOT, sender
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.spine.accounts import once
from bihuan.spine.accounts.models import Repeat

View = Callable[..., HttpResponseBase]
HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST_KEY = 255
_is_key = re.compile(r"[\x21-\x7e]{1,255}").fullmatch
# What is taken in by the door must not be a part of another transaction; its ``client_id`` does the same there.
DURABLE = re.compile(r"cases/enter|care/people/\d+/need")


def repeated(view: View) -> View:
    """Let a POST that names a key be done once."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        key = request.headers.get(HEADER)
        if request.method != "POST" or key is None:
            return view(request, *args, **kwargs)
        try:
            row = _claim(request, key)
        except Refused as error:
            return problems.refused(request, error)
        if row is None:
            return view(request, *args, **kwargs)
        if row.status is not None:
            return _again(row)
        return _do(request, row, lambda: view(request, *args, **kwargs))

    return wrapped


def _claim(request: HttpRequest, key: str) -> Repeat | None:
    """Return the row of this request; None where nobody is known or nothing can be read: the view says that."""
    if not _is_key(key):
        words = _("An Idempotency-Key is 1 to %(most)d printable characters.") % {"most": LONGEST_KEY}
        raise BadKey(words, code="key", field=HEADER)
    holder, body = _holder(request), _body(request)
    if holder is None or body is None:
        return None
    name = sha256(f"{holder}\n{key}".encode()).hexdigest()
    said = f"{request.path}\n{request.META.get('QUERY_STRING', '')}\n".encode()
    return once.claim(name, sha256(said + body).hexdigest())


class BadKey(Refused):
    """A key that is none."""

    status = 400


def _holder(request: HttpRequest) -> str | None:
    """Return whose key it is: a token's, a person's, or, where none is wanted, of whoever knows the address."""
    if token := sender(request):
        return f"token {token.pk}"
    if "Authorization" in request.headers:
        return None
    if request.user.is_authenticated:
        return f"user {request.user.pk}"
    return f"at {request.path}" if request.path.startswith(f"{ROOT}receipts/") else None


def _body(request: HttpRequest) -> bytes | None:
    """Return what is compared of the body: all of it, or a digest of each file and field of a form."""
    try:
        if request.content_type != "multipart/form-data":
            return request.body
        files = [_file(name, one) for name, many in request.FILES.lists() for one in many]
    except (MultiPartParserError, RequestDataTooBig):
        return None
    return repr((sorted(files), request.POST.urlencode())).encode()


def _file(name: str, one: "UploadedFile[bytes]") -> tuple[str, str]:
    digest = sha256(one.read()).hexdigest()
    one.seek(0)
    return name, digest


def _do(request: HttpRequest, row: Repeat, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Do it, and keep the answer together with the deed; a deed that was refused leaves the key free."""
    try:
        if DURABLE.fullmatch(request.path.removeprefix(ROOT)):
            response = _kept(request, row, view())
        else:
            with transaction.atomic():
                response = _kept(request, row, view())
                if response.status_code >= 500:
                    transaction.set_rollback(True)
    except Refused as error:
        once.free(row)
        return problems.refused(request, error)
    except Exception as error:
        once.free(row)
        return problems.broken(request, error)
    if not _is_done(response):
        once.free(row)
    return response


def _kept(request: HttpRequest, row: Repeat, response: HttpResponseBase) -> HttpResponseBase:
    if not _is_done(response) or not isinstance(response, HttpResponse):
        return response
    if hasattr(request, "version"):
        response.headers["ETag"] = etag_of(request, response.content)
    once.keep(
        row,
        status=response.status_code,
        content_type=response.headers.get("Content-Type", ""),
        etag=response.headers.get("ETag", ""),
        body=response.content.decode(),
    )
    return response


def _is_done(response: HttpResponseBase) -> bool:
    return 200 <= response.status_code < 300


def _again(row: Repeat) -> HttpResponse:
    response = HttpResponse(unseal(row.body_sealed), status=row.status, content_type=row.content_type or None)
    if not row.content_type:
        del response.headers["Content-Type"]
    if row.etag:
        response.headers["ETag"] = row.etag
    response.headers[REPLAYED] = "true"
    return response
