"""What a way of carrying words out must know, the ways there are, and which of them reaches an address."""

from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bihuan.spine.messages.channels import apprise, file, screen, sms, smtp, wechat, wecom
from bihuan.spine.messages.models import Message


class Channel(Protocol):
    """One way of carrying words out.

    ``is_immediate`` where the row itself is the message, so that nothing is left to be sent. ``address`` is
    a telephone in E.164 form, an e-mail address, or empty. ``deliver`` raises when it did not work.
    """

    name: str
    is_immediate: bool

    def reaches(self, address: str) -> bool: ...

    def deliver(self, message: Message, address: str) -> None: ...


ALL: dict[str, Channel] = {
    "screen": screen.Screen(),
    "file": file.File(),
    "smtp": smtp.Smtp(),
    "sms": sms.Sms(),
    "wechat": wechat.WeChat(),
    "wecom": wecom.WeCom(),
    "apprise": apprise.Apprise(),
}

# Where staff read: their desk, whatever else is switched on; and their mail, where that is.
DESK = "desk"
MAIL = "mail"
GROUP = "group"
_ONLY = {MAIL: "smtp", GROUP: "apprise"}


def channel_for(to_channel: str, address: str) -> Channel | None:
    """Return the channel by which an answer goes to an address; None when there is none.

    That is the one by which the words came, where it is switched on, and else the first that reaches the address.
    """
    if to_channel == DESK:
        return ALL["screen"]
    only = _ONLY.get(to_channel)
    ways = [way for way in switched_on() if only is None or way.name == only]
    ways.sort(key=lambda way: way.name != to_channel)
    return next((channel for channel in ways if channel.reaches(address)), None)


def switched_on() -> list[Channel]:
    """Return the channels of ``BIHUAN_MESSAGE_CHANNELS``, in order of preference."""
    names = settings.BIHUAN_MESSAGE_CHANNELS
    if unknown := [name for name in names if name not in ALL]:
        known = ", ".join(ALL)
        raise ImproperlyConfigured(f"BIHUAN_MESSAGE_CHANNELS names {unknown[0]!r}; known are {known}.")
    if apprise.Apprise.name in names:
        apprise.check_installed()
    return [ALL[name] for name in names]
