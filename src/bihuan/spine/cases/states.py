"""The life of a Case: its statuses and the one table of allowed moves."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from bihuan.spine.accounts.permissions import Permission


class Status(models.TextChoices):
    TRIAGE = "triage", _("to be sorted")
    WAITING = "waiting", _("waiting for the agency")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    WORKING = "working", _("being worked on")
    HOLD = "hold", _("waiting for the asker")
    RESOLVED = "resolved", _("resolved, asker to confirm")
    REOPENED = "reopened", _("reopened")
    CLOSED = "closed", _("closed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged into another case")
    SHELVED = "shelved", _("kept until its service is taken again")


class Outcome(models.TextChoices):
    """Why a Case ended."""

    CONFIRMED = "confirmed", _("the asker says it is done")
    NO_ANSWER = "no_answer", _("the asker had the chance to answer and did not")
    CHECKED = "checked", _("a supervisor has checked it; no resident asked")
    DECLINED = "declined", _("can't or may not be done")
    WITHDRAWN = "withdrawn", _("the asker took it back")
    MERGED = "merged", _("twin of another case")


class Priority(models.TextChoices):
    URGENT = "urgent", _("urgent")
    NORMAL = "normal", _("normal")


S = Status
UNSORTED = frozenset({S.TRIAGE, S.RETURNED})
ENDED = frozenset({S.CLOSED, S.DECLINED, S.WITHDRAWN, S.MERGED})
OPEN = frozenset(S) - ENDED
IN_HAND = frozenset({S.ACCEPTED, S.WORKING, S.REOPENED})
UNDONE = OPEN - {S.RESOLVED}

# A closed Case may be taken up again by its asker this long; after that a new ask is clearer for all.
REOPEN_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Move:
    """One verb: from which statuses it may go, to which one, and who may make it.

    ``target`` is None where the status stays. Staff need one of ``permissions``; where ``is_askers`` the
    asker may too, and staff then speak for an asker on the telephone. The system may make every move
    without permissions.
    """

    sources: frozenset[Status]
    target: Status | None
    permissions: frozenset[Permission]
    is_askers: bool = False
    by_another: bool = False
    """Whether whoever did the work may not make it."""


P = Permission
_WORK = frozenset({P.WORK})
_STEER = frozenset({P.STEER})
_TRIAGE = frozenset({P.TRIAGE})
_SORT = _TRIAGE | _STEER
_ENTER = frozenset({P.ENTER})

MOVES: dict[str, Move] = {
    "assign": Move(UNSORTED, S.WAITING, _TRIAGE),
    "transfer": Move(IN_HAND | {S.WAITING, S.HOLD}, S.WAITING, _STEER),
    "accept": Move(frozenset({S.WAITING}), S.ACCEPTED, _WORK),
    "return_to_triage": Move(frozenset({S.WAITING, S.ACCEPTED, S.REOPENED}), S.RETURNED, _WORK),
    "dispatch": Move(IN_HAND, S.WORKING, _WORK),
    "hold": Move(IN_HAND, S.HOLD, _WORK),
    "resume": Move(frozenset({S.HOLD}), S.WORKING, _WORK),
    "resolve": Move(IN_HAND, S.RESOLVED, _WORK),
    "decline": Move(UNSORTED | IN_HAND | {S.WAITING, S.SHELVED}, S.DECLINED, _STEER),
    "merge": Move(UNDONE, S.MERGED, _TRIAGE),
    "answer": Move(frozenset({S.HOLD}), S.WORKING, _ENTER, is_askers=True),
    "confirm": Move(frozenset({S.RESOLVED}), S.CLOSED, _ENTER, is_askers=True),
    "reopen": Move(frozenset({S.RESOLVED, S.CLOSED}), S.REOPENED, _ENTER, is_askers=True),
    "withdraw": Move(UNDONE, S.WITHDRAWN, _ENTER, is_askers=True),
    "check": Move(frozenset({S.RESOLVED}), S.CLOSED, _STEER, by_another=True),
    "close": Move(frozenset({S.RESOLVED}), S.CLOSED, frozenset()),
    # Taken in while its service was shed: back by itself when that ends, or before, by a person.
    "unshelve": Move(frozenset({S.SHELVED}), S.WAITING, _SORT),
}

# Verbs that leave the status as it is.
DEEDS: dict[str, Move] = {
    "reclassify": Move(UNDONE, None, _SORT),
    "set_priority": Move(UNDONE, None, _SORT),
    "relocate": Move(UNDONE, None, _SORT | _WORK | _ENTER),
    # Back to the status that it had before it was merged.
    "unmerge": Move(frozenset({S.MERGED}), None, _TRIAGE),
    "reply": Move(UNDONE - UNSORTED, None, _WORK),
    "say": Move(OPEN, None, _ENTER, is_askers=True),
    "unreachable": Move(frozenset({S.RESOLVED}), None, _ENTER, by_another=True),
    "slip": Move(frozenset({S.RESOLVED}), None, _ENTER, by_another=True),
    "note": Move(frozenset(S), None, _WORK | _SORT | _ENTER),
    "child": Move(IN_HAND | {S.WAITING, S.HOLD}, None, _WORK | _STEER),
    "refer": Move(UNDONE - {S.SHELVED}, None, _STEER),
    # To the agency that waits for it, or where it is already in the right hands.
    "decide": Move(UNDONE - {S.SHELVED}, None, _STEER),
    "add_task": Move(IN_HAND | {S.HOLD}, None, _WORK),
    "arrive": Move(IN_HAND | {S.HOLD}, None, _WORK),
    "finish": Move(IN_HAND | {S.HOLD}, None, _WORK),
    "cancel": Move(IN_HAND | {S.HOLD}, None, _WORK),
}

VERBS = MOVES | DEEDS
