"""A folded Case in words: each told column with its label and value."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.afteraction.folding import Folded
from bihuan.spine.cases.afteraction.words import Names
from bihuan.spine.cases.states import Outcome, Priority, Status

LABELS: dict[str, Promise] = {
    "status": _("State"), "service_id": _("Service"), "priority": _("Priority"), "agency_id": _("Agency"),
    "officer_id": _("Officer, number"), "parent_id": _("Child of"), "merged_into_id": _("Merged into"),
    "opened_at": _("Opened"), "due_at": _("Next promise falls due"), "dispatch_by": _("Dispatch by"),
    "dispatched_at": _("Dispatched"), "accept_by": _("Accept by"), "accepted_at": _("Accepted"),
    "reply_by": _("First reply by"), "replied_at": _("First reply"), "resolve_by": _("Resolve by"),
    "resolved_at": _("Resolved"), "breached_at": _("First promise missed"),
    "joint_since": _("Before the joint check since"), "closes_at": _("Wait for the asker ends"),
    "ended_at": _("Ended"), "outcome": _("Outcome"), "returned_count": _("Times returned"),
    "reopened_count": _("Times reopened"), "level_id": _("Service level, number"), "next_rung_at": _("Next rung"),
}  # fmt: skip
CHOICES: dict[str, type[Status | Priority | Outcome]] = {
    "status": Status,
    "priority": Priority,
    "outcome": Outcome,
}


def spelled(folded: Folded, names: Names) -> list[tuple[str, str]]:
    """Return label and value of each column that holds something."""
    said = ((column, folded.case.get(column)) for column in LABELS)
    return [
        (str(LABELS[column]), _value(column, value, names))
        for column, value in said
        if value not in (None, "")
    ]


def _value(column: str, value: Any, names: Names) -> str:
    if column.endswith(("_at", "_by", "_since")):
        return localtime(datetime.fromisoformat(value)).strftime("%Y-%m-%d %H:%M:%S")
    if column in CHOICES:
        return str(CHOICES[column](value).label)
    look: dict[str, Callable[[int], str | None]] = {
        "agency_id": names.agencies.get, "service_id": names.services.get,
    }  # fmt: skip
    return (look[column](value) if column in look else None) or str(value)
