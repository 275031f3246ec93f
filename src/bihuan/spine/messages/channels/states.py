"""When each channel, in and out, last worked and last did not, and why."""

from datetime import timedelta

from django.db.models import F, Q

from bihuan.kernel import clock
from bihuan.spine.messages.channels.models import ChannelMark

IN, OUT = "in", "out"
# A busy channel does not write at every message: its row would be what all wait for.
REST = timedelta(seconds=5)
ERROR_LIMIT = 300


def marks(direction: str) -> dict[str, ChannelMark]:
    """Return what is known of the channels of one direction, by name; a channel never used is not there."""
    return {mark.name: mark for mark in ChannelMark.objects.filter(direction=direction)}


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
