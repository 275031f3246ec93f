"""Which channels there are, in and out, whether each is set up, when it last worked and last did not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from bihuan.kernel import clock
from bihuan.spine.messages.channels.choosing import ALL
from bihuan.spine.messages.channels.models import ChannelMark

IN, OUT = "in", "out"
# A busy channel does not write at every message: its row would be what all wait for.
REST = timedelta(seconds=5)
ERROR_LIMIT = 300

INCOMING: dict[str, Callable[[], bool]] = {
    "mail": lambda: bool(settings.BIHUAN_IMAP_HOST),
    "sms": lambda: bool(settings.BIHUAN_SMS_IN_KEY),
    "wechat": lambda: bool(settings.BIHUAN_WECHAT_TOKEN),
    "wecom": lambda: bool(settings.BIHUAN_WECOM_TOKEN),
}
"""Ways in by name, with what says whether each is set up. What comes in another way is entered here as well."""


@dataclass(frozen=True)
class ChannelState:
    """One channel in one direction (``in`` or ``out``); the instants are empty until it was first used."""

    name: str
    direction: str
    is_configured: bool
    worked_at: datetime | None = None
    failed_at: datetime | None = None
    error: str = ""

    @property
    def is_failing(self) -> bool:
        """Whether its latest use went wrong."""
        return self.failed_at is not None and (self.worked_at is None or self.worked_at < self.failed_at)


def channel_states() -> list[ChannelState]:
    """Return all channels, those that come in first, each in the order in which they are known."""
    marks = {(one.direction, one.name): one for one in ChannelMark.objects.all()}
    known = [(IN, name, is_set()) for name, is_set in INCOMING.items()]
    known += [(OUT, name, name in settings.BIHUAN_MESSAGE_CHANNELS) for name in ALL]
    return [_state(name, way, is_set, marks.get((way, name))) for way, name, is_set in known]


def _state(name: str, direction: str, is_set: bool, mark: ChannelMark | None) -> ChannelState:
    if mark is None:
        return ChannelState(name, direction, is_set)
    return ChannelState(name, direction, is_set, mark.worked_at, mark.failed_at, mark.error)


def mark_worked(name: str, direction: str) -> None:
    """Keep that a channel worked just now."""
    now = clock.now()
    mark = _mark(name, direction)
    is_news = Q(worked_at__isnull=True) | Q(worked_at__lt=now - REST) | Q(worked_at__lt=F("failed_at"))
    ChannelMark.objects.filter(is_news, pk=mark.pk).update(worked_at=now)


def mark_failed(name: str, direction: str, error: str) -> None:
    """Keep that a channel did not work just now, and why; ``error`` holds no address and no words."""
    mark = _mark(name, direction)
    ChannelMark.objects.filter(pk=mark.pk).update(failed_at=clock.now(), error=error[:ERROR_LIMIT])


def _mark(name: str, direction: str) -> ChannelMark:
    return ChannelMark.objects.get_or_create(name=name[:16], direction=direction)[0]
