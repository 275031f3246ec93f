"""Messages that could not be sent: somebody sees them and calls."""

from django.http import HttpResponse
from django.shortcuts import render

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases import queries
from bihuan.spine.messages.queries import list_failed


@staff(Permission.TRIAGE, Permission.STEER, Permission.RULES)
def failed(request: StaffRequest) -> HttpResponse:
    """Show the newest messages that could not be sent; words and case only to who may see the case."""
    rows = list_failed()
    numbers = {row.case_id for row in rows if row.case_id}
    seen = set(queries.visible_cases(request.user).filter(pk__in=numbers).values_list("pk", flat=True))
    mine = [row for row in rows if row.case_id in seen]
    context = {"rows": mine, "hidden": len(rows) - len(mine)}
    return render(request, "desk/failed.html", context)
