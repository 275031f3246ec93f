"""Text messages as gateways deliver them: a form with a shared key, or Twilio's with its signature."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bihuan.faces.api.problems import answer as problem
from bihuan.kernel import clock, xml
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import normal_phone
from bihuan.spine.cases.conversing import Words, hear
from bihuan.spine.messages.pictures.keeping import MOST

CHANNEL = "sms"
SAME_S = 600
# What the fields are called by the gateways in use.
PHONE = ("From", "from", "phone", "mobile", "msisdn", "sender")
TEXT = ("Body", "text", "content", "message", "body")
NUMBER = ("MessageSid", "id", "msgid", "messageId", "MsgId")


@csrf_exempt
@require_POST
def sms(request: HttpRequest) -> HttpResponse:
    said = {name: str(value) for name, value in request.POST.items()}
    is_twilio = "X-Twilio-Signature" in request.headers
    if not (_is_twilios(request, said) if is_twilio else _has_key(request)):
        return problem(403, _("The key or the signature is wrong."), code="forbidden")
    try:
        reply = hear(_words(said))
    except Refused as refused:
        return problem(refused.status, refused.message, code=refused.code)
    if is_twilio:
        return HttpResponse(xml.write("Response", {"Message": reply}), content_type="text/xml; charset=utf-8")
    return JsonResponse({"reply": reply})


def _words(said: Mapping[str, str]) -> Words:
    phone = normal_phone(_first(said, PHONE))
    text = _first(said, TEXT)
    number = _first(said, NUMBER) or _number_of(text)
    return Words(CHANNEL, phone, number, text, phone=phone, pictures=_pictures(said))


def _pictures(said: Mapping[str, str]) -> tuple[str, ...]:
    """Return the addresses of pictures in a message (MMS, as Twilio names them)."""
    count = min(int(said.get("NumMedia") or 0), MOST) if (said.get("NumMedia") or "0").isdecimal() else 0
    found = (said.get(f"MediaUrl{k}", "") for k in range(count) if _is_picture(said, k))
    return tuple(url for url in found if url.startswith(("https://", "http://")))


def _is_picture(said: Mapping[str, str], k: int) -> bool:
    return said.get(f"MediaContentType{k}", "image/").startswith("image/")


def _number_of(text: str) -> str:
    """Number the words of a gateway that numbers nothing: the same again within ten minutes are the same message."""
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}-{clock.now().timestamp() // SAME_S:.0f}"


def _first(said: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def _has_key(request: HttpRequest) -> bool:
    ours = settings.BIHUAN_SMS_IN_KEY
    given = request.headers.get("Authorization", "").removeprefix("Bearer ") or request.POST.get("key", "")
    return bool(ours) and hmac.compare_digest(given.encode(), ours.encode())


def _is_twilios(request: HttpRequest, said: Mapping[str, str]) -> bool:
    ours = settings.BIHUAN_SMS_IN_KEY
    url = f"{settings.BIHUAN_SITE_URL}{request.get_full_path()}"
    right = sign_twilio(ours, url, said)
    return bool(ours) and hmac.compare_digest(right.encode(), request.headers["X-Twilio-Signature"].encode())


def sign_twilio(secret: str, url: str, said: Mapping[str, str]) -> str:
    """Return Twilio's signature: HMAC-SHA-1 over the address and the sorted fields."""
    told = url + "".join(f"{name}{value}" for name, value in sorted(said.items()))
    return base64.b64encode(hmac.new(secret.encode(), told.encode(), hashlib.sha1).digest()).decode()
