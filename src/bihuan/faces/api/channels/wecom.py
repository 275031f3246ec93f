"""The city's application in WeCom: it proves itself, asks, and takes the answer with the same exchange.

All is signed and encrypted (AES-256-CBC), with the corporation's id as the receiver.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bihuan.faces.api.channels.letters import exchange
from bihuan.faces.api.problems import answer as problem
from bihuan.kernel import xml
from bihuan.spine.messages.channels.wecom import PREFIX
from bihuan.spine.messages.wechat import reading, sealing

CHANNEL = "wecom"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def wecom(request: HttpRequest) -> HttpResponse:
    try:
        if request.method == "GET":
            echo = _opened(request, request.GET.get("echostr", ""))
            return HttpResponse(echo, content_type="text/plain; charset=utf-8")
        sealed = xml.text_of(xml.read(request.body), "Encrypt")
        letter = reading.read(xml.read(_opened(request, sealed)))
    except (sealing.Forged, xml.Malformed, ValueError):
        return problem(403, _("The key or the signature is wrong."), code="forbidden")
    account = settings.BIHUAN_WECOM_TOKEN, settings.BIHUAN_WECOM_AES, settings.BIHUAN_WECOM_CORP
    return exchange(CHANNEL, PREFIX, letter, account)


def _opened(request: HttpRequest, sealed: str) -> bytes:
    """Return what was encrypted for us; refuses it unsigned, and all where no application is set up."""
    token, said = settings.BIHUAN_WECOM_TOKEN, request.GET
    if not token or not settings.BIHUAN_WECOM_AES:
        raise sealing.Forged("no application is set up")
    proof = said.get("msg_signature", "")
    sealing.check(proof, token, said.get("timestamp", ""), said.get("nonce", ""), sealed)
    return sealing.unseal(settings.BIHUAN_WECOM_AES, settings.BIHUAN_WECOM_CORP, sealed)
