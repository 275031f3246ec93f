"""Reading Cases: who may see which, queues, search, the asker's way in, figures."""

from bihuan.spine.cases.queries.access import access_case, scope, visible_cases
from bihuan.spine.cases.queries.allowing import Allowed, allowed
from bihuan.spine.cases.queries.asking import NotSorted, asker_of, submission_of
from bihuan.spine.cases.queries.boards import count_board, count_map, count_public
from bihuan.spine.cases.queries.filters import QueueFilter
from bihuan.spine.cases.queries.finding import search
from bihuan.spine.cases.queries.joint import list_joint, waiting_for_joint, with_checks
from bihuan.spine.cases.queries.queue import Cursor, Page, count_queue, list_queue
from bihuan.spine.cases.story import Line, Step, history, story
from bihuan.spine.cases.twins import Twin, list_twins, twins_of_phone

__all__ = [
    "Allowed",
    "Cursor",
    "Line",
    "NotSorted",
    "Page",
    "QueueFilter",
    "Step",
    "Twin",
    "access_case",
    "allowed",
    "asker_of",
    "count_board",
    "count_map",
    "count_public",
    "count_queue",
    "history",
    "list_joint",
    "list_queue",
    "list_twins",
    "scope",
    "search",
    "story",
    "submission_of",
    "twins_of_phone",
    "visible_cases",
    "waiting_for_joint",
    "with_checks",
]
