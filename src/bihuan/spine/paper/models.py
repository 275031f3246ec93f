"""Numbers that stand on paper before anybody asks, and printed lists with what came back on them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bihuan.kernel.retention import Retention, Scrub, kept
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Assignment, AssignmentStatus, Case, Service, Task
from bihuan.spine.places.models import District, Site
from bihuan.spine.resources.models import Team


class Block(models.Model):
    """Ask forms that were reserved together, for an area or an office, for one service or for any need."""

    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="+")
    count = models.IntegerField()
    reserved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reserved_at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "district", "site", "agency", "service", "count", "reserved_by", "reserved_at"
    )

    @property
    def place(self) -> Site | District | Agency | None:
        """For which place or office the forms are, the narrowest first."""
        return self.site or self.district or self.agency


class State(models.TextChoices):
    PRINTED = "printed", _("printed")
    USED = "used", _("entered")
    VOID = "void", _("void")


class Number(models.Model):
    """One form's number. Once entered it is the receipt of the Submission; ``asked_at`` is what the paper says."""

    number = models.CharField(max_length=12, unique=True)
    block = models.ForeignKey(Block, models.PROTECT, related_name="numbers", db_index=False)
    serial = models.IntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PRINTED)
    asked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    RETENTION: ClassVar[Retention] = kept(
        "id", "number", "block", "serial", "state", "asked_at", "used_at", "used_by"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["block", "serial"], name="paper_serial_once"),
            models.CheckConstraint(name="paper_number_for_paper", condition=Q(number__startswith="9")),
            models.CheckConstraint(
                name="paper_used_iff_by",
                condition=Q(state="used", used_at__isnull=False, used_by__isnull=False)
                | (~Q(state="used") & Q(used_at__isnull=True, used_by__isnull=True)),
            ),
        ]


class SheetKind(models.TextChoices):
    BUILDING = "building", _("list of a building")
    SHIFT = "shift", _("list of a shift")


class Sheet(models.Model):
    """One printing of a list. ``subject`` names what it is of; each printing of it is a new edition."""

    code = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=SheetKind.choices)
    subject = models.CharField(max_length=80)
    edition = models.IntegerField()
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    building = models.CharField(max_length=20, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=16)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()

    RETENTION: ClassVar[Retention] = kept(
        "id", "code", "kind", "subject", "edition", "site", "building", "agency", "team", "person", "from_at",
        "until_at", "purpose", "printed_by", "printed_at",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subject", "edition"], name="paper_edition_once"),
        ]


class Result(models.TextChoices):
    DONE = "done", _("done")
    NOT_MET = "not_met", _("nobody met")
    NOT_DONE = "not_done", _("not done")


class Row(models.Model):
    """One line of a printed list: how it stood when it was printed, and what came back on the paper.

    ``is_late`` says that the Case had gone on by itself when the result came in, so that nothing was moved by it.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="rows", db_index=False)
    position = models.IntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="+")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="+")
    stood = models.CharField(max_length=10, choices=AssignmentStatus.choices, blank=True)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    why = models.TextField(blank=True)
    is_late = models.BooleanField(default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(null=True)

    AGED_FROM: ClassVar[str] = "sheet__printed_at"
    RETENTION: ClassVar[Retention] = kept(
        "id", "sheet", "position", "case", "task", "assignment", "stood", "result", "is_late", "entered_by",
        "entered_at",
    ) | {"why": Scrub(days=180)}  # fmt: skip

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "position"], name="paper_row_once"),
            models.CheckConstraint(
                name="paper_result_iff_entered",
                condition=Q(result="", entered_at__isnull=True)
                | (~Q(result="") & Q(entered_at__isnull=False)),
            ),
        ]
