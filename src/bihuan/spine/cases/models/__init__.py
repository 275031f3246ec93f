"""The tables of the room: Cases and what hangs on them."""

from bihuan.spine.cases.models.afteraction import Report
from bihuan.spine.cases.models.case import (
    LIVE,
    NARROWED_BY,
    Asker,
    Assignment,
    AssignmentStatus,
    Case,
    Content,
    Note,
    NoteKind,
    Pause,
    PlaceFrom,
    Task,
    TaskStatus,
)
from bihuan.spine.cases.models.closing import RateCell, RateWeek, Visit
from bihuan.spine.cases.models.figures import Figures, Guess, Guesser
from bihuan.spine.cases.models.ladder import (
    Climb,
    Fallback,
    JointCheck,
    JointReason,
    Promised,
    Rung,
    Silence,
    Whom,
)
from bihuan.spine.cases.models.learning import Learnt, Taught
from bihuan.spine.cases.models.promises import (
    Agreement,
    AgreementStatus,
    Calendar,
    CalendarKind,
    Level,
    Recount,
)
from bihuan.spine.cases.models.rulebook import Edition, EditionState, Rule, Trial, TriedCase
from bihuan.spine.cases.models.services import Service, Urgency
from bihuan.spine.cases.models.surge import Answered, BulkAnswer, CannedAnswer, Shedding
from bihuan.spine.cases.models.twins import Banner, Caught, Judgement, Merge, Pair, Telling

__all__ = [
    "LIVE",
    "NARROWED_BY",
    "Agreement",
    "AgreementStatus",
    "Answered",
    "Asker",
    "Assignment",
    "AssignmentStatus",
    "Banner",
    "BulkAnswer",
    "Calendar",
    "CalendarKind",
    "CannedAnswer",
    "Case",
    "Caught",
    "Climb",
    "Content",
    "Edition",
    "EditionState",
    "Fallback",
    "Figures",
    "Guess",
    "Guesser",
    "JointCheck",
    "JointReason",
    "Judgement",
    "Learnt",
    "Level",
    "Merge",
    "Note",
    "NoteKind",
    "Pair",
    "Pause",
    "PlaceFrom",
    "Promised",
    "RateCell",
    "RateWeek",
    "Recount",
    "Report",
    "Rule",
    "Rung",
    "Service",
    "Shedding",
    "Silence",
    "Task",
    "TaskStatus",
    "Taught",
    "Telling",
    "Trial",
    "TriedCase",
    "Urgency",
    "Visit",
    "Whom",
]
