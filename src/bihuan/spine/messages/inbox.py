"""What a member of staff is told: notices that lie at their desk until they look, and by e-mail where there is one."""

from collections.abc import Mapping

from django.db.models import QuerySet

from bihuan.spine.accounts.models import User
from bihuan.spine.messages import actions
from bihuan.spine.messages.channels import apprise
from bihuan.spine.messages.channels.choosing import DESK, GROUP, MAIL, channel_for
from bihuan.spine.messages.models import Message, Reader

LIMIT = 100
MOST_COUNTED = 99
STAFF = "staff:"


def draft_to(
    person: User,
    template: str,
    *,
    language: str,
    context: Mapping[str, str],
    case_id: int | None = None,
) -> list[Message]:
    """Make what tells a person something: a notice at the desk, and beyond it by mail and group robot where known."""
    # At the desk the Case is a click away; its address would only be noise.
    short = {**context, "url": ""} if case_id else context
    ways = [(DESK, "", about(person), short)]
    if channel_for(MAIL, person.email):
        ways.append((MAIL, person.email, "", context))
    if channel_for(GROUP, apprise.address_of(person.username)):
        ways.append((GROUP, apprise.address_of(person.username), "", context))
    drafts = [
        actions.draft(
            template=template,
            language=language,
            to_channel=channel,
            address=address,
            about=word,
            case_id=case_id,
            context=said,
        )
        for channel, address, word, said in ways
    ]
    return [message for message in drafts if message is not None]


def about(person: User) -> str:
    """Return the word under which a person's notices stand in the outbox."""
    return f"{STAFF}{person.pk}"


def list_notices(person: User, limit: int = LIMIT) -> list[Message]:
    """Return what a person was told at their desk, newest first."""
    return list(_notices(person).order_by("-id")[:limit])


def count_new(person: User) -> int:
    """Count the notices that a person has not seen yet, up to ``MOST_COUNTED``."""
    return _notices(person).filter(id__gt=read_to(person))[:MOST_COUNTED].count()


def read_to(person: User) -> int:
    """Return the number of the newest notice that a person has seen."""
    return Reader.objects.filter(pk=person.pk).values_list("read_to", flat=True).first() or 0


def mark_read(person: User, number: int) -> None:
    """Keep that a person has seen their notices up to a number; never fewer than before."""
    Reader.objects.get_or_create(person=person)
    Reader.objects.filter(pk=person.pk, read_to__lt=number).update(read_to=number)


def _notices(person: User) -> QuerySet[Message]:
    return Message.objects.filter(about=about(person))
