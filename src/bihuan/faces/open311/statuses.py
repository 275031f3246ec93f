"""The extended statuses of mySociety's updates, and which of ours each goes with."""

from enum import StrEnum

from bihuan.spine.cases.states import Status


class Extended(StrEnum):
    OPEN = "OPEN"
    INVESTIGATING = "INVESTIGATING"
    IN_PROGRESS = "IN_PROGRESS"
    ACTION_SCHEDULED = "ACTION_SCHEDULED"
    FIXED = "FIXED"
    CLOSED = "CLOSED"
    DUPLICATE = "DUPLICATE"
    NO_FURTHER_ACTION = "NO_FURTHER_ACTION"
    NOT_COUNCILS_RESPONSIBILITY = "NOT_COUNCILS_RESPONSIBILITY"
    INTERNAL_REFERRAL = "INTERNAL_REFERRAL"
    FOR_TRIAGE = "FOR_TRIAGE"
    REOPEN = "REOPEN"
    CANCELLED = "CANCELLED"


OF_STATUS: dict[Status, Extended] = {
    Status.TRIAGE: Extended.FOR_TRIAGE,
    Status.WAITING: Extended.OPEN,
    Status.ACCEPTED: Extended.INVESTIGATING,
    Status.RETURNED: Extended.INTERNAL_REFERRAL,
    Status.WORKING: Extended.IN_PROGRESS,
    Status.HOLD: Extended.INVESTIGATING,
    Status.RESOLVED: Extended.FIXED,
    Status.REOPENED: Extended.REOPEN,
    Status.CLOSED: Extended.CLOSED,
    Status.DECLINED: Extended.NO_FURTHER_ACTION,
    Status.WITHDRAWN: Extended.CANCELLED,
    Status.MERGED: Extended.DUPLICATE,
    Status.SHELVED: Extended.ACTION_SCHEDULED,
}
