"""Any gateway that takes JSON with a key."""

import json

from django.conf import settings

from bihuan.spine.messages import outside
from bihuan.spine.messages.channels.refusing import NotTaken


def send(number: str, words: str, address: str, url: str) -> None:
    """Send ``id``, ``to`` and ``text`` as JSON with the key as a bearer token."""
    body = json.dumps({"id": number, "to": address, "text": words}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "authorization": f"Bearer {settings.BIHUAN_SMS_KEY}"}
    reply = outside.ask("POST", url, body, headers)
    if not 200 <= reply.status < 300:
        raise NotTaken(f"HTTP {reply.status}")
