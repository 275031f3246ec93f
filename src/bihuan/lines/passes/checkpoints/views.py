"""The guard's page, and the two addresses its device speaks to; its key is all it has, no account and no cookie."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.http import PROBLEM_TYPE, problem
from bihuan.lines.passes.checkpoints import enrolling, halting, listing, taking
from bihuan.lines.passes.checkpoints.envelopes import open_envelope
from bihuan.lines.passes.checkpoints.words import words
from bihuan.lines.passes.models import Device
from bihuan.lines.passes.seal import keys

View = Callable[[HttpRequest], HttpResponse]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "passes/checkpoint/page.html", {"words": words()})


def for_devices(view: View) -> View:
    """Take a signed POST from anywhere; answer a refusal as a problem."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except Refused as error:
            body = problem(error.status, error.message, code=error.code)
            return HttpResponse(body, status=error.status, content_type=PROBLEM_TYPE)

    return csrf_exempt(never_cache(require_POST(answered)))


@for_devices
def enrol(request: HttpRequest) -> HttpResponse:
    try:
        asked = msgspec.json.decode(request.body, type=Enrolment)
        public = b64decode(asked.public, validate=True)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Refused(str(error), code="record") from None
    device = enrolling.enrol(token=asked.token, alg=asked.alg, public=public)
    return JsonResponse(_device(device))


class Enrolment(msgspec.Struct, frozen=True):
    token: str
    alg: int
    public: str


@for_devices
def sync(request: HttpRequest) -> HttpResponse:
    device, asked = open_envelope(request.body)
    taken = taking.take_in_scans(device=device, papers=asked.scans, waiting=asked.waiting)
    listed = listing.list_issued(asked.listed)
    return JsonResponse(
        _device(device)
        | {"taken": taken.ids, "refused": taken.refused, "halts": halting.list_since(asked.halts)}
        | {"passes": listed.rows, "listed": listed.until and listed.until.isoformat(), "more": listed.is_more}
    )


def _device(device: Device) -> dict[str, Any]:
    site = {"name": device.site.name, "id": device.site_id}
    believed = [
        {
            "alg": key.alg,
            "public": b64encode(key.public).decode(),
            "retired_at": key.retired_at and key.retired_at.timestamp(),
        }
        for key in keys.believed().values()
    ]
    times = {"now": clock.now().timestamp(), "speed": clock.speed()}
    return {"device": device.pk, "name": device.name, "site": site, "keys": believed} | times
