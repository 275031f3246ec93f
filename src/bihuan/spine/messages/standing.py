"""How every channel stands, out and in: set up or not, on or off, what went well last and what did not.

A channel out is known from the registry of channels, so that a new one appears by itself. It may name in ``needs`` the
settings without which it does nothing; else those that bear its name are looked at. No value of a setting is told.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.door.models import Submission
from bihuan.spine.messages import actions, inbox
from bihuan.spine.messages.channels import sms, states
from bihuan.spine.messages.channels.choosing import ALL, Channel, switched_on
from bihuan.spine.messages.drills.contacts import addresses_of, reached_on
from bihuan.spine.messages.models import Call, ChannelMark, Heard, Message, MessageStatus

NEWEST = 2000  # Submissions looked at for when each way in was used last
TEMPLATE = "channel_test"
NEEDS: dict[str, tuple[str, ...]] = {
    "screen": (),
    "file": (),
    "smtp": ("BIHUAN_SMTP_HOST", "BIHUAN_MAIL_FROM"),
    "wechat": ("BIHUAN_WECHAT_APP", "BIHUAN_WECHAT_SECRET"),
    "wecom": ("BIHUAN_WECOM_CORP", "BIHUAN_WECOM_SECRET", "BIHUAN_WECOM_AGENT"),
    "apprise": ("BIHUAN_APPRISE",),
}
_SMS = ("BIHUAN_SMS_KEY", "BIHUAN_SMS_USER", "BIHUAN_SMS_SENDER", "BIHUAN_SMS_TEMPLATE")
SMS_NEEDS = {
    "plain": ("BIHUAN_SMS_URL", "BIHUAN_SMS_KEY"),
    "aliyun": _SMS,
    "tencent": (*_SMS, "BIHUAN_SMS_APP"),
    "huawei": (*_SMS, "BIHUAN_SMS_APP"),
}
FOR_COMING_IN = ("_TOKEN", "_AES", "_IN_KEY")
# Django's own names for some of the variables, and what stands there when nobody has set them.
ELSEWHERE = {"BIHUAN_SMTP_HOST": "EMAIL_HOST", "BIHUAN_MAIL_FROM": "DEFAULT_FROM_EMAIL"}
UNSET = ("", "bihuan@localhost")
WAYS_IN: dict[str, tuple[str, ...]] = {
    "web": (),
    "telephone": ("BIHUAN_TELEPHONE_KEY",),
    "sms": ("BIHUAN_SMS_IN_KEY",),
    "mail": ("BIHUAN_IMAP_HOST", "BIHUAN_IMAP_USER", "BIHUAN_IMAP_PASSWORD"),
    "open311": (),
    "api": (),
}
# What staff take down counts as the telephone's; what the city raises by itself came by no channel.
NOT_IN = {"phone", "system"}


@dataclass(frozen=True)
class Out:
    """One way out. ``error`` says why it did not work at ``failed_at``."""

    name: str
    is_on: bool
    missing: list[str]
    waiting: int
    succeeded_at: datetime | None
    failed_at: datetime | None
    error: str

    @property
    def is_failing(self) -> bool:
        """Whether the latest that was tried did not go out."""
        return self.failed_at is not None and (
            self.succeeded_at is None or self.succeeded_at < self.failed_at
        )


@dataclass(frozen=True)
class In:
    """One way in. ``heard_at`` is when something came last, as far back as that is kept.

    ``failed_at`` and ``error`` are of the latest look that went wrong, empty once one went well.
    """

    name: str
    missing: list[str]
    heard_at: datetime | None
    failed_at: datetime | None = None
    error: str = ""


def list_out() -> list[Out]:
    """Return every channel of the registry, those that are switched on first, in their order."""
    on = [way.name for way in switched_on()]
    names = [*dict.fromkeys(on), *(name for name in ALL if name not in on)]
    marks = states.marks(states.OUT)
    return [_out(ALL[name], marks.get(name), is_on=name in on) for name in names]


def _out(way: Channel, mark: ChannelMark | None, *, is_on: bool) -> Out:
    sent = Message.objects.filter(channel=way.name)
    waiting = sent.filter(status=MessageStatus.WAITING).count()
    gone = missing(needs_of(way))
    if way.is_immediate:
        # Where the row itself is the message there is nothing that could fail.
        newest = sent.order_by("-id").values_list("created_at", flat=True).first()
        return Out(way.name, is_on, gone, waiting, newest, None, "")
    if mark is None:
        return Out(way.name, is_on, gone, waiting, None, None, "")
    return Out(way.name, is_on, gone, waiting, mark.worked_at, mark.failed_at, mark.error)


def needs_of(way: Channel) -> tuple[str, ...]:
    """Return the settings without which a channel does nothing."""
    if way.name == sms.Sms.name:
        return SMS_NEEDS[sms.provider_name()]
    named: tuple[str, ...] | None = getattr(way, "needs", None) or NEEDS.get(way.name)
    if named is not None:
        return named
    plain = f"BIHUAN_{way.name.upper()}"
    own = (name for name in dir(settings) if name == plain or name.startswith(f"{plain}_"))
    return tuple(name for name in own if not name.endswith(FOR_COMING_IN))


def missing(names: tuple[str, ...]) -> list[str]:
    """Return which settings are not set."""
    return [name for name in names if _is_unset(getattr(settings, ELSEWHERE.get(name, name), ""))]


def _is_unset(value: object) -> bool:
    # A number that is nought was given to nobody; a switch that is off is set.
    return value in UNSET or (type(value) is int and value == 0)


def ways_in() -> dict[str, tuple[str, ...]]:
    """Return the ways in with the settings that each needs; a channel with a token of its own is one."""
    tokens = {name: f"BIHUAN_{name.upper()}_TOKEN" for name in ALL}
    return WAYS_IN | {name: (token,) for name, token in tokens.items() if hasattr(settings, token)}


def list_in() -> list[In]:
    """Return every way in: those that are known, and whatever else asks have come by lately."""
    newest = Submission.objects.order_by("-id").values("pk")[:NEWEST]
    came = dict(
        Submission.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        .values_list("channel")
        .annotate(Max("received_at"))
    )
    known = ways_in()
    known |= dict.fromkeys(sorted(set(came) - set(known) - NOT_IN), ())
    marks = states.marks(states.IN)
    return [_in(name, needs, _heard(name, came), marks.get(name)) for name, needs in known.items()]


def _in(name: str, needs: tuple[str, ...], heard_at: datetime | None, mark: ChannelMark | None) -> In:
    found = In(name, missing(needs), heard_at)
    is_failing = mark and mark.failed_at and (mark.worked_at is None or mark.worked_at < mark.failed_at)
    return replace(found, failed_at=mark.failed_at, error=mark.error) if mark and is_failing else found


def _heard(name: str, came: dict[str, datetime]) -> datetime | None:
    """Return when words came by a channel last: an ask, an answer (kept for two days), a call."""
    heard = Heard.objects.filter(key__startswith=f"{name}:").aggregate(at=Max("at"))["at"]
    calls = (
        (came.get("phone"), Call.objects.aggregate(at=Max("rang_at"))["at"]) if name == "telephone" else ()
    )
    return max(filter(None, (came.get(name), heard, *calls)), default=None)


def send_test(*, by: User, name: str) -> Message:
    """Put a test to oneself into the outbox; refuses a channel that is off or does not reach this person."""
    way = next((one for one in switched_on() if one.name == name), None)
    if way is None:
        raise Refused(_("This channel is not switched on."), code="off", field="channel")
    address = reached_on(way, addresses_of([by])[by.pk])
    if address is None:
        raise Refused(_("Write down at your account where this channel reaches you."), code="address")
    message = actions.draft(
        template=TEMPLATE, language=get_language() or "", to_channel=name, address=address,
        about=inbox.about(by) if way.is_immediate else "", case_id=None, context={}, by=way,
    )  # fmt: skip
    actions.send_many([message])
    if message is None:
        raise Refused(_("This channel is not switched on."), code="off", field="channel")
    record(by=by, verb="channel_tested", subject=message, detail={"channel": name})
    return message
