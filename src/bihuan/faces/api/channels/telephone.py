"""Calls as an exchange reports them: a form or JSON with a shared key, under the names that exchanges use."""

import hmac
import json
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bihuan.faces.api.problems import answer as problem
from bihuan.faces.api.problems import refused
from bihuan.kernel.errors import Refused
from bihuan.spine.messages.calls.hearing import Report, hear
from bihuan.spine.messages.models import CallState

# What the fields are called: plainly, by Asterisk, FreeSWITCH, 3CX and Twilio.
CALLER = ("caller", "number", "from", "From", "callerid", "CallerIDNum", "Caller-Caller-ID-Number", "src")
EXTENSION = ("extension", "called", "to", "To", "exten", "Exten", "Caller-Destination-Number", "dst")
CALL = ("call_id", "id", "uniqueid", "Uniqueid", "Linkedid", "Unique-ID", "CallSid")
EVENT = ("event", "status", "Event", "CallStatus", "Event-Name")
RINGING = ("ringing", "ring", "rings", "newchannel", "channel_create", "queued", "initiated")
ANSWERED = ("answered", "answer", "connected", "in-progress", "bridge", "channel_answer")
ENDED = (
    "ended", "end", "hangup", "completed", "cdr", "missed", "busy", "failed", "no-answer", "canceled",
    "channel_hangup", "channel_hangup_complete",
)  # fmt: skip
STATES = (
    dict.fromkeys(RINGING, CallState.RINGING)
    | dict.fromkeys(ANSWERED, CallState.ANSWERED)
    | dict.fromkeys(ENDED, CallState.ENDED)
)


@csrf_exempt
@require_POST
def telephone(request: HttpRequest) -> HttpResponse:
    """Take in what happened to a call; answer where its form is, for exchanges that open it themselves."""
    try:
        said = _said(request)
        if not _has_key(request, said):
            return problem(403, _("The key or the signature is wrong."), code="forbidden")
        call = hear(_report(said))
    except Refused as error:
        return refused(request, error)
    form = f"{settings.BIHUAN_SITE_URL}{reverse('desk:enter')}?call={call.pk}"
    return JsonResponse({"call": call.pk, "state": call.state, "form": form})


def _said(request: HttpRequest) -> dict[str, str]:
    if request.content_type != "application/json":
        return {name: str(value) for name, value in request.POST.items()}
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(_("A JSON object is wanted."), code="json")
    return {name: str(value) for name, value in body.items() if isinstance(value, str | int)}


def _report(said: Mapping[str, str]) -> Report:
    event = _first(said, EVENT).strip().lower()
    if event not in STATES:
        raise Refused(_("Say ringing, answered or ended."), code="event", field="event")
    # An extension as an address, sip:8012@exchange, is the part before the host.
    extension = _first(said, EXTENSION).removeprefix("sip:").partition("@")[0]
    return Report(_first(said, CALL), _first(said, CALLER), extension, STATES[event])


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _has_key(request: HttpRequest, said: Mapping[str, str]) -> bool:
    ours = settings.BIHUAN_TELEPHONE_KEY
    given = request.headers.get("Authorization", "").removeprefix("Bearer ") or said.get("key", "")
    return bool(ours) and hmac.compare_digest(given.encode(), ours.encode())
