"""Putting words into the outbox, in the transaction of whatever they tell of."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash, seal
from bihuan.spine.messages.channels.choosing import Channel, channel_for
from bihuan.spine.messages.models import Message, MessageStatus
from bihuan.spine.messages.telling import tell_audit
from bihuan.spine.messages.wording import LINK, plain_language, write


def draft(
    *,
    template: str,
    language: str,
    to_channel: str,
    address: str,
    about: str,
    case_id: int | None,
    context: Mapping[str, str],
    link: str = "",
    by: Channel | None = None,
) -> Message | None:
    """Make a message for ``send_many``; None when nobody can be reached: no address, and no screen to read on.

    ``link`` takes the place of the context's ``url`` for the reader's eyes alone; on a screen the ``url`` stays.
    ``by`` is the channel, where it is not left to be chosen.
    """
    channel = by or channel_for(to_channel, address)
    if channel is None and not address:
        return None
    is_linked = bool(link) and channel is not None and not channel.is_immediate
    language = plain_language(language)
    subject, body = write(template, language, {**context, "url": LINK} if is_linked else context)
    now = clock.now()
    message = Message(
        channel=channel.name if channel else "",
        template=template,
        language=language,
        subject=subject,
        body=body,
        about=about,
        case_id=case_id,
        created_at=now,
        due_at=now,
        link_sealed=seal(link) if is_linked else None,
    )
    _set_way(message, channel, address)
    return message


def send_many(drafts: Iterable[Message | None]) -> None:
    """Write many drafts at once; what is read on a screen has gone out with that, and the audit is told."""
    with transaction.atomic():
        tell_audit(Message.objects.bulk_create((one for one in drafts if one is not None), batch_size=500))


def _set_way(message: Message, channel: Channel | None, address: str) -> None:
    """Say how a message goes out; one that is read on a screen keeps no address."""
    if channel is None:
        message.status, message.ended_at = MessageStatus.FAILED, message.created_at
        message.error = _("No channel that is switched on reaches this address.")
    elif channel.is_immediate:
        message.status, message.ended_at = MessageStatus.SENT, message.created_at
        return
    message.address_sealed = seal(address)
    message.address_hash = keyed_hash(address)
