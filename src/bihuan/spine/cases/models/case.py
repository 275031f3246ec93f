"""Cases and what hangs on them: askers, notes, tasks, assignments, pauses."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Erase, Retention, Scrub, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models.promises import Level
from bihuan.spine.cases.models.services import Service
from bihuan.spine.cases.states import Outcome, Priority, Status
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.places.models import District, Site, ZoneState
from bihuan.spine.resources.models import Team


class Content(models.TextChoices):
    """How content an asker is with what was done."""

    YES = "yes", _("satisfied")
    FAIR = "fair", _("fair")
    NO = "no", _("not satisfied")


NARROWED_BY = ("status", "service", "district", "priority", "channel")


class PlaceFrom(models.TextChoices):
    """How it is known where a Case is; empty where it is not."""

    POINT = "point", _("from the position")
    SITE = "site", _("from the place's name")
    TEXT = "text", _("from the words")
    PERSON = "person", _("corrected by a person")


class Case(models.Model):
    """Work opened for one or more Submissions: one owner, one status, one ``due_at``.

    Four promises run side by side: ``dispatch_by`` an agency has it (``dispatched_at``), ``accept_by`` somebody
    there has taken it (``accepted_at``), ``reply_by`` the asker has first heard of a person (``replied_at``),
    ``resolve_by`` it is done (``resolved_at``). The first runs from the ask or from ``returned_at``, the last return
    to triage; the second from ``handed_at``, when the present agency got it. ``due_at`` is the next of them that
    can fail; null while on hold, resolved or ended. ``breached_at`` is when the first promise failed;
    ``next_rung_at`` when the next rung of the escalation ladder is reached; ``joint_since`` since when it lies
    with the joint check. ``closes_at`` is when the wait for the asker's word on a resolved Case runs out.
    ``level`` is the service level it has, and ``zone_state`` the state of the zone it lay in when it came.
    ``cell`` is the H3 cell of the place. ``place_from`` says how its place is known. ``is_self_raised``: staff or
    the system asked, no resident; ``unreachable_at``: the asker could not be asked.
    """

    # Without an index of their own: alone they would tempt a database to sort what the queue's indexes hold in order.
    service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="cases", db_index=False)
    status = models.CharField(max_length=10, choices=Status.choices)
    is_open = models.BooleanField(default=True)
    priority = models.CharField(max_length=8, choices=Priority.choices, default=Priority.NORMAL)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="cases", db_index=False)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="cases_in_hand", db_index=False
    )
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children", db_index=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="twins", db_index=False)
    channel = models.CharField(max_length=16)
    summary = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=120, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+", db_index=False)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell = models.CharField(max_length=16, blank=True)
    place_from = models.CharField(max_length=8, choices=PlaceFrom.choices, blank=True)
    zone_state = models.CharField(max_length=10, choices=ZoneState.choices, blank=True)
    owner_reason_zh = models.CharField(max_length=200, blank=True)
    owner_reason_en = models.CharField(max_length=200, blank=True)

    level = models.ForeignKey(Level, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    dispatch_by = models.DateTimeField(null=True)
    accept_by = models.DateTimeField(null=True)
    reply_by = models.DateTimeField(null=True)
    resolve_by = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    next_rung_at = models.DateTimeField(null=True)
    joint_since = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    returned_count = models.IntegerField(default=0)
    reopened_count = models.IntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    is_self_raised = models.BooleanField(default=False)
    unreachable_at = models.DateTimeField(null=True)
    is_solved = models.BooleanField(null=True)
    content = models.CharField(max_length=4, choices=Content.choices, blank=True)

    AGED_FROM: ClassVar[str] = "ended_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "service", "status", "is_open", "priority", "agency", "officer", "parent", "merged_into",
        "channel", "district", "site", "lon", "lat", "cell", "place_from", "owner_reason_zh", "owner_reason_en",
        "zone_state", "level", "opened_at", "dispatch_by", "accept_by", "reply_by", "resolve_by", "due_at",
        "breached_at", "next_rung_at", "joint_since", "dispatched_at", "returned_at", "handed_at",
        "accepted_at", "replied_at", "resolved_at", "closes_at", "ended_at", "changed_at", "returned_count",
        "reopened_count", "outcome", "is_self_raised", "unreachable_at", "is_solved", "content",
    ) | {"summary": Scrub(days=180), "place": Scrub(days=180)}  # fmt: skip

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes: ClassVar[list[models.Index]] = [
            # Every list of the desk is a range of one of these, in order, and the first two hold what a queue is
            # narrowed by, so that no row is read to be thrown away: a page costs the same at any size.
            models.Index(
                fields=["agency", "is_open", "due_at", "id", *NARROWED_BY, "officer"], name="case_queue"
            ),
            models.Index(fields=["is_open", "due_at", "id", *NARROWED_BY, "agency"], name="case_due"),
            models.Index(fields=["officer", "is_open", "due_at", "id"], name="case_officer"),
            models.Index(fields=["status", "due_at", "id"], name="case_status"),
            models.Index(fields=["cell", "is_open", "service"], name="case_twin"),
            models.Index(fields=["closes_at"], name="case_closing", condition=Q(closes_at__isnull=False)),
            models.Index(fields=["opened_at"], name="case_opened"),
            # Which weeks of the rates have to be counted again: read from the index alone.
            models.Index(fields=["changed_at", "opened_at"], name="case_changed"),
            # Most Cases have neither. An index full of nulls looks useless to SQLite, which then reads the table.
            models.Index(fields=["parent"], name="case_parent", condition=Q(parent__isnull=False)),
            models.Index(fields=["merged_into"], name="case_merged", condition=Q(merged_into__isnull=False)),
            # Closings by hour on the board.
            models.Index(fields=["ended_at"], name="case_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["next_rung_at"], name="case_rung", condition=Q(next_rung_at__isnull=False)),
            models.Index(fields=["joint_since"], name="case_joint", condition=Q(joint_since__isnull=False)),
            # What the worker marks as late: found at the cost of what is due, not of all that is late already.
            models.Index(
                fields=["due_at"],
                name="case_breaching",
                condition=Q(breached_at__isnull=True, due_at__isnull=False),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="case_open_iff_not_ended",
                condition=Q(is_open=True, ended_at__isnull=True) | Q(is_open=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_merged_iff_into",
                condition=Q(status=Status.MERGED, merged_into__isnull=False)
                | (~Q(status=Status.MERGED) & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="case_owned_unless_unsorted",
                condition=Q(agency__isnull=False)
                | Q(status__in=["triage", "returned", "withdrawn", "declined", "merged"]),
            ),
        ]

    @property
    def owner_reason(self) -> str:
        return in_language(self.owner_reason_zh, self.owner_reason_en)


class Asker(models.Model):
    """A Submission's tie to its Case. A merge moves it and remembers the Case it was opened for."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="askers")
    first_case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="asker")
    phone_hash = models.BinaryField(null=True)

    AGED_FROM: ClassVar[str] = "case__ended_at"
    RETENTION: ClassVar[Retention] = kept("id", "case", "first_case", "submission") | {
        "phone_hash": Erase(days=90)
    }

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["phone_hash"], name="asker_phone")]


class NoteKind(models.TextChoices):
    REPLY = "reply", _("reply")
    QUESTION = "question", _("question to the asker")
    ANSWER = "answer", _("answer of the asker")
    REASON = "reason", _("reason")
    DISAGREE = "disagree", _("why the asker says it is not done")
    INTERNAL = "internal", _("internal note")


class Note(models.Model):
    """Free words on a Case. The asker sees all but internal notes and reasons between offices."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    verb = models.CharField(max_length=40)
    text = models.TextField()
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    AGED_FROM: ClassVar[str] = "case__ended_at"
    RETENTION: ClassVar[Retention] = kept("id", "case", "kind", "verb", "photo", "author", "at") | {
        "text": Scrub(days=180)
    }


class TaskStatus(models.TextChoices):
    TODO = "todo", _("to do")
    GOING = "going", _("under way")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


class Task(models.Model):
    """A piece of a Case that one Resource can do."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=TaskStatus.choices, default=TaskStatus.TODO)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    AGED_FROM: ClassVar[str] = "case__ended_at"
    RETENTION: ClassVar[Retention] = kept("id", "case", "status", "created_at", "ended_at") | {
        "title": Scrub(days=180)
    }


class AssignmentStatus(models.TextChoices):
    SENT = "sent", _("sent")
    ARRIVED = "arrived", _("arrived")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


LIVE = (AssignmentStatus.SENT, AssignmentStatus.ARRIVED)


class Assignment(models.Model):
    """A person or a team on a Task, from, until and status. At most one is live on a Task."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=10, choices=AssignmentStatus.choices, default=AssignmentStatus.SENT)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept("id", "task", "person", "team", "status", "from_at", "until_at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="assignment_person_or_team",
                condition=Q(person__isnull=False, team__isnull=True)
                | Q(person__isnull=True, team__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["task"], name="assignment_one_live", condition=Q(status__in=["sent", "arrived"])
            ),
        ]


class Pause(models.Model):
    """A span in which the Case's clock stood still because the asker was asked something."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    RETENTION: ClassVar[Retention] = kept("id", "case", "from_at", "until_at")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], name="pause_one_at_a_time", condition=Q(until_at__isnull=True)
            ),
        ]
