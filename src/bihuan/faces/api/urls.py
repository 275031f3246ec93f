"""Addresses of the API; what is none of them is answered as a problem, too."""

from typing import Any

from django.urls import URLPattern, path, re_path

from bihuan.faces.api.channels.sms import sms
from bihuan.faces.api.channels.telephone import telephone
from bihuan.faces.api.channels.wechat import wechat
from bihuan.faces.api.channels.wecom import wecom
from bihuan.faces.api.headers import with_headers
from bihuan.faces.api.problems import not_found, with_problems
from bihuan.faces.api.repeating import repeated
from bihuan.faces.api.server import api

app_name = "api"


def _own() -> list[URLPattern]:
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        # ninja's root only gives the others their address; asked for, it raises a page of Django's.
        view: Any = not_found if pattern.name == "api-root" else pattern.callback
        pattern.callback = with_problems(with_headers(repeated(view)))
    return patterns


urlpatterns = [
    *_own(),
    path("channels/sms", sms, name="sms"),
    path("channels/telephone", telephone, name="telephone"),
    path("channels/wechat", wechat, name="wechat"),
    path("channels/wecom", wecom, name="wecom"),
    # Also what holds a newline, which a dot does not match.
    re_path(r"^(?P<path>[\s\S]*)$", not_found, name="nothing"),
]
