"""What came back on a printed list: each row once, and never over what has happened meanwhile."""

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import LIVE, AssignmentStatus
from bihuan.spine.cases.states import Status
from bihuan.spine.paper.models import Result, Row
from bihuan.spine.paper.printing import check_may
from bihuan.spine.paper.queries import may_see

WHY_LIMIT = 400


@transaction.atomic
def tick(*, by: User, row: Row, result: str, why: str = "") -> Row:
    """Enter one row's result; refuses a row that somebody has entered, and tells who.

    A task that is still under way is finished by "done"; anything else becomes a note on the Case. Where the Case has
    gone on meanwhile, what the paper says is kept beside it and moves nothing.
    """
    check_may(by)
    said = why.replace("\x00", "").strip()[:WHY_LIMIT]
    if result not in Result.values:
        raise Refused(_("Choose what came of it."), code="result", field="result")
    if result == Result.NOT_DONE and not said:
        raise Refused(_("Say in a few words why it was not done."), code="why", field="why")
    if not may_see(by, row.case):
        raise Refused(_("This case is not in your office's hands any more."), code="gone")
    _take(row, by, result, said)
    fresh = _fresh(row)
    if meanwhile(fresh):
        Row.objects.filter(pk=row.pk).update(is_late=True)
    else:
        _move(fresh, by)
    record(
        by=by, verb="paper_result", subject=fresh.sheet, case_id=fresh.case_id, agency_id=fresh.case.agency_id,
        detail={"row": fresh.position, "result": result},
    )  # fmt: skip
    return _fresh(row)


def _take(row: Row, by: User, result: str, why: str) -> None:
    waiting = Row.objects.filter(pk=row.pk, result="")
    if waiting.update(result=result, why=why, entered_by=by, entered_at=clock.now()):
        return
    first = _fresh(row)
    told = {"who": first.entered_by, "result": first.get_result_display(), "row": first.position}
    raise Conflict(_("%(who)s has entered row %(row)s already: %(result)s.") % told)


def _fresh(row: Row) -> Row:
    return Row.objects.select_related("case__agency", "assignment__task", "sheet", "entered_by").get(
        pk=row.pk
    )


def _move(row: Row, by: User) -> None:
    if row.result == Result.DONE and row.assignment:
        actions.finish(assignment=row.assignment, by=by)
    else:
        actions.note(case=row.case, by=by, text=_words(row))


def _words(row: Row) -> str:
    said = _("From the printed list, edition %(edition)s, row %(row)s: %(result)s.") % {
        "edition": row.sheet.edition, "row": row.position, "result": row.get_result_display(),
    }  # fmt: skip
    return f"{said} {row.why}".strip()


def meanwhile(row: Row) -> str:
    """Return what has happened since the printing that the paper can't know, or nothing."""
    if row.assignment and row.assignment.status not in LIVE:
        at = f"{localtime(row.assignment.until_at):%m-%d %H:%M}" if row.assignment.until_at else ""
        return f"{AssignmentStatus(row.assignment.status).label} {at}".strip()
    if not row.case.is_open:
        return str(Status(row.case.status).label)
    return ""
