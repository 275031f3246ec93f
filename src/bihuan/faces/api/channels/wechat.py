"""The city's WeChat official account: WeChat proves itself, asks, and takes the answer with the same exchange."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bihuan.faces.api.channels.letters import exchange
from bihuan.faces.api.problems import answer as problem
from bihuan.kernel import xml
from bihuan.kernel.xml import Element, text_of
from bihuan.spine.messages.channels.wechat import PREFIX
from bihuan.spine.messages.wechat import reading, sealing

CHANNEL = "wechat"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def wechat(request: HttpRequest) -> HttpResponse:
    try:
        if request.method == "GET":
            _check(request)
            return HttpResponse(request.GET.get("echostr", ""), content_type="text/plain; charset=utf-8")
        root, is_sealed = _opened(request)
        letter = reading.read(root)
    except (sealing.Forged, xml.Malformed, ValueError):
        return problem(403, _("The key or the signature is wrong."), code="forbidden")
    account = settings.BIHUAN_WECHAT_TOKEN, settings.BIHUAN_WECHAT_AES, settings.BIHUAN_WECHAT_APP
    return exchange(CHANNEL, PREFIX, letter, account if is_sealed else None)


def _check(request: HttpRequest) -> None:
    if not settings.BIHUAN_WECHAT_TOKEN:
        raise sealing.Forged("no account is set up")
    said = request.GET
    parts = (settings.BIHUAN_WECHAT_TOKEN, said.get("timestamp", ""), said.get("nonce", ""))
    sealing.check(said.get("signature", ""), *parts)


def _opened(request: HttpRequest) -> tuple[Element, bool]:
    """Return the message, and whether it was encrypted; refuses one in the clear where encryption is switched on."""
    root = xml.read(request.body)
    sealed = text_of(root, "Encrypt")
    if not settings.BIHUAN_WECHAT_AES:
        _check(request)
        return root, False
    said = request.GET
    token, given = settings.BIHUAN_WECHAT_TOKEN, said.get("msg_signature", "")
    sealing.check(given, token, said.get("timestamp", ""), said.get("nonce", ""), sealed)
    return xml.read(sealing.unseal(settings.BIHUAN_WECHAT_AES, settings.BIHUAN_WECHAT_APP, sealed)), True
