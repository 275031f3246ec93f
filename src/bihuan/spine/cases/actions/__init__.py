"""The verbs of a Case. Each looks again under a lock, writes once, leaves its Event and tells the askers."""

from bihuan.spine.cases.actions.asking import answer, answer_link, close, confirm, reopen, say, withdraw
from bihuan.spine.cases.actions.joint import decide, refer
from bihuan.spine.cases.actions.merging import merge, unmerge
from bihuan.spine.cases.actions.moving import (
    accept,
    assign,
    decline,
    hold,
    note,
    reclassify,
    reply,
    resolve,
    resume,
    return_to_triage,
    set_priority,
    transfer,
)
from bihuan.spine.cases.actions.opening import add_child, enter
from bihuan.spine.cases.actions.placing import relocate
from bihuan.spine.cases.actions.sending import add_task, arrive, cancel, dispatch, finish
from bihuan.spine.cases.actions.shelving import unshelve
from bihuan.spine.cases.actions.visiting import check, rate, slip, unreachable

__all__ = [
    "accept",
    "add_child",
    "add_task",
    "answer",
    "answer_link",
    "arrive",
    "assign",
    "cancel",
    "check",
    "close",
    "confirm",
    "decide",
    "decline",
    "dispatch",
    "enter",
    "finish",
    "hold",
    "merge",
    "note",
    "rate",
    "reclassify",
    "refer",
    "relocate",
    "reopen",
    "reply",
    "resolve",
    "resume",
    "return_to_triage",
    "say",
    "set_priority",
    "slip",
    "transfer",
    "unmerge",
    "unreachable",
    "unshelve",
    "withdraw",
]
