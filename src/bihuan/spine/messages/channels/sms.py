"""Text messages by the HTTP interface of a provider, chosen by ``BIHUAN_SMS_PROVIDER``."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bihuan.spine.messages.channels.gateways import aliyun, huawei, plain, tencent
from bihuan.spine.messages.models import Message

LIMIT = 300
Send = Callable[[str, str, str, str], None]
PROVIDERS: dict[str, tuple[Send, str]] = {
    "plain": (plain.send, ""),
    "aliyun": (aliyun.send, aliyun.URL),
    "tencent": (tencent.send, tencent.URL),
    "huawei": (huawei.send, huawei.URL),
}
"""How each provider is sent to (number, words, telephone, address of the gateway), and where it is."""


class Sms:
    """Reaches telephones."""

    name = "sms"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return address.startswith("+")

    def deliver(self, message: Message, address: str) -> None:
        send, home = provider()
        send(f"{message.pk}", message.body[:LIMIT], address, settings.BIHUAN_SMS_URL or home)


def provider() -> tuple[Send, str]:
    """Return how the provider of the settings is sent to, and where it is."""
    return PROVIDERS[provider_name()]


def provider_name() -> str:
    """Return which provider is meant; where none is named, Aliyun at Aliyun's address and any other elsewhere."""
    named: str = settings.BIHUAN_SMS_PROVIDER
    if not named:
        named = "aliyun" if settings.BIHUAN_SMS_URL.startswith(aliyun.URL) else "plain"
    if named not in PROVIDERS:
        known = ", ".join(PROVIDERS)
        raise ImproperlyConfigured(f"BIHUAN_SMS_PROVIDER names {named!r}; known are {known}.")
    return named
