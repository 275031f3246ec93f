"""Where agencies' own servers are, what goes by which code, and how far each Case has come there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Case, Service


class Link(models.Model):
    """An agency's server. ``url`` is the endpoint below which ``requests.xml`` lies.

    ``is_extended``: it serves ``servicerequestupdates`` with mySociety's statuses, else only open and closed are read.
    ``takes_updates``: what happens here may be posted there. ``is_repeatable``: the same ask sent again is the same
    one there, as with Bihuan. ``sends_words`` and ``sends_person``: whether what the asker wrote, and name and
    telephone, go along. ``position``: how far the sealed order of the audit was read; ``heard_at``: how far their
    updates were; ``claimed_until``: some worker's until then.
    """

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+")
    url = models.CharField(max_length=300)
    key_sealed = models.BinaryField(null=True)
    jurisdiction = models.CharField(max_length=80, blank=True)
    is_extended = models.BooleanField(default=False)
    takes_updates = models.BooleanField(default=False)
    is_repeatable = models.BooleanField(default=False)
    sends_words = models.BooleanField(default=False)
    sends_person = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.BigIntegerField(default=0)
    heard_at = models.DateTimeField()
    poll_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    RETENTION: ClassVar[Retention] = kept(
        "id", "agency", "url", "key_sealed", "jurisdiction", "is_extended", "takes_updates", "is_repeatable",
        "sends_words", "sends_person", "is_active", "position", "heard_at", "poll_at", "claimed_until",
        "failing_since", "error", "made_at", "made_by",
    )  # fmt: skip


class Mapping(models.Model):
    """Under which code of theirs a service of ours goes out.

    ``attributes``: their code to what answers it, ``=word`` for a fixed word, else the code of our question.
    """

    link = models.ForeignKey(Link, models.CASCADE, related_name="mappings")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)
    attributes = models.JSONField(default=dict, blank=True)

    RETENTION: ClassVar[Retention] = kept("id", "link", "service", "code", "attributes")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["link", "service"], name="abroad_service_once"),
        ]


class State(models.TextChoices):
    WAITING = "waiting", _("to be sent")
    SENDING = "sending", _("being sent")
    UNCLEAR = "unclear", _("unclear whether they have it")
    TOKEN = "token", _("taken, number to follow")  # a state
    TAKEN = "taken", _("with them")
    REFUSED = "refused", _("refused")
    OVER = "over", _("over")


LIVE = (State.WAITING, State.SENDING, State.UNCLEAR, State.TOKEN, State.TAKEN)


class Handing(models.Model):
    """One Case on its way to one server, each time the agency is handed it.

    ``due_at``: when something is to be done about it next. ``number`` and ``token`` are theirs. ``their_status`` and
    ``their_words_hash`` are what they said last, so that it is not done twice.
    """

    link = models.ForeignKey(Link, models.PROTECT, related_name="handings")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=100, blank=True)
    number = models.CharField(max_length=100, blank=True)
    their_status = models.CharField(max_length=40, blank=True)
    their_words_hash = models.BinaryField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "link", "case", "handed_at", "state", "attempts", "due_at", "sent_at", "token", "number",
        "their_status", "their_words_hash", "created_at",
    ) | {"error": Erase(days=180)}  # fmt: skip
    AGED_FROM: ClassVar[str] = "created_at"

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["link", "state", "due_at"], name="handing_due"),
            models.Index(fields=["link", "number"], name="handing_number"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["link", "case", "handed_at"], name="handing_once"),
        ]


class Saying(models.Model):
    """A step of ours on its way to them; ``event_id`` is the Event, whose words are read when it is sent."""

    handing = models.ForeignKey(Handing, models.CASCADE, related_name="sayings")
    event_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    is_taken = models.BooleanField(default=False)

    RETENTION: ClassVar[Retention] = kept(
        "id", "handing", "event_id", "verb", "attempts", "due_at", "ended_at", "is_taken"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_at"], name="saying_due", condition=models.Q(ended_at__isnull=True)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["handing", "event_id"], name="saying_once"),
        ]


class Heard(models.Model):
    """An update of theirs that was done, so that it is done once."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="+")
    update_id = models.CharField(max_length=120)
    at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept("id", "link", "update_id", "at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["link", "update_id"], name="heard_once"),
        ]
